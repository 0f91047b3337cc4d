#include "gateway/cli/members.h"

#include "config/read.h"
#include "gateway/crypto/digest.h"

namespace hotline::cli {
namespace {

constexpr const char* kDemoMembers = "/config/registry/demo-members.json";

Result<Member> read_member(const JsonValue& value, const std::string& pointer) {
  for (const char* needed : {"id", "name", "country", "role", "profile", "time_zone", "policy_version"}) {
    if (text_at(value, needed).empty()) return fail(ErrorCode::field_missing, pointer_join(pointer, needed));
  }
  Member made;
  made.id = MemberId(std::string(text_at(value, "id")));
  made.name = text_at(value, "name");
  made.country = text_at(value, "country");
  made.languages = texts_at(value, "languages");
  const auto role = role_from(text_at(value, "role"));
  if (!role) return fail(ErrorCode::value_not_allowed, pointer_join(pointer, "role"));
  made.role = *role;
  made.conduit = flag_at(value, "conduit");
  made.profile = text_at(value, "profile");
  made.time_zone = text_at(value, "time_zone");
  made.policy_version = text_at(value, "policy_version");
  made.phone = text_at(value, "phone");
  made.active = flag_at(value, "active");
  return made;
}

}  // namespace

Result<std::string> registry_payload(const JsonValue& token) {
  const auto bytes = from_base64url(text_at(token, "payload"));
  if (!bytes) return fail(ErrorCode::token_malformed, "/payload");
  return *bytes;
}

Result<std::vector<Member>> read_members(const std::string& file) {
  auto document = read_json_file(file);
  if (!document) return fail(document.error());
  if (member(*document, "signatures") != nullptr) {
    const auto payload = registry_payload(*document);
    if (!payload) return fail(payload.error());
    document = parse_json(*payload);
    if (!document) return fail(document.error());
  }
  const JsonValue* list = member(*document, "members");
  if (list == nullptr || !list->IsArray()) return fail(ErrorCode::field_missing, "/members");
  std::vector<Member> members;
  for (rapidjson::SizeType i = 0; i < list->Size(); ++i) {
    auto made = read_member((*list)[i], pointer_join("/members", i));
    if (!made) return fail(made.error());
    members.push_back(std::move(*made));
  }
  return members;
}

Result<Json> demo_members(const std::string& root) {
  return read_json_file(root + kDemoMembers);
}

}  // namespace hotline::cli
