#include "tests/cases/agreements.h"

#include <stdexcept>

#include "tests/unit/consent/world.h"

namespace hotline::testing_world {
namespace {

std::vector<std::string> texts_in(const JsonValue& list) {
  std::vector<std::string> out;
  for (const JsonValue& each : list.GetArray()) out.emplace_back(as_text(each));
  return out;
}

Agreement read(const JsonValue& json) {
  Agreement out;
  for (const auto& each : json["categories"].GetObject())
    out.levels.emplace_back(as_text(each.name), as_text(each.value));
  if (const JsonValue* fields = member(json, "fields")) {
    for (const auto& each : fields->GetObject())
      out.fields.emplace_back(as_text(each.name), texts_in(each.value));
  }
  if (const JsonValue* onward = member(json, "onward")) out.onward = texts_in(*onward);
  out.days = json["days"].GetInt();
  return out;
}

JsonValue grant(const std::string& category, const std::string& level, const std::vector<std::string>& fields,
                Json::AllocatorType& allocator) {
  JsonValue out(rapidjson::kObjectType);
  set_text(out, "category", category, allocator);
  set_text(out, "level", level, allocator);
  if (fields.empty()) return out;
  JsonValue list(rapidjson::kArrayType);
  for (const std::string& each : fields) list.PushBack(make_text(each, allocator), allocator);
  set_member(out, "fields", std::move(list), allocator);
  return out;
}

std::string categories_of(const Agreement& agreed) {
  Json out(rapidjson::kArrayType);
  auto& allocator = out.GetAllocator();
  for (const auto& [category, level] : agreed.levels)
    out.PushBack(grant(category, level, {}, allocator), allocator);
  for (const auto& [category, fields] : agreed.fields)
    out.PushBack(grant(category, "full", fields, allocator), allocator);
  return to_text(out);
}

// Read out by an interpreter, so that it was understood in whatever language.
std::string overrides_of(const Agreement& agreed, const Member& recipient, std::string_view purpose,
                         Instant now) {
  Json out(rapidjson::kObjectType);
  auto& allocator = out.GetAllocator();
  JsonValue purposes(rapidjson::kArrayType);
  purposes.PushBack(make_text(purpose, allocator), allocator);
  set_member(out, "purposes", std::move(purposes), allocator);
  JsonValue to(rapidjson::kObjectType);
  set_text(to, "member", recipient.id.get(), allocator);
  set_text(to, "country", recipient.country, allocator);
  set_member(out, "recipient", std::move(to), allocator);
  set_text(out, "policy_version", recipient.policy_version, allocator);
  const Instant given = now.plus_seconds(-3600);
  set_text(out, "given_at", format_instant(given), allocator);
  set_text(out, "until", format_instant(given.plus_seconds(agreed.days * 86'400)), allocator);
  JsonValue interpreter(rapidjson::kObjectType);
  set_text(interpreter, "id", "int-1", allocator);
  set_member(interpreter, "is_relative", JsonValue(false), allocator);
  set_member(out, "interpreter", std::move(interpreter), allocator);
  if (!agreed.onward.empty()) {
    JsonValue onward(rapidjson::kObjectType), list(rapidjson::kArrayType);
    for (const std::string& each : agreed.onward) list.PushBack(make_text(each, allocator), allocator);
    set_member(onward, "allowed", JsonValue(true), allocator);
    set_member(onward, "recipients", std::move(list), allocator);
    set_member(out, "onward", std::move(onward), allocator);
  }
  return to_text(out);
}

}  // namespace

std::vector<Agreement> agreements() {
  const Json file = *read_json_file(std::string(HOTLINE_ROOT) + "/tests/cases/agreed.json");
  std::vector<Agreement> out;
  for (const JsonValue& each : file["agreements"].GetArray()) out.push_back(read(each));
  return out;
}

bool asked_about(const Referral& referral, const Member& recipient) {
  const JsonValue* consents = member(referral.json(), "consents");
  if (consents == nullptr) return false;
  for (const JsonValue& each : consents->GetArray()) {
    const JsonValue* to = member(each, "recipient");
    if (to != nullptr && text_at(*to, "member") == recipient.id.get()) return true;
  }
  return false;
}

Referral with_agreements(const Referral& referral, const Member& recipient, std::string_view purpose,
                         const std::vector<std::optional<Agreement>>& agreed, Instant now) {
  Json copy;
  copy.CopyFrom(referral.json(), copy.GetAllocator());
  auto& allocator = copy.GetAllocator();
  JsonValue consents(rapidjson::kArrayType);
  for (rapidjson::SizeType i = 0; i < referral.persons().Size() && i < agreed.size(); ++i) {
    if (!agreed[i]) continue;
    const Json consent =
        *parse_json(consent_json({.person = std::string(text_at(referral.persons()[i], "id")),
                                  .id = "agreed-" + std::to_string(i),
                                  .categories = categories_of(*agreed[i]),
                                  .overrides = overrides_of(*agreed[i], recipient, purpose, now)}));
    consents.PushBack(JsonValue(consent, allocator), allocator);
  }
  set_member(copy, "consents", std::move(consents), allocator);
  auto made = Referral::from(std::move(copy), World::get().schema);
  if (!made) {
    throw std::runtime_error(std::string(to_string(made.error().code)) + " " + made.error().pointer + " " +
                             made.error().expected);
  }
  return std::move(*made);
}

}  // namespace hotline::testing_world
