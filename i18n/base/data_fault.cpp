#include "i18n/base/data_fault.h"

namespace hotline {
namespace {

void put_before(std::string& text, std::string_view file) {
  text = text.empty() ? std::string(file) : std::string(file) + ' ' + text;
}

}  // namespace

tl::unexpected<Error> bad_data(std::string pointer, std::string_view file, std::string_view say,
                               std::string_view about) {
  std::string expected(file);
  expected.append(" ").append(say);
  if (!about.empty()) expected.append(" ").append(about);
  return fail(ErrorCode::data_invalid, std::move(pointer), std::move(expected));
}

tl::unexpected<Error> bad_file(Error error, std::string_view file) {
  put_before(error.expected, file);
  for (Fault& fault : error.more) put_before(fault.expected, file);
  return fail(std::move(error));
}

}  // namespace hotline
