// One folder of adapters/, read: everything that a mapping is compiled from.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "adapters/engine/code_map.h"
#include "adapters/engine/word_table.h"
#include "config/schema.h"
#include "i18n/base/ids.h"
#include "i18n/base/json.h"

namespace hotline {

struct ProfileData {
  std::string id;  // also the folder's name
  std::string version;
  std::string member, country;
  std::string form;                    // of its records: form/form.h
  std::vector<LanguageTag> languages;  // at least one; national labels are written in the first
  std::vector<std::string> months;     // none or twelve
  Json mapping;
  std::map<std::string, std::shared_ptr<const CodeMap>, std::less<>> codes;
  std::map<std::string, std::shared_ptr<const WordTable>, std::less<>> tables;
  Schema schema;

  // `mappings` is config/schema/mapping.schema.json: a member that the mapping language does not know is
  // refused. data_invalid or mapping_incomplete; `expected` is the file, e.g. "us/codes/gender.json".
  static Result<ProfileData> load(const std::string& folder, const CodeSystems& codes,
                                  const Schema& mappings);
};

}  // namespace hotline
