#include "adapters/engine/review_rules.h"

#include "adapters/engine/options.h"
#include "adapters/engine/prove.h"

namespace hotline {

Result<Review> read_review(const JsonValue& mapping, bool needed, Coverage& nationals,
                           const std::string& file) {
  const auto wrong = [&](std::string pointer, std::string_view word, std::string_view what = {}) {
    Fault fault = unproven(std::move(pointer), word, what);
    return fail(fault.code, fault.pointer, file + " " + fault.expected);
  };
  const JsonValue* given = member(mapping, "review");
  if (given == nullptr && needed) return wrong("", "review_missing");
  Review review;
  if (given == nullptr) return review;
  const JsonValue* members = member(*given, "members");
  if (members == nullptr || !members->IsObject()) return wrong("/review", "review_members_missing");
  review.national = text_at(*given, "national");
  if (!take_star(review.national) || !nationals.cover_below(review.national))
    return wrong("/review/national", "national_unknown", review.national);
  review.tokens = split_pointer(review.national);
  const std::pair<const char*, std::string*> names[] = {{"field", &review.field},
                                                        {"code", &review.code},
                                                        {"label", &review.label},
                                                        {"relation", &review.relation},
                                                        {"suggested", &review.suggested},
                                                        {"needs_person", &review.needs_person},
                                                        {"original_system", &review.original_system},
                                                        {"original_code", &review.original_code},
                                                        {"original_label", &review.original_label},
                                                        {"original_language", &review.original_language}};
  for (const auto& [name, place] : names) {
    *place = text_at(*members, name);
    if (!place->empty() && !nationals.is_leaf(pointer_join(review.national + "/*", *place)))
      return wrong(pointer_join("/review/members", name), "national_unknown",
                   pointer_join(review.national + "/*", *place));
  }
  if (review.field.empty() || review.label.empty() || review.needs_person.empty())
    return wrong("/review/members", "review_members_missing");
  if (const JsonValue* words = member(*given, "relation_words"); words != nullptr && words->IsObject())
    for (const auto& one : words->GetObject())
      review.relation_words.emplace(as_text(one.name), as_text(one.value));
  review.words = read_yes_no(*given);
  return review;
}

}  // namespace hotline
