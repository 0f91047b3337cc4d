#include "gateway/log/tree_head.h"

#include <charconv>

#include "gateway/crypto/digest.h"

namespace hotline {
namespace {

constexpr char kEd25519 = '\x01';
constexpr std::string_view kDash = "\xE2\x80\x94 ";  // U+2014 and a space
constexpr std::size_t kMaxSignatures = 64;

std::string key_id(std::string_view name, std::string_view public_raw) {
  std::string text(name);
  text.append("\n").append(1, kEd25519).append(public_raw);
  return sha256(text).substr(0, 4);
}

// One line and its newline off the front; nothing when there is no newline.
std::optional<std::string_view> take_line(std::string_view& text) {
  const auto end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const auto line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

Result<TreeHead> parse_body(std::string_view body, std::string_view origin) {
  const auto broken = [] { return fail(ErrorCode::log_mismatch, {}, "checkpoint"); };
  const auto name = take_line(body);
  const auto size_text = take_line(body);
  const auto root_text = take_line(body);
  if (!name || !size_text || !root_text || !body.empty() || *name != origin) return broken();
  TreeHead head;
  head.origin = std::string(*name);
  const auto [end, error] =
      std::from_chars(size_text->data(), size_text->data() + size_text->size(), head.size);
  auto root = from_base64(*root_text);
  if (error != std::errc() || std::to_string(head.size) != *size_text || !root || root->size() != 32)
    return broken();
  head.root = std::move(*root);
  return head;
}

}  // namespace

Result<std::string> sign_tree_head(const TreeHead& head, const KeyPair& log_key) {
  std::string note = head.origin + '\n' + std::to_string(head.size) + '\n' + to_base64(head.root) + '\n';
  const auto signature = log_key.sign_ed25519(note);
  if (!signature) return fail(signature.error());
  note.append("\n").append(kDash).append(head.origin).append(" ");
  note += to_base64(key_id(head.origin, log_key.public_raw()) + *signature) + '\n';
  return note;
}

Result<TreeHead> verify_tree_head(std::string_view note, std::string_view origin,
                                  std::string_view public_raw) {
  const auto gap = note.find("\n\n");
  if (gap == std::string_view::npos) return fail(ErrorCode::log_mismatch, {}, "checkpoint");
  const std::string_view body = note.substr(0, gap + 1);
  std::string_view lines = note.substr(gap + 2);
  const std::string prefix = std::string(kDash) + std::string(origin) + ' ';
  const std::string id = key_id(origin, public_raw);
  bool good = false;
  std::size_t count = 0;
  while (!lines.empty()) {
    const auto line = take_line(lines);
    if (!line || ++count > kMaxSignatures || !line->starts_with(kDash)) {
      return fail(ErrorCode::log_mismatch, {}, "checkpoint");
    }
    if (!line->starts_with(prefix)) continue;  // a witness
    const auto bytes = from_base64(line->substr(prefix.size()));
    if (!bytes || bytes->size() < 4 || bytes->compare(0, 4, id) != 0) continue;  // another key of that name
    if (!verify_ed25519(public_raw, body, std::string_view(*bytes).substr(4))) {
      return fail(ErrorCode::signature_invalid, {}, "checkpoint");
    }
    good = true;
  }
  if (!good) return fail(ErrorCode::signature_invalid, {}, "checkpoint");
  return parse_body(body, origin);
}

std::string verifier_key(std::string_view name, std::string_view public_raw) {
  std::string text(name);
  return text + '+' + to_hex(key_id(name, public_raw)) + '+' + to_base64(kEd25519 + std::string(public_raw));
}

}  // namespace hotline
