#include "config/registry.h"

#include <algorithm>
#include <array>
#include <utility>

#include "config/read.h"
#include "config/schema.h"

namespace hotline {
namespace {

constexpr std::array kRoles = std::to_array<Role>({
    Role::hotline,
    Role::service_provider,
    Role::legal,
    Role::health,
    Role::law_enforcement,
    Role::immigration_enforcement,
    Role::child_protection,
    Role::emergency_services,
    Role::statistics,
});

std::string text_of(const JsonValue& object, std::string_view name) {
  return std::string(text_at(object, name));
}

Member read_member(const JsonValue& value) {
  Member made;
  made.id = MemberId(text_of(value, "id"));
  made.name = text_of(value, "name");
  made.country = text_of(value, "country");
  made.languages = texts_at(value, "languages");
  made.role = role_from(text_at(value, "role")).value_or(Role::law_enforcement);
  made.conduit = flag_at(value, "conduit");
  made.profile = text_of(value, "profile");
  made.endpoint = text_of(value, "endpoint");
  made.time_zone = text_of(value, "time_zone");
  made.policy_version = text_of(value, "policy_version");
  made.certificate_pem = text_of(value, "certificate_pem");
  made.spki_sha256 = text_of(value, "spki_sha256");
  made.signing_jwk = to_canonical(*member(value, "signing_jwk"));
  made.encryption_jwk = to_canonical(*member(value, "encryption_jwk"));
  made.phone = text_of(value, "phone");
  made.active = flag_at(value, "active");
  return made;
}

// What makes two members one: whoever holds the key is both of them.
Result<void> check_unique(const std::vector<Member>& members, const JsonValue& list) {
  for (std::size_t i = 0; i < members.size(); ++i) {
    const std::string place = pointer_join("/members", i);
    const auto& entry = list[static_cast<rapidjson::SizeType>(i)];
    if (text_at(*member(entry, "signing_jwk"), "use") != "sig") {
      return fail(ErrorCode::value_not_allowed, place + "/signing_jwk/use", "sig");
    }
    if (text_at(*member(entry, "encryption_jwk"), "use") != "enc") {
      return fail(ErrorCode::value_not_allowed, place + "/encryption_jwk/use", "enc");
    }
    for (std::size_t j = 0; j < i; ++j) {
      if (members[i].id == members[j].id) return fail(ErrorCode::value_not_allowed, place + "/id", "unique");
      if (members[i].spki_sha256 == members[j].spki_sha256) {
        return fail(ErrorCode::value_not_allowed, place + "/spki_sha256", "unique");
      }
      if (members[i].signing_jwk == members[j].signing_jwk) {
        return fail(ErrorCode::value_not_allowed, place + "/signing_jwk", "unique");
      }
    }
  }
  return {};
}

}  // namespace

std::string_view to_string(Role role) {
  switch (role) {
    case Role::hotline:
      return "hotline";
    case Role::service_provider:
      return "service_provider";
    case Role::legal:
      return "legal";
    case Role::health:
      return "health";
    case Role::law_enforcement:
      return "law_enforcement";
    case Role::immigration_enforcement:
      return "immigration_enforcement";
    case Role::child_protection:
      return "child_protection";
    case Role::emergency_services:
      return "emergency_services";
    case Role::statistics:
      return "statistics";
  }
  return "";
}

std::optional<Role> role_from(std::string_view text) {
  const auto* found =
      std::find_if(kRoles.begin(), kRoles.end(), [&](Role each) { return to_string(each) == text; });
  return found == kRoles.end() ? std::nullopt : std::optional<Role>(*found);
}

bool is_enforcement(Role role) {
  return role == Role::law_enforcement || role == Role::immigration_enforcement;
}

Result<Registry> Registry::parse(const JsonValue& payload, const std::string& root) {
  const auto schema = Schema::load(root + "/config/schema/registry.schema.json", nullptr);
  if (!schema) return fail(schema.error());
  if (auto valid = schema->validate(payload); !valid) return fail(std::move(valid.error()));
  Registry registry;
  registry.version_ = integer_at(payload, "version");
  if (const std::string_view from = text_at(payload, "not_before"); !from.empty()) {
    registry.not_before_ = parse_instant(from).value();
  }
  const JsonValue& list = *member(payload, "members");
  for (const JsonValue& each : list.GetArray()) registry.members_.push_back(read_member(each));
  if (auto unique = check_unique(registry.members_, list); !unique) return fail(std::move(unique.error()));
  return registry;
}

const Member* Registry::find(const MemberId& id) const {
  const auto found =
      std::find_if(members_.begin(), members_.end(), [&](const Member& each) { return each.id == id; });
  return found == members_.end() ? nullptr : &*found;
}

}  // namespace hotline
