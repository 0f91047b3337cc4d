#include "gateway/cli/data.h"

#include <algorithm>

#include "gateway/cli/members.h"
#include "i18n/base/json.h"

namespace hotline::cli {
namespace {

constexpr const char* kSchemaFile = "/config/schema/referral.schema.json";
constexpr const char* kDemoMembers = "/config/registry/demo-members.json";

// Passes an error on, or the value: keeps the loaders below one line a step.
template <class T>
tl::unexpected<Error> broken(Result<T>& result) {
  return fail(std::move(result.error()));
}

template <class T>
Result<void> keep(std::unique_ptr<const T>& place, Result<T> loaded) {
  if (!loaded) return broken(loaded);
  place = std::make_unique<const T>(std::move(*loaded));
  return {};
}

}  // namespace

Result<Data> load_data(const Session& session) {
  auto root = find_root(session.root);
  if (!root) return broken(root);
  Data data;
  data.root = *root;
  if (auto kept = keep(data.codes, CodeSystems::load(*root)); !kept) return broken(kept);
  if (auto kept = keep(data.schema, Schema::load(*root + kSchemaFile, data.codes.get())); !kept)
    return broken(kept);
  if (auto kept = keep(data.profiles, Profiles::load(*root, *data.schema, *data.codes)); !kept)
    return broken(kept);
  return data;
}

Result<ConsentData> load_consent_data(const Data& data, const std::string& registry_file) {
  auto policies = Policies::load(data.root);
  if (!policies) return broken(policies);
  auto members = read_members(registry_file.empty() ? data.root + kDemoMembers : registry_file);
  if (!members) return broken(members);
  auto texts = ConsentTexts::load(data.root);
  if (!texts) return broken(texts);
  auto statements = Statements::load(data.root);
  if (!statements) return broken(statements);
  return ConsentData{std::move(*policies), std::move(*members), std::move(*texts), std::move(*statements)};
}

const Member* ConsentData::find(const MemberId& id) const {
  const auto found =
      std::find_if(members.begin(), members.end(), [&](const Member& each) { return each.id == id; });
  return found == members.end() ? nullptr : &*found;
}

Result<const Profile*> find_profile(const Data& data, const std::string& id) {
  if (const Profile* profile = data.profiles->find(id)) return profile;
  std::string known;
  for (const std::string& name : data.profiles->ids()) known += (known.empty() ? "" : " ") + name;
  return fail(ErrorCode::profile_unknown, "", known);
}

Result<ToCanonical> read_record(const Data& data, const std::string& profile, const std::string& text) {
  const auto found = find_profile(data, profile);
  if (!found) return fail(found.error());
  return (*found)->read_text(text);
}

}  // namespace hotline::cli
