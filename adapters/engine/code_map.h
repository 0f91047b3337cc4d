// One canonical code system against the list that a hotline uses: adapters/<profile>/codes/<system>.json.
// Total on both sides: every code has a stated fate, or the map is refused.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/engine/report.h"
#include "i18n/base/name_index.h"
#include "i18n/codes.h"

namespace hotline {

// Where a code goes, and what the target is against it. `code` is "" when nothing carries (Fate::dropped).
struct CodeTarget {
  std::string code;
  Fate fate = Fate::carried;
  std::string reason;
};

struct NationalCode {
  std::string code;
  std::map<std::string, std::string, std::less<>> labels;        // base language -> label
  std::string_view label(std::string_view base_language) const;  // the code where there is none
};

class CodeMap {
 public:
  // `file` is named in errors: mapping_incomplete for a code without a fate, data_invalid for anything else.
  static Result<CodeMap> load(const std::string& path, const std::string& file, const CodeSystems& codes);

  const std::string& system() const { return system_; }
  const std::string& version() const { return version_; }
  const std::string& language() const { return language_; }  // of what `label` says first
  const NationalCode* national(
      std::string_view text) const;  // by code or another spelling, trimmed, case ignored
  const CodeTarget& outbound(
      std::string_view canonical) const;  // dropped, code_unknown: one of a newer system
  const CodeTarget& inbound(const NationalCode& national) const;  // one of this map's own
  static const CodeTarget& no_code();                             // of what never had a canonical code
  const std::vector<NationalCode>& all() const { return nationals_; }

 private:
  Result<void> read_nationals(const JsonValue& list, const std::string& file);
  Result<void> read_outbound(const JsonValue& table, const std::string& file, const CodeSystems& codes);
  Result<void> read_inbound(const JsonValue& table, const std::string& file, const CodeSystems& codes);

  std::string system_, version_, language_;
  std::vector<NationalCode> nationals_;
  NameIndex words_, spellings_;                 // of nationals_: codes as they are, and all spellings folded
  NameIndex codes_;                             // of outbound_
  std::vector<CodeTarget> outbound_, inbound_;  // inbound_: as in nationals_
};

// ASCII lower case, blanks at the ends taken off: how picklist values are compared.
std::string fold_code(std::string_view text);
std::string_view trimmed(std::string_view text);

}  // namespace hotline
