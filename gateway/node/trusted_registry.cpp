#include "gateway/node/trusted_registry.h"

#include "gateway/node/anchors.h"
#include "gateway/seal/registry_token.h"
#include "i18n/base/text_files.h"

namespace hotline {
namespace {

Result<PeerKeys> keys_of(const Member& member) {
  auto signing = MemberKey::from_jwk(member.signing_jwk, KeyUse::sig);
  if (!signing) return fail(std::move(signing.error()));
  auto encryption = MemberKey::from_jwk(member.encryption_jwk, KeyUse::enc);
  if (!encryption) return fail(std::move(encryption.error()));
  return PeerKeys{std::move(*signing), std::move(*encryption)};
}

}  // namespace

Result<TrustedRegistry> load_registry(const Settings& settings, Instant now) {
  auto token = read_file(settings.registry_file, 16u << 20);
  if (!token) return fail(ErrorCode::settings_invalid, "/registry/file", "registry_file");
  auto anchors = read_anchors(settings.anchors_file);
  if (!anchors) return fail(ErrorCode::settings_invalid, "/registry/anchors", "registry_anchors");
  auto verified =
      verify_registry(*token, *anchors, static_cast<std::size_t>(settings.registry_minimum_signers));
  if (!verified) return fail(std::move(verified.error()));
  auto payload = parse_json(verified->payload, {16u << 20, 32});
  if (!payload) return fail(std::move(payload.error()));
  auto registry = Registry::parse(*payload, settings.data_root);
  if (!registry) return fail(std::move(registry.error()));
  if (registry->not_before() && *registry->not_before() > now) {
    return fail(ErrorCode::settings_invalid, "/registry/file", "not_before");
  }
  if (registry->find(settings.node) == nullptr) return fail(ErrorCode::settings_invalid, "/node", "member");

  TrustedRegistry trusted{std::move(*registry), {}};
  for (const auto& member : trusted.registry.members()) {
    if (member.id == settings.node || !member.active || is_enforcement(member.role)) continue;
    auto keys = keys_of(member);
    if (!keys) return fail(std::move(keys.error()));
    trusted.peer_keys.emplace(member.id, std::move(*keys));
  }
  return trusted;
}

}  // namespace hotline
