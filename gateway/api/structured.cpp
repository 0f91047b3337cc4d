#include "gateway/api/structured.h"

#include <algorithm>
#include <charconv>

#include "gateway/http/message.h"

namespace hotline {
namespace {

constexpr std::size_t kMaxKey = 255;

bool is_bare(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         std::string_view("-._~:+/=*!#$%&'^`|").find(c) != std::string_view::npos;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::optional<std::string> quoted(std::string_view text) {
  std::string out;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    char c = text[i];
    if (c == '"' || c < 0x20 || c > 0x7e) return std::nullopt;
    if (c == '\\') {
      if (i + 2 >= text.size()) return std::nullopt;
      c = text[++i];
      if (c != '"' && c != '\\') return std::nullopt;
    }
    out += c;
  }
  return out;
}

}  // namespace

std::optional<std::string> parse_idempotency_key(std::string_view field) {
  field = trim(field);
  std::optional<std::string> key;
  if (field.size() >= 2 && field.front() == '"' && field.back() == '"') {
    key = quoted(field);
  } else if (std::all_of(field.begin(), field.end(), is_bare)) {
    key = std::string(field);
  }
  if (!key || key->empty() || key->size() > kMaxKey) return std::nullopt;
  return key;
}

std::optional<std::int64_t> parse_number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size() || value < 0)
    return std::nullopt;
  return value;
}

std::optional<int> parse_prefer_wait(std::string_view field) {
  constexpr std::int64_t kLongest = 60;
  while (!field.empty()) {
    const auto part = trim(field.substr(0, field.find(',')));
    field.remove_prefix(std::min(
        field.size(), field.find(',') == std::string_view::npos ? field.size() : field.find(',') + 1));
    if (!part.starts_with("wait=")) continue;
    const auto seconds = parse_number(part.substr(5));
    if (!seconds) return std::nullopt;
    return static_cast<int>(std::min(*seconds, kLongest));
  }
  return std::nullopt;
}

std::optional<std::int64_t> parse_etag(std::string_view field) {
  field = trim(field);
  if (field.size() < 3 || field.front() != '"' || field.back() != '"') return std::nullopt;
  return parse_number(field.substr(1, field.size() - 2));
}

bool is_fhir_type(std::string_view content_type) {
  return same_header_name(trim(content_type.substr(0, content_type.find(';'))), "application/fhir+json");
}

bool is_json_type(std::string_view content_type) {
  return same_header_name(trim(content_type.substr(0, content_type.find(';'))), "application/json");
}

}  // namespace hotline
