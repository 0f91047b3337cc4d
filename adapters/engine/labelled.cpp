#include "adapters/engine/labelled.h"

#include <algorithm>

#include "adapters/engine/walk.h"

namespace hotline {

namespace {

// How many tokens lead to the list that the code's path goes through; none when it goes through no list.
std::size_t tokens_to_list(const Below& code) {
  const auto zero = std::find(code.tokens.begin(), code.tokens.end(), "0");
  return zero == code.tokens.end() ? 0 : static_cast<std::size_t>(zero - code.tokens.begin());
}

bool in_same_list(const Labelled& labelled, const Below& below) {
  const std::size_t count = tokens_to_list(labelled.code);
  return count > 0 && below.tokens.size() > count &&
         std::equal(labelled.code.tokens.begin(),
                    labelled.code.tokens.begin() + static_cast<std::ptrdiff_t>(count) + 1,
                    below.tokens.begin());
}

enum class Fit { contradicts, silent, says_so };

Fit fit_of(const Labelled& labelled, const JsonValue& national, std::size_t index) {
  Fit fit = Fit::says_so;
  for (const auto& [below, constant] : labelled.with) {
    const JsonValue* value = found_at(labelled, national, below, {index, true}).value;
    if (value == nullptr)
      fit = Fit::silent;
    else if (!equals(*value, constant))
      return Fit::contradicts;
  }
  return fit;
}

}  // namespace

Found found_at(const Labelled& labelled, const JsonValue& national, const Below& below, CodedPlace place) {
  const std::size_t list = in_same_list(labelled, below) ? tokens_to_list(labelled.code) : 0;
  const JsonValue* value = &national;
  std::string pointer;
  for (std::size_t i = 0; i < below.tokens.size(); ++i) {
    const std::string token = list > 0 && i == list ? std::to_string(place.index) : below.tokens[i];
    pointer = pointer_join(pointer, token);
    if (value != nullptr) value = child_of(*value, token);
  }
  return {value, std::move(pointer)};
}

// An element that names the right constants comes before one that is silent about them.
CodedPlace find_coded(const Labelled& labelled, const JsonValue& national) {
  if (labelled.plain()) return {};
  const JsonValue* list = &national;
  const std::size_t count = tokens_to_list(labelled.code);
  for (std::size_t i = 0; i < count && list != nullptr; ++i) list = child_of(*list, labelled.code.tokens[i]);
  const std::size_t size = count > 0 && list != nullptr && list->IsArray() ? list->Size() : 1;
  for (const Fit wanted : {Fit::says_so, Fit::silent})
    for (std::size_t i = 0; i < size; ++i)
      if (fit_of(labelled, national, i) == wanted) return {i, true};
  return {0, false};
}

std::string_view plain_code(const Labelled& labelled, const JsonValue& national) {
  if (labelled.plain()) return as_text(national);
  const CodedPlace place = find_coded(labelled, national);
  const JsonValue* code = place.ours ? found_at(labelled, national, labelled.code, place).value : nullptr;
  return code == nullptr ? std::string_view() : as_text(*code);
}

JsonValue make_coded(const Labelled& labelled, std::string_view code,
                     const std::function<std::string_view(const std::string&)>& label,
                     Json::AllocatorType& allocator) {
  if (labelled.plain()) return make_text(code, allocator);
  JsonValue object(rapidjson::kObjectType);
  for (const auto& [below, constant] : labelled.with)
    make_place(object, below.tokens, allocator) = to_json(constant, allocator);
  make_place(object, labelled.code.tokens, allocator) = make_text(code, allocator);
  for (const auto& [below, language] : labelled.labels)
    make_place(object, below.tokens, allocator) = make_text(label(language), allocator);
  return object;
}

JsonValue make_unlisted(const Labelled& labelled, std::string_view code, std::string_view label,
                        std::string_view language, Json::AllocatorType& allocator) {
  if (labelled.plain()) return make_text(code, allocator);
  JsonValue object(rapidjson::kObjectType);
  make_place(object, labelled.code.tokens, allocator) = make_text(code, allocator);
  for (const auto& [below, wanted] : labelled.labels)
    if (wanted == "reader" || wanted == language)
      make_place(object, below.tokens, allocator) = make_text(label, allocator);
  return object;
}

}  // namespace hotline
