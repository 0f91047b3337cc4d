#include "consent/scan/scan_data.h"

#include "i18n/base/json.h"

namespace hotline {
namespace {

Result<ScanWords> load_words(const std::string& root) {
  const std::string file = "consent/scan/words.json";
  auto data = read_json_file(root + "/" + file);
  if (!data) return fail(ErrorCode::data_invalid, data.error().pointer, file);
  ScanWords words;
  for (const auto& [name, into] : {std::pair{"colours", &words.colours},
                                   {"vehicles", &words.vehicles},
                                   {"vehicle_joiners", &words.vehicle_joiners}}) {
    const JsonValue* list = member(*data, name);
    if (list == nullptr || !list->IsArray())
      return fail(ErrorCode::data_invalid, std::string("/") + name, file);
    for (const JsonValue& each : list->GetArray()) into->emplace(as_text(each));
  }
  return words;
}

}  // namespace

Result<ScanData> ScanData::load(const std::string& root) {
  auto texts = ConsentTexts::load(root);
  if (!texts) return fail(std::move(texts.error()));
  auto spoken = SpokenNumbers::load(root);
  if (!spoken) return fail(std::move(spoken.error()));
  auto lists = WordLists::load(root);
  if (!lists) return fail(std::move(lists.error()));
  auto words = load_words(root);
  if (!words) return fail(std::move(words.error()));
  auto tagger = Tagger::load(root);
  if (!tagger) return fail(std::move(tagger.error()));
  return ScanData{std::move(*texts), std::move(*spoken), std::move(*lists), std::move(*words),
                  std::move(*tagger)};
}

}  // namespace hotline
