// The member registry: whom this node trusts, as values. Signatures are checked in gateway (two of three, by
// registry+jwt); here the verified payload becomes values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "i18n/base/clock.h"
#include "i18n/base/ids.h"
#include "i18n/base/json.h"
#include "i18n/base/result.h"

namespace hotline {

enum class Role {
  hotline,
  service_provider,
  legal,
  health,
  law_enforcement,
  immigration_enforcement,
  child_protection,
  emergency_services,
  statistics,
};
std::string_view to_string(Role role);
std::optional<Role> role_from(std::string_view text);
bool is_enforcement(Role role);  // law_enforcement, immigration_enforcement

struct Member {
  MemberId id;
  std::string name;
  std::string country;                 // ISO 3166-1 alpha-2
  std::vector<std::string> languages;  // BCP 47, first is preferred
  Role role = Role::hotline;
  bool conduit = false;         // a hotline that passes to its country's authorities
  std::string profile;          // adapters/<profile>
  std::string endpoint;         // https://host:port of its peer link
  std::string time_zone;        // IANA
  std::string policy_version;   // the policy version it has signed
  std::string certificate_pem;  // its TLS certificate, pinned
  std::string spki_sha256;      // hex, of the certificate's key
  std::string signing_jwk;      // public JWK, use sig
  std::string encryption_jwk;   // public JWK, use enc
  std::string phone;            // what to dial when the link is down
  bool active = true;
};

class Registry {
 public:
  // `root` is the data root: the payload is checked against config/schema/registry.schema.json there. Unknown
  // fields are refused (field_unknown), a private key among them; so are ids and keys that stand twice
  // (value_not_allowed), with the pointer of the second.
  static Result<Registry> parse(const JsonValue& payload, const std::string& root);
  const Member* find(const MemberId& id) const;
  const std::vector<Member>& members() const { return members_; }
  std::int64_t version() const { return version_; }
  std::optional<Instant> not_before() const { return not_before_; }

 private:
  std::int64_t version_ = 0;
  std::optional<Instant> not_before_;
  std::vector<Member> members_;
};

}  // namespace hotline
