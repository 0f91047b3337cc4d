#include "gateway/seal/registry_token.h"

#include <algorithm>

#include "gateway/crypto/digest.h"
#include "gateway/seal/jose.h"

namespace hotline {
namespace {

constexpr std::size_t kMaxRegistry = 4u << 20;
constexpr std::size_t kMaxSignatures = 64;

struct Signature {
  std::string protected_part;
  std::string signature;
  friend bool operator==(const Signature&, const Signature&) = default;
};
struct Token {
  std::string payload_part;
  std::vector<Signature> signatures;
};

auto malformed(const char* what) {
  return fail(ErrorCode::token_malformed, {}, what);
}

Result<Token> read(std::string_view text) {
  const auto json = parse_json(text, {kMaxRegistry, 4});
  if (!json || !json->IsObject() || json->MemberCount() != 2) return malformed("registry");
  const JsonValue* signatures = member(*json, "signatures");
  Token token{std::string(text_at(*json, "payload")), {}};
  if (!is_base64url(token.payload_part) || signatures == nullptr || !signatures->IsArray() ||
      signatures->Empty() || signatures->Size() > kMaxSignatures) {
    return malformed("registry");
  }
  for (const auto& each : signatures->GetArray()) {
    Signature one{std::string(text_at(each, "protected")), std::string(text_at(each, "signature"))};
    // An unprotected `header` would be one that nobody has signed.
    if (!each.IsObject() || each.MemberCount() != 2 || !is_base64url(one.protected_part) ||
        !is_base64url(one.signature)) {
      return malformed("signatures");
    }
    token.signatures.push_back(std::move(one));
  }
  return token;
}

std::string write(const Token& token) {
  std::string text = "{\"payload\":\"" + token.payload_part + "\",\"signatures\":[";
  for (const auto& each : token.signatures) {
    if (&each != &token.signatures.front()) text += ',';
    text += "{\"protected\":\"" + each.protected_part + "\",\"signature\":\"" + each.signature + "\"}";
  }
  return text + "]}";
}

}  // namespace

Result<std::string> sign_registry(std::string_view payload, const OwnKey& signer) {
  const auto token = jws_sign(payload, {signer.kid(), MessageKind::registry}, signer.pool());
  if (!token) return fail(token.error());
  const auto first = token->find('.');
  const auto second = token->rfind('.');
  return write(
      {token->substr(first + 1, second - first - 1), {{token->substr(0, first), token->substr(second + 1)}}});
}

Result<std::string> merge_registries(std::string_view a, std::string_view b) {
  auto first = read(a);
  if (!first) return fail(first.error());
  auto second = read(b);
  if (!second) return fail(second.error());
  if (first->payload_part != second->payload_part) return fail(ErrorCode::reference_broken, {}, "payload");
  for (auto& each : second->signatures) {
    const auto& known = first->signatures;
    if (std::find(known.begin(), known.end(), each) == known.end())
      first->signatures.push_back(std::move(each));
  }
  return write(*first);
}

Result<VerifiedRegistry> verify_registry(std::string_view token, const std::vector<TrustAnchor>& anchors,
                                         std::size_t minimum) {
  const auto read_token = read(token);
  if (!read_token) return fail(read_token.error());
  VerifiedRegistry verified;
  for (const auto& each : read_token->signatures) {
    const auto header = jws_header_of_part(each.protected_part);
    if (!header) return fail(header.error());
    if (header->kind != MessageKind::registry) return fail(ErrorCode::token_kind_unexpected);
    const auto anchor = std::find_if(anchors.begin(), anchors.end(),
                                     [&](const TrustAnchor& a) { return a.key.kid() == header->kid; });
    if (anchor == anchors.end()) continue;
    const std::string compact = each.protected_part + '.' + read_token->payload_part + '.' + each.signature;
    if (auto checked = jws_header(compact); !checked) return fail(checked.error());
    auto payload = jws_verify(compact, anchor->key.pool());
    if (!payload) return fail(payload.error());
    verified.payload = std::move(*payload);
    const auto& signers = verified.signers;
    if (std::find(signers.begin(), signers.end(), anchor->member) == signers.end()) {
      verified.signers.push_back(anchor->member);
    }
  }
  if (verified.signers.size() < minimum || verified.signers.empty()) {
    return fail(ErrorCode::signature_invalid, {}, "founders");
  }
  return verified;
}

}  // namespace hotline
