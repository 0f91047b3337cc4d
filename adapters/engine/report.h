// What became of every field and code of one translation.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/engine/trail.h"
#include "adapters/record/tidy.h"
#include "i18n/base/json.h"
#include "i18n/base/result.h"

namespace hotline {

std::string_view to_string(Fate fate);

// The relation words of code maps and of the canonical record, the target against the source. Nothing for
// another word.
//   equivalent -> carried, narrower -> narrowed, wider -> widened, related -> related, not-mapped -> dropped
Result<Fate> fate_of_relation(std::string_view relation);
std::string_view relation_of(Fate fate);

// Two maps, one after the other: what the last target is against the first source. Equivalence survives only
// if both halves have it (SKOS: only exactMatch is transitive); wider and narrower stay what they are among
// themselves, for sets within sets; anything else tells no more than that somebody has to look: related. What
// has no target at all stays dropped.
Fate compose(Fate first, Fate second);

// What was put right in what was handed in, before anything was read: `note` as in TextNote or FormNote.
struct ReportNote {
  std::string source;  // JSON Pointer into the source; "" is all of it
  std::string note;
};
std::vector<ReportNote> report_notes(const std::vector<TidyNote>& notes);

struct MappingReport {
  std::string from, to;                           // "us@1.0.0" -> "canonical@1.0.0"
  Trail trail = {};                               // the lines first noted; its texts are those of `mapping`
  std::vector<ReportLine> more = {};              // lines that follow
  std::shared_ptr<const void> mapping = nullptr;  // whose words the trail speaks in
  std::vector<std::string> maps =
      {};  // all that the record went through, in order: "us@1.0.0", "us/codes@2026.1"
  std::vector<ReportNote> notes = {};
  std::vector<ReportLine> lines() const;
  void change(const std::function<void(ReportLine&)>& each);
  Json to_json() const;  // paths and codes only, never a value
};

}  // namespace hotline
