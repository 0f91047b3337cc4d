#include "adapters/engine/review_list.h"

#include "adapters/engine/walk.h"
#include "i18n/language_tag.h"

namespace hotline {

namespace {

std::string_view base_of(std::string_view language) {
  return language.substr(0, language.find('-'));
}

}  // namespace

ReviewList::ReviewList(const Plan& plan, const LanguageTag& reader, const CodeSystems& codes)
    : plan_(plan), reader_(reader), reader_base_(base_language(reader)), codes_(codes) {}

std::string_view ReviewList::national_label(const NationalCode& code, std::string_view language) const {
  return code.label(language == "reader" ? std::string_view(reader_base_) : base_of(language));
}

void ReviewList::set(JsonValue& entry, const std::string& name, std::string_view value,
                     Json::AllocatorType& allocator) const {
  if (!name.empty() && !value.empty()) set_text(entry, name, value, allocator);
}

// In the reader's language; of a code that we do not know in the language in which it was said.
std::string_view ReviewList::label_of(const std::string& system, const JsonValue& coded,
                                      std::string_view otherwise) const {
  const std::string_view code = text_at(coded, "code");
  if (const std::string_view label = codes_.label_text(system, code, reader_); !label.empty()) return label;
  const JsonValue* original = member(coded, "original");
  for (const std::string_view said :
       {original == nullptr ? std::string_view() : text_at(*original, "label"), code,
        original == nullptr ? std::string_view() : text_at(*original, "code")})
    if (!said.empty()) return said;
  return otherwise;
}

std::size_t ReviewList::add(const CodeMap& map, const JsonValue& coded, const CodeTarget& target,
                            const std::string& place, bool doubted, Json::AllocatorType& allocator) {
  const Review& review = plan_.review;
  const std::string_view code = text_at(coded, "code");
  // Both halves of the way count: what came as wider and leaves as an equivalent is still no equivalent.
  const Fate came = fate_of_relation(text_at(coded, "relation", "equivalent")).value_or(Fate::dropped);
  const Fate whole = compose(came, target.fate);
  const std::string_view relation = relation_of(whole);
  const auto word = review.relation_words.find(relation);
  JsonValue entry(rapidjson::kObjectType);
  set(entry, review.field, place, allocator);
  set(entry, review.code, code, allocator);
  const std::string_view shown =
      word == review.relation_words.end() ? relation : std::string_view(word->second);
  set(entry, review.label, label_of(map.system(), coded, shown), allocator);
  set(entry, review.relation, shown, allocator);
  if (target.fate == Fate::related) set(entry, review.suggested, target.code, allocator);
  // A code that came in as an overlap or as more than was said is no surer for having an equivalent here.
  const bool needs_person = doubted || (whole != Fate::carried && whole != Fate::widened);
  set_member(entry, review.needs_person, review.words.write(needs_person, allocator), allocator);
  if (const JsonValue* original = member(coded, "original")) {
    set(entry, review.original_system, text_at(*original, "system"), allocator);
    set(entry, review.original_code, text_at(*original, "code"), allocator);
    set(entry, review.original_label, text_at(*original, "label"), allocator);
    set(entry, review.original_language, text_at(*original, "language"), allocator);
  }
  entries_.PushBack(entry, allocator);
  return entries_.Size() - 1;
}

void ReviewList::place_in(Json& record) {
  if (entries_.Empty()) return;
  make_place(record, plan_.review.tokens, record.GetAllocator()) = std::move(entries_);
}

}  // namespace hotline
