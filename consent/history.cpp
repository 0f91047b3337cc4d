#include "consent/history.h"

#include <algorithm>
#include <set>
#include <string>

#include "consent/consent.h"

namespace hotline {
namespace {

using Allocator = Json::AllocatorType;

std::optional<Instant> time_at(const JsonValue& consent, std::string_view name) {
  const auto at = parse_instant(text_at(consent, name));
  return at ? std::optional(*at) : std::nullopt;
}

bool permits(const JsonValue& consent) {
  const auto state = text_at(consent, "state");
  return state == "given" || state == "renewed";
}

void copy_member(JsonValue& out, const char* name, const JsonValue& from, Allocator& allocator) {
  if (const JsonValue* value = member(from, name)) {
    set_member(out, name, JsonValue(*value, allocator), allocator);
  } else {
    out.RemoveMember(name);
  }
}

std::set<std::string, std::less<>> texts_of(const JsonValue& object, const char* name) {
  std::set<std::string, std::less<>> out;
  const JsonValue* list = member(object, name);
  if (list == nullptr || !list->IsArray()) return out;
  for (const JsonValue& each : list->GetArray()) out.emplace(as_text(each));
  return out;
}

// What both lists name. Nothing in common is not an empty list, which no schema takes: it is no consent.
void common(JsonValue& out, const JsonValue& other, const char* name, Allocator& allocator) {
  const auto theirs = texts_of(other, name);
  JsonValue both(rapidjson::kArrayType);
  for (const auto& each : texts_of(out, name)) {
    if (theirs.contains(each)) both.PushBack(make_text(each, allocator), allocator);
  }
  if (both.Empty()) set_text(out, "state", "invalidated", allocator);
  if (!both.Empty()) set_member(out, name, std::move(both), allocator);
}

void onward(JsonValue& out, const JsonValue& other, Allocator& allocator) {
  const JsonValue* ours = member(out, "onward");
  const JsonValue* theirs = member(other, "onward");
  if (ours == nullptr || theirs == nullptr) return;
  JsonValue both(rapidjson::kObjectType);
  const bool allowed = flag_at(*ours, "allowed") && flag_at(*theirs, "allowed");
  set_member(both, "allowed", JsonValue(allowed), allocator);
  JsonValue recipients(rapidjson::kArrayType);
  const auto named = texts_of(*theirs, "recipients");
  for (const auto& each : texts_of(*ours, "recipients")) {
    if (named.contains(each)) recipients.PushBack(make_text(each, allocator), allocator);
  }
  if (!recipients.Empty()) set_member(both, "recipients", std::move(recipients), allocator);
  set_member(out, "onward", std::move(both), allocator);
}

// Of each category the lower level and the narrower fields; what one of them leaves out is withheld.
void categories(JsonValue& out, const JsonValue& other, Allocator& allocator) {
  const Consent ours = read_consent(out);
  const Consent theirs = read_consent(other);
  JsonValue both(rapidjson::kArrayType);
  for (const Category& category : all_categories()) {
    const Grant* a = ours.grant(category.get());
    const Grant* b = theirs.grant(category.get());
    if (a == nullptr || b == nullptr) continue;
    Level level = std::min(a->level, b->level);
    const auto& fields = a->fields.empty() ? b->fields : a->fields;
    // Two lists of fields that differ have no common meaning that is certain.
    if (!a->fields.empty() && !b->fields.empty() && a->fields != b->fields) level = Level::withheld;
    JsonValue grant(rapidjson::kObjectType);
    set_text(grant, "category", category.get(), allocator);
    set_text(grant, "level", to_string(level), allocator);
    JsonValue list(rapidjson::kArrayType);
    for (const auto& each : fields) list.PushBack(make_text(each, allocator), allocator);
    if (!list.Empty()) set_member(grant, "fields", std::move(list), allocator);
    both.PushBack(grant, allocator);
  }
  if (both.Empty()) {
    set_text(out, "state", "invalidated", allocator);
  } else {
    set_member(out, "categories", std::move(both), allocator);
  }
}

// `out` as far as `other`, said at the same moment, permits it too.
void narrow(JsonValue& out, const JsonValue& other, Allocator& allocator) {
  if (permits(out) && !permits(other)) copy_member(out, "state", other, allocator);
  const auto recipient = [](const JsonValue& consent) {
    const JsonValue* named = member(consent, "recipient");
    return named == nullptr
               ? std::string()
               : std::string(text_at(*named, "member")) + ' ' + std::string(text_at(*named, "country"));
  };
  if (recipient(out) != recipient(other)) set_text(out, "state", "invalidated", allocator);
  common(out, other, "purposes", allocator);
  categories(out, other, allocator);
  onward(out, other, allocator);
  const auto ours = time_at(out, "until");
  const auto theirs = time_at(other, "until");
  if (!theirs || (ours && *theirs < *ours)) copy_member(out, "until", other, allocator);
  if (member(other, "withdrawn_at") != nullptr) copy_member(out, "withdrawn_at", other, allocator);
  if (text_at(other, "form") == "oral_two_person") copy_member(out, "form", other, allocator);
  for (const char* name : {"police_contact", "risks_explained", "withdrawal_explained",
                           "service_not_conditional", "pressure_checked"}) {
    if (flag_at(out, name) && !flag_at(other, name)) copy_member(out, name, other, allocator);
  }
}

void keep_local_ids(JsonValue& out, const JsonValue& brought, Allocator& allocator) {
  copy_member(out, "person", brought, allocator);
  if (!out.HasMember("giver") || !out["giver"].IsObject()) return;
  JsonValue& giver = out["giver"];
  const JsonValue* said = member(brought, "giver");
  const auto id = said == nullptr ? std::string_view() : text_at(*said, "person");
  giver.RemoveMember("person");
  if (!id.empty()) set_text(giver, "person", id, allocator);
}

}  // namespace

Instant said_at(const JsonValue& consent) {
  const auto given = time_at(consent, "given_at");
  const auto withdrawn = time_at(consent, "withdrawn_at");
  Instant at = given.value_or(Instant{text_at(consent, "state") == "refused" && !withdrawn ? INT64_MAX : 0});
  return withdrawn ? std::max(at, *withdrawn) : at;
}

Json word_that_counts(const JsonValue& brought, const std::vector<const JsonValue*>& known) {
  std::vector<const JsonValue*> all{&brought};
  all.insert(all.end(), known.begin(), known.end());
  Instant last = said_at(brought);
  for (const JsonValue* each : all) last = std::max(last, said_at(*each));
  Json out;
  auto& allocator = out.GetAllocator();
  for (const JsonValue* each : all) {
    if (said_at(*each) != last) continue;
    if (out.IsNull()) {
      out.CopyFrom(*each, allocator);
    } else if (*each != static_cast<const JsonValue&>(out)) {
      narrow(out, *each, allocator);
    }
  }
  keep_local_ids(out, brought, allocator);
  return out;
}

}  // namespace hotline
