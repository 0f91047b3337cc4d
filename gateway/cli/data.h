// The data that commands without a running gateway decide by: schema, codes, profiles, policies.
#pragma once

#include <memory>
#include <string>

#include "adapters/engine/profiles.h"
#include "config/policy.h"
#include "config/registry.h"
#include "config/schema.h"
#include "consent/statements.h"
#include "consent/texts.h"
#include "gateway/cli/session.h"
#include "i18n/catalog.h"
#include "i18n/codes.h"

namespace hotline::cli {

// Schema and profiles refer to what they were made with, so all of it stays where it is.
struct Data {
  std::string root;
  std::unique_ptr<const CodeSystems> codes;
  std::unique_ptr<const Schema> schema;
  std::unique_ptr<const Profiles> profiles;
};
Result<Data> load_data(const Session& session);

// What deciding needs beyond that. `registry_file` holds a registry, signed or not; "" is the list of
// demonstration members, which has no keys.
struct ConsentData {
  Policies policies;
  std::vector<Member> members;
  ConsentTexts texts;
  Statements statements;
  const Member* find(const MemberId& id) const;  // nullptr when there is none
};
Result<ConsentData> load_consent_data(const Data& data, const std::string& registry_file);

// A record in `profile` as a canonical one. profile_unknown names the profiles that there are.
Result<ToCanonical> read_record(const Data& data, const std::string& profile, const std::string& text);
Result<const Profile*> find_profile(const Data& data, const std::string& id);

}  // namespace hotline::cli
