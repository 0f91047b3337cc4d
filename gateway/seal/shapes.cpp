#include "gateway/seal/shapes.h"

#include <algorithm>

namespace hotline {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}

template <class Allowed>
bool made_of(std::string_view text, std::size_t max, Allowed allowed) {
  return !text.empty() && text.size() <= max && std::all_of(text.begin(), text.end(), allowed);
}

}  // namespace

bool is_member_id(std::string_view text) {
  return made_of(text, 32, [](char c) { return is_lower(c) || is_digit(c) || c == '-'; });
}

bool is_consent_id(std::string_view text) {
  return made_of(text, 64, [](char c) {
    return is_lower(c) || is_digit(c) || (c >= 'A' && c <= 'Z') || c == '.' || c == '_' || c == ':' ||
           c == '-';
  });
}

bool is_sha256_hex(std::string_view text) {
  return text.size() == 64 && made_of(text, 64, [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); });
}

}  // namespace hotline
