#include "adapters/form/first_bytes.h"

#include <algorithm>
#include <string_view>

namespace hotline {

namespace {

constexpr std::string_view kPassedOver = " \t\r\n\xEF\xBB\xBF";
constexpr std::size_t kMost = 4096;

}  // namespace

FirstBytes::FirstBytes(std::istream& in) : in_(in) {
  while (first_.size() < kMost) {
    const int c = in_.get();
    if (c == std::char_traits<char>::eof()) break;
    first_ += static_cast<char>(c);
    if (kPassedOver.find(first_.back()) == std::string_view::npos) break;
  }
  chunk_ = first_;
  setg(chunk_.data(), chunk_.data(), chunk_.data() + chunk_.size());
}

FirstBytes::int_type FirstBytes::underflow() {
  if (gptr() < egptr()) return traits_type::to_int_type(*gptr());
  std::streambuf& source = *in_.rdbuf();
  if (traits_type::eq_int_type(source.sgetc(), traits_type::eof())) return traits_type::eof();
  // As much as is there; a pipe is not waited for.
  const auto ready = std::clamp<std::streamsize>(source.in_avail(), 1, 65536);
  chunk_.resize(static_cast<std::size_t>(ready));
  const auto got = source.sgetn(chunk_.data(), ready);
  if (got <= 0) return traits_type::eof();
  setg(chunk_.data(), chunk_.data(), chunk_.data() + got);
  return traits_type::to_int_type(*gptr());
}

}  // namespace hotline
