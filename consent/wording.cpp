#include "consent/wording.h"

#include <algorithm>

#include "i18n/base/json.h"

namespace hotline {
namespace {

constexpr const char* kFile = "consent/wording.json";

struct Text {
  std::string pointer;
  std::string_view text;
};

// Every text at a path in which * stands for each element of a list.
void collect(const JsonValue& value, std::string_view path, const std::string& at, std::vector<Text>& out) {
  if (path.empty()) {
    if (value.IsString()) out.push_back({at, as_text(value)});
    return;
  }
  path.remove_prefix(1);
  const std::string_view token = path.substr(0, path.find('/'));
  const std::string_view rest = path.substr(token.size());
  if (token != "*") {
    const JsonValue* next = value.IsObject() ? member(value, token) : nullptr;
    if (next != nullptr) collect(*next, rest, pointer_join(at, token), out);
  } else if (value.IsArray()) {
    for (rapidjson::SizeType i = 0; i < value.Size(); ++i)
      collect(value[i], rest, at + "/" + std::to_string(i), out);
  }
}

Result<std::vector<std::string>> read_fields(const std::string& root) {
  const auto file = read_json_file(root + "/" + kFile);
  if (!file) return fail(file.error());
  const JsonValue* list = member(*file, "staff_fields");
  if (list == nullptr || !list->IsArray()) return fail(ErrorCode::data_invalid, "/staff_fields", "array");
  std::vector<std::string> fields;
  for (const JsonValue& each : list->GetArray()) fields.emplace_back(as_text(each));
  return fields;
}

}  // namespace

Result<StaffWords> StaffWords::load(const std::string& root) {
  StaffWords words;
  auto terms = Terms::load(root);
  if (!terms) return fail(terms.error());
  words.terms_ = std::move(*terms);
  auto fields = read_fields(root);
  if (!fields)
    return fail(ErrorCode::data_invalid, std::string(kFile) + "#" + fields.error().pointer,
                fields.error().expected);
  words.fields_ = std::move(*fields);
  return words;
}

std::vector<Wording> StaffWords::look(const Referral& referral, const LanguageTag& otherwise) const {
  std::vector<Wording> out;
  const auto look_at = [&](const std::string& pointer, std::string_view text, const LanguageTag& language) {
    for (TermHit& hit : terms_.find(text, language, TermScope::free_text))
      out.push_back({pointer, std::move(hit)});
  };
  const std::string origin(text_at(referral.envelope(), "origin_language"));
  const LanguageTag own = origin.empty() ? otherwise : LanguageTag(origin);
  std::vector<Text> texts;
  for (const std::string& field : fields_) collect(referral.json(), field, "", texts);
  for (const Text& each : texts) look_at(each.pointer, each.text, own);

  const JsonValue* narratives = member(referral.json(), "narratives");
  for (rapidjson::SizeType i = 0; narratives != nullptr && i < narratives->Size(); ++i) {
    const JsonValue& narrative = (*narratives)[i];
    // Whose words it is has to be said: an account without a voice is taken for the person's.
    if (text_at(narrative, "voice") != "staff") continue;
    const std::string language(text_at(narrative, "language"));
    look_at("/narratives/" + std::to_string(i) + "/text", text_at(narrative, "text"),
            language.empty() ? own : LanguageTag(language));
  }
  return out;
}

std::vector<Fault> StaffWords::check(const std::string& root, const Schema& canonical) {
  std::vector<Fault> faults;
  const auto words = load(root);
  if (!words) return {{ErrorCode::data_invalid, words.error().pointer, words.error().expected}};
  for (std::size_t i = 0; i < words->fields_.size(); ++i) {
    const SchemaNode* node = canonical.at(words->fields_[i]);
    if (node == nullptr || !node->labels().prose)
      faults.push_back(
          {ErrorCode::data_invalid, std::string(kFile) + "#/staff_fields/" + std::to_string(i), "x-prose"});
  }
  return faults;
}

JsonValue wording_json(const std::vector<Wording>& wording, Json::AllocatorType& allocator) {
  JsonValue list(rapidjson::kArrayType);
  for (const Wording& each : wording) {
    JsonValue item(rapidjson::kObjectType);
    set_text(item, "pointer", each.pointer, allocator);
    set_member(item, "start", JsonValue(static_cast<std::uint64_t>(each.hit.start)), allocator);
    set_member(item, "end", JsonValue(static_cast<std::uint64_t>(each.hit.end)), allocator);
    set_text(item, "better", each.hit.better, allocator);
    set_text(item, "class", each.hit.kind, allocator);
    list.PushBack(item, allocator);
  }
  return list;
}

}  // namespace hotline
