// version: of the program and of the data that it decides by.
#include <memory>

#include "gateway/cli/commands.h"
#include "gateway/cli/data.h"

namespace hotline::cli {
namespace {

const Page kPage = {
    "", "Prints the versions of the program, the canonical schema, each profile and each policy, as JSON.",
    "", " hotline-gateway version"};

void put_profiles(Json& document, const Profiles& profiles) {
  auto& allocator = document.GetAllocator();
  JsonValue versions(rapidjson::kObjectType);
  for (const std::string& id : profiles.ids())
    set_text(versions, id, profiles.find(id)->version(), allocator);
  set_member(document, "profiles", std::move(versions), allocator);
}

void put_policies(Json& document, const Policies& policies, const std::vector<Member>& members) {
  auto& allocator = document.GetAllocator();
  JsonValue versions(rapidjson::kObjectType);
  set_text(versions, policies.base().jurisdiction, policies.base().version, allocator);
  for (const Member& member : members) {
    const Policy* policy = policies.country(member.country);
    if (policy == nullptr || versions.HasMember(policy->jurisdiction.c_str())) continue;
    set_text(versions, policy->jurisdiction, policy->version, allocator);
  }
  set_member(document, "policies", std::move(versions), allocator);
}

Result<int> run(Session& session) {
  const auto data = load_data(session);
  if (!data) return fail(data.error());
  const auto consent = load_consent_data(*data, "");
  if (!consent) return fail(consent.error());
  Json document(rapidjson::kObjectType);
  set_text(document, "program", HOTLINE_VERSION, document.GetAllocator());
  set_text(document, "schema", data->schema->version(), document.GetAllocator());
  put_profiles(document, *data->profiles);
  put_policies(document, consent->policies, consent->members);
  session.out << to_pretty(document) << '\n';
  return 0;
}

}  // namespace

void add_version(CLI::App& app, Session& session) {
  CLI::App& command =
      add_command(app, session, "version", "print versions of program, schema, profiles, policies", kPage);
  command.callback([&session] { session.action = [&session] { return run(session); }; });
}

}  // namespace hotline::cli
