#include "consent/decision.h"

#include <algorithm>

namespace hotline {

std::string_view to_string(Level level) {
  switch (level) {
    case Level::withheld:
      return "withheld";
    case Level::pseudonymised:
      return "pseudonymised";
    case Level::generalised:
      return "generalised";
    case Level::full:
      return "full";
  }
  return "withheld";
}

std::string_view to_string(Change change) {
  switch (change) {
    case Change::as_agreed:
      return "as_agreed";
    case Change::ask_person:
      return "ask_person";
    case Change::person_comes_back:
      return "person_comes_back";
    case Change::ask_again:
      return "ask_again";
    case Change::ask_in_form:
      return "ask_in_form";
    case Change::ask_in_language:
      return "ask_in_language";
    case Change::ask_with_statement:
      return "ask_with_statement";
    case Change::other_interpreter:
      return "other_interpreter";
    case Change::tell_first:
      return "tell_first";
    case Change::complete_record:
      return "complete_record";
    case Change::safe_adult:
      return "safe_adult";
    case Change::signed_policy:
      return "signed_policy";
    case Change::ask_onward:
      return "ask_onward";
    case Change::human:
      return "human";
    case Change::other_recipient:
      return "other_recipient";
    case Change::nothing:
      return "nothing";
  }
  return "nothing";
}

bool PersonDecision::anything() const {
  return std::any_of(categories.begin(), categories.end(),
                     [](const CategoryDecision& each) { return each.level != Level::withheld; });
}

const CategoryDecision& PersonDecision::of(std::string_view category) const {
  static const CategoryDecision nothing;
  for (const CategoryDecision& each : categories) {
    if (each.category.get() == category) return each;
  }
  return nothing;
}

const PersonDecision* Decision::of(const PersonId& person) const {
  for (const PersonDecision& each : persons) {
    if (each.person == person) return &each;
  }
  return nullptr;
}

namespace {

Instant rounded_down(Instant until, Instant now) {
  constexpr std::int64_t kHour = 3600;
  constexpr std::int64_t kDay = 24 * kHour;
  const std::int64_t left = until.seconds() - now.seconds();
  const std::int64_t step = left > 7 * kDay ? kDay : (left > kDay ? kHour : 1);
  return until.plus_seconds(-(until.seconds() % step));
}

}  // namespace

bool Decision::apart(const PersonId& person) const {
  return std::any_of(groups.begin(), groups.end(), [&](const Group& group) {
    return group.persons.size() != persons.size() &&
           std::find(group.persons.begin(), group.persons.end(), person) != group.persons.end();
  });
}

Instant Decision::ends(const PersonId& person) const {
  const PersonDecision* decided = of(person);
  if (decided == nullptr) return {};
  return apart(person) ? rounded_down(decided->until, decided_at) : decided->until;
}

namespace {

JsonValue categories_json(const PersonDecision& person, Json::AllocatorType& allocator) {
  JsonValue categories(rapidjson::kArrayType);
  for (const CategoryDecision& each : person.categories) {
    JsonValue category(rapidjson::kObjectType);
    set_text(category, "category", each.category.get(), allocator);
    set_text(category, "level", to_string(each.level), allocator);
    set_text(category, "rule", each.rule.get(), allocator);
    set_text(category, "change", to_string(each.change), allocator);
    set_text(category, "decided_by", each.decided_by, allocator);
    if (!each.fields.empty()) set_member(category, "narrowed", JsonValue(true), allocator);
    categories.PushBack(category, allocator);
  }
  return categories;
}

JsonValue person_json(const PersonDecision& decided, Json::AllocatorType& allocator) {
  JsonValue person(rapidjson::kObjectType);
  set_text(person, "person", decided.person.get(), allocator);
  set_text(person, "basis", decided.basis, allocator);
  if (!decided.consent.get().empty()) set_text(person, "consent", decided.consent.get(), allocator);
  if (decided.anything()) set_text(person, "until", format_instant(decided.until), allocator);
  if (!decided.onward.empty()) {
    JsonValue onward(rapidjson::kArrayType);
    for (const MemberId& each : decided.onward) onward.PushBack(make_text(each.get(), allocator), allocator);
    set_member(person, "onward", std::move(onward), allocator);
  }
  set_member(person, "categories", categories_json(decided, allocator), allocator);
  return person;
}

}  // namespace

Json Decision::to_json() const {
  Json out(rapidjson::kObjectType);
  auto& allocator = out.GetAllocator();
  set_text(out, "recipient", recipient.get(), allocator);
  set_text(out, "purpose", purpose.get(), allocator);
  set_text(out, "decided_at", format_instant(decided_at), allocator);
  JsonValue policies(rapidjson::kObjectType);
  set_text(policies, "base", base_policy, allocator);
  set_text(policies, "sender", sender_policy, allocator);
  set_text(policies, "recipient", recipient_policy, allocator);
  set_member(out, "policies", std::move(policies), allocator);
  JsonValue people(rapidjson::kArrayType);
  for (const PersonDecision& each : persons) people.PushBack(person_json(each, allocator), allocator);
  set_member(out, "persons", std::move(people), allocator);
  JsonValue together(rapidjson::kArrayType);
  for (const Group& each : groups) {
    JsonValue group(rapidjson::kArrayType);
    for (const PersonId& id : each.persons) group.PushBack(make_text(id.get(), allocator), allocator);
    together.PushBack(group, allocator);
  }
  set_member(out, "groups", std::move(together), allocator);
  return out;
}

}  // namespace hotline
