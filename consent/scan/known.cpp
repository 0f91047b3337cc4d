#include "consent/scan/known.h"

#include <algorithm>
#include <array>

namespace hotline {
namespace {

struct Kind {
  std::string_view type;
  FindAs as;
  bool in_address = false;
  bool employer = false;
};
constexpr std::array<Kind, 9> kKinds = {{{"name", FindAs::name},
                                         {"organisation", FindAs::text, false, true},
                                         {"phone", FindAs::phone},
                                         {"email", FindAs::email},
                                         {"date", FindAs::date},
                                         {"place", FindAs::place},
                                         {"postal_code", FindAs::postal_code},
                                         {"address", FindAs::text, true},
                                         {"identifier", FindAs::identifier}}};

std::string_view guessed_type(std::string_view text) {
  if (text.find('@') != std::string_view::npos) return "email";
  const bool number = std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || std::string_view("+-.() ").find(c) != std::string_view::npos;
  });
  return number ? "phone" : "name";
}

}  // namespace

Result<FindableValue> read_known(const JsonValue& value, int owner) {
  const bool bare = value.IsString();
  const std::string_view text = bare ? as_text(value) : text_at(value, "text");
  if (text.empty()) return fail(ErrorCode::value_not_allowed, bare ? "" : "/text", "text");
  const std::string_view type = bare ? guessed_type(text) : text_at(value, "type");
  const auto kind =
      std::find_if(kKinds.begin(), kKinds.end(), [&](const Kind& each) { return each.type == type; });
  if (kind == kKinds.end()) return fail(ErrorCode::value_not_allowed, "/type", "type");
  FindableValue out;
  out.text = text;
  out.as = kind->as;
  out.in_address = kind->in_address;
  out.employer = kind->employer;
  out.owner = owner;
  return out;
}

}  // namespace hotline
