#include "gateway/node/anchors.h"

namespace hotline {

Result<std::string> anchors_text(const JsonValue& members) {
  Json document(rapidjson::kObjectType);
  auto& allocator = document.GetAllocator();
  JsonValue list(rapidjson::kArrayType);
  for (rapidjson::SizeType i = 0; i < members.Size(); ++i) {
    const JsonValue* key = member(members[i], "signing_jwk");
    if (key == nullptr)
      return fail(ErrorCode::field_missing, pointer_join(pointer_join("", i), "signing_jwk"));
    JsonValue item(rapidjson::kObjectType);
    set_text(item, "member", text_at(members[i], "id"), allocator);
    set_member(item, "signing_jwk", JsonValue(*key, allocator), allocator);
    list.PushBack(item, allocator);
  }
  set_member(document, "anchors", std::move(list), allocator);
  return to_pretty(document) + "\n";
}

Result<std::vector<TrustAnchor>> read_anchors(const std::string& file) {
  const auto document = read_json_file(file);
  if (!document) return fail(document.error());
  const JsonValue* list = member(*document, "anchors");
  if (list == nullptr || !list->IsArray()) return fail(ErrorCode::field_missing, "/anchors");
  std::vector<TrustAnchor> anchors;
  for (rapidjson::SizeType i = 0; i < list->Size(); ++i) {
    const JsonValue* jwk = member((*list)[i], "signing_jwk");
    if (jwk == nullptr) return fail(ErrorCode::field_missing, pointer_join("/anchors", i));
    auto key = MemberKey::from_jwk(to_text(*jwk), KeyUse::sig);
    if (!key) return fail(key.error());
    anchors.push_back({MemberId(std::string(text_at((*list)[i], "member"))), std::move(*key)});
  }
  return anchors;
}

}  // namespace hotline
