#include "adapters/record/referral.h"

#include <algorithm>
#include <set>
#include <vector>

#include "i18n/base/clock.h"

namespace hotline {

namespace {

using Ids = std::set<std::string_view>;

tl::unexpected<Error> broken(std::string pointer, const char* expected) {
  return fail(ErrorCode::reference_broken, std::move(pointer), expected);
}

// The ids of an array of objects; the same id twice is two persons under one name.
Result<Ids> ids_of(const JsonValue& record, const char* list) {
  Ids ids;
  const JsonValue* items = member(record, list);
  if (items == nullptr) return ids;
  for (rapidjson::SizeType i = 0; i < items->Size(); ++i)
    if (!ids.insert(text_at((*items)[i], "id")).second)
      return broken(pointer_join(pointer_join(pointer_join("", list), i), "id"), "unique_id");
  return ids;
}

Result<void> known(const JsonValue& object, const char* name, const Ids& ids, const std::string& pointer) {
  const JsonValue* value = member(object, name);
  if (value == nullptr || ids.count(as_text(*value)) > 0) return {};
  return broken(pointer_join(pointer, name), "id_of_a_person");
}

// Checks `name` in every object of the list at object/list.
Result<void> known_each(const JsonValue& object, const char* list, const char* name, const Ids& ids,
                        const std::string& pointer) {
  const JsonValue* items = member(object, list);
  if (items == nullptr) return {};
  for (rapidjson::SizeType i = 0; i < items->Size(); ++i)
    if (auto ok = known((*items)[i], name, ids, pointer_join(pointer_join(pointer, list), i)); !ok) return ok;
  return {};
}

// Nobody is born after tomorrow, which somewhere is today.
Result<void> is_born(const JsonValue& person, const std::string& pointer) {
  const JsonValue* identity = member(person, "identity");
  const std::string_view born = identity == nullptr ? std::string_view() : text_at(*identity, "birth_date");
  if (born.empty()) return {};
  const std::string tomorrow = format_civil_date(civil_date_utc(SystemClock().now().plus_seconds(86400)));
  if (born <= std::string_view(tomorrow).substr(0, born.size())) return {};
  return fail(ErrorCode::date_impossible, pointer + "/identity/birth_date", "birth_date_in_future");
}

Result<void> check_persons(const JsonValue& persons, const Ids& ids) {
  for (rapidjson::SizeType i = 0; i < persons.Size(); ++i) {
    if (auto ok = is_born(persons[i], pointer_join("/persons", i)); !ok) return ok;
    const JsonValue* family = member(persons[i], "family");
    if (family == nullptr) continue;
    const std::string pointer = pointer_join(pointer_join("/persons", i), "family");
    for (const char* list : {"relatives", "relations"})
      if (auto ok = known_each(*family, list, "person", ids, pointer); !ok) return ok;
  }
  return {};
}

Result<void> check_narratives(const JsonValue& record, const Ids& persons) {
  const JsonValue* narratives = member(record, "narratives");
  if (narratives == nullptr) return {};
  for (rapidjson::SizeType i = 0; i < narratives->Size(); ++i) {
    const JsonValue* about = member((*narratives)[i], "about");
    if (about == nullptr) continue;
    for (rapidjson::SizeType k = 0; k < about->Size(); ++k)
      if (persons.count(as_text((*about)[k])) == 0)
        return broken(pointer_join(pointer_join(pointer_join("/narratives", i), "about"), k),
                      "id_of_a_person");
  }
  return {};
}

Result<void> check_consents(const JsonValue& record, const Ids& persons, const Ids& givers) {
  if (auto ok = known_each(record, "consents", "person", persons, ""); !ok) return ok;
  const JsonValue* consents = member(record, "consents");
  if (consents == nullptr) return {};
  std::set<std::string_view> seen;
  for (rapidjson::SizeType i = 0; i < consents->Size(); ++i) {
    const std::string pointer = pointer_join("/consents", i);
    if (!seen.insert(text_at((*consents)[i], "consent_id")).second)
      return broken(pointer_join(pointer, "consent_id"), "unique_id");
    if (const JsonValue* giver = member((*consents)[i], "giver"))
      if (auto ok = known(*giver, "person", givers, pointer_join(pointer, "giver")); !ok) return ok;
  }
  return {};
}

Result<void> check_references(const JsonValue& record) {
  auto persons = ids_of(record, "persons");
  if (!persons) return tl::make_unexpected(persons.error());
  auto exploiters = ids_of(record, "alleged_exploiters");
  if (!exploiters) return tl::make_unexpected(exploiters.error());
  Ids givers = *persons;
  for (std::string_view id : *exploiters)
    if (!givers.insert(id).second) return broken("/alleged_exploiters", "unique_id");
  if (auto ok = check_persons(*member(record, "persons"), *persons); !ok) return ok;
  if (const JsonValue* caller = member(record, "caller"))
    if (auto ok = known(*caller, "person", *persons, "/caller"); !ok) return ok;
  if (auto ok = check_narratives(record, *persons); !ok) return ok;
  return check_consents(record, *persons, givers);
}

}  // namespace

bool holds_words(const Schema& canonical, std::string_view place) {
  std::string pointer(place);
  std::replace(pointer.begin(), pointer.end(), '*', '0');
  const SchemaNode* node = canonical.at(pointer);
  if (node == nullptr || node->labels().prose) return true;
  return node->labels().generalise == Generaliser::masked_text;
}

Result<Referral> Referral::from(Json document, const Schema& schema, std::vector<TidyNote>* notes,
                                Opinions opinions) {
  TidyRecord tidy = tidy_record(document, [&](std::string_view place) { return holds_words(schema, place); });
  if (tidy.changed) document = std::move(*tidy.changed);
  if (notes != nullptr) *notes = std::move(tidy.notes);
  if (auto valid = schema.validate(document, opinions); !valid) return tl::make_unexpected(valid.error());
  if (persons_of(document).Empty()) return fail(ErrorCode::length_out_of_range, "/persons", "minItems");
  if (auto whole = check_references(document); !whole) return tl::make_unexpected(whole.error());
  return Referral(std::move(document));
}

const JsonValue& Referral::persons_of(const JsonValue& document) {
  return *member(document, "persons");
}
const JsonValue& Referral::envelope() const {
  return *member(document_, "envelope");
}
const JsonValue& Referral::persons() const {
  return persons_of(document_);
}
std::string_view Referral::kind() const {
  return text_at(envelope(), "kind");
}
std::string_view Referral::purpose() const {
  return text_at(envelope(), "purpose");
}

std::string_view Referral::urgency() const {
  return text_at(*member(envelope(), "urgency"), "code");
}

bool Referral::is_crisis() const {
  return urgency() == "immediate_danger" || urgency() == "crisis_24h";
}

const JsonValue* Referral::person(const PersonId& id) const {
  const auto all = persons().GetArray();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const JsonValue& one) { return text_at(one, "id") == id.get(); });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace hotline
