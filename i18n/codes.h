// The code systems that records use, with labels in every language: i18n/codes/<system>.json. What a code
// becomes in another vocabulary is not here but with the profiles (adapters).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "i18n/base/ids.h"
#include "i18n/base/name_index.h"
#include "i18n/base/result.h"

namespace hotline {

class CodeSystems {
 public:
  static Result<CodeSystems> load(const std::string& root);  // `root` is the data root

  bool has_system(std::string_view system) const;
  bool has(std::string_view system, std::string_view code) const;
  // In `language` or the first of its fallback chain that has one; nothing for an unknown code.
  std::optional<std::string> label(std::string_view system, std::string_view code,
                                   const LanguageTag& language) const;
  // The same without a copy, as long as these systems are there; "" for an unknown code.
  std::string_view label_text(std::string_view system, std::string_view code,
                              const LanguageTag& language) const;
  // The next wider code of the same system: what a code is generalised to.
  std::optional<std::string> parent(std::string_view system, std::string_view code) const;
  // Further facts of a code, e.g. "decision" in legal_basis; "" when it has none of that name.
  std::string_view property(std::string_view system, std::string_view code, std::string_view name) const;
  std::vector<std::string> codes(std::string_view system) const;  // in the order of the file
  std::vector<std::string> systems() const;

 private:
  struct Code {
    std::vector<std::pair<std::string, std::string>> labels;  // language, label
    std::string parent;
    std::map<std::string, std::string, std::less<>> properties;
  };
  struct System {
    std::vector<std::string> order;
    std::vector<Code> codes;  // in the same
    NameIndex names;          // of codes
    const Code* find(std::string_view code) const;
  };
  const System* find(std::string_view system) const;
  const Code* find(std::string_view system, std::string_view code) const;
  static Result<System> read(const std::string& path, std::string_view id);
  std::vector<std::string> ids_;  // sorted
  std::vector<System> systems_;   // in the same order
  NameIndex names_;               // of systems_
};

}  // namespace hotline
