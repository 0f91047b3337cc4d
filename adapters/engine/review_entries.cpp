#include "adapters/engine/review_entries.h"

#include "adapters/engine/walk.h"

namespace hotline {

namespace {

std::string_view said(const JsonValue& entry, const std::string& member) {
  return member.empty() ? std::string_view() : trimmed(text_at(entry, member));
}

}  // namespace

ReviewEntries::ReviewEntries(const Plan& plan, const JsonValue& national) : review_(plan.review) {
  if (review_.national.empty()) return;
  const JsonValue* list = value_below(national, review_.tokens);
  if (list == nullptr || !list->IsArray()) return;
  for (rapidjson::SizeType i = 0; i < list->Size(); ++i)
    if (const std::string_view place = text_at((*list)[i], review_.field); !place.empty())
      by_place_[place] = {pointer_join(review_.national, i), &(*list)[i]};
}

ReviewEntries::Entry ReviewEntries::at(const std::string& place) const {
  if (by_place_.empty()) return {{}, nullptr};
  const auto found = by_place_.find(place);
  return found == by_place_.end() ? Entry{{}, nullptr} : found->second;
}

JsonValue ReviewEntries::coded(const CodeMap& map, const JsonValue& entry,
                               Json::AllocatorType& allocator) const {
  const std::string_view code = said(entry, review_.code);
  const std::string_view system = said(entry, review_.original_system);
  const std::string_view word = said(entry, review_.original_code);
  const bool has_original = !system.empty() && !word.empty();
  if (code.empty() && !has_original) return {};
  const Fate fate = code.empty() ? Fate::dropped : map.outbound(code).fate;
  if (fate != Fate::dropped && fate != Fate::related) return {};
  JsonValue coded(rapidjson::kObjectType);
  if (!code.empty()) set_text(coded, "code", code, allocator);
  if (!has_original) return coded;
  set_text(coded, "relation", relation_of(code.empty() ? Fate::dropped : Fate::related), allocator);
  JsonValue original(rapidjson::kObjectType);
  set_text(original, "system", system, allocator);
  set_text(original, "code", word, allocator);
  for (const auto& [name, member] :
       {std::pair{"label", &review_.original_label}, std::pair{"language", &review_.original_language}})
    if (const std::string_view text = said(entry, *member); !text.empty())
      set_text(original, name, text, allocator);
  set_member(coded, "original", std::move(original), allocator);
  return coded;
}

std::string ReviewEntries::source_of(const Entry& entry) const {
  const bool code = !said(*entry.value, review_.code).empty();
  return pointer_join(entry.pointer, code ? review_.code : review_.original_code);
}

}  // namespace hotline
