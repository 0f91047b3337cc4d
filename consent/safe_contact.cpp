#include "consent/safe_contact.h"

namespace hotline {

JsonValue safe_contacts(const JsonValue& record, Json::AllocatorType& allocator) {
  JsonValue list(rapidjson::kArrayType);
  const JsonValue* persons = member(record, "persons");
  if (persons == nullptr || !persons->IsArray()) return list;
  for (const JsonValue& person : persons->GetArray()) {
    JsonValue item(rapidjson::kObjectType);
    set_text(item, "person", text_at(person, "id"), allocator);
    const JsonValue* contact = member(person, "contact");
    const JsonValue* safe = contact == nullptr ? nullptr : member(*contact, "safe_contact");
    if (safe == nullptr || !safe->IsObject()) {
      set_text(item, "contact_allowed", "no", allocator);
    } else {
      for (const auto& each : safe->GetObject())
        set_member(item, as_text(each.name), JsonValue(each.value, allocator), allocator);
    }
    list.PushBack(item, allocator);
  }
  return list;
}

}  // namespace hotline
