// What became of every field and code of one translation.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/record/tidy.h"
#include "i18n/base/json.h"
#include "i18n/base/result.h"

namespace hotline {

// What the target is against the source.
enum class Fate { carried, narrowed, widened, related, dropped };
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

struct ReportLine {
  std::string source;  // JSON Pointer into the source record; "" when the mapping itself brought it
  std::string target;  // JSON Pointer into the target record; "" when dropped
  Fate fate = Fate::carried;
  std::string code_system;  // for a coded field
  std::string reason;       // for a drop: the mapping's reason token; for a code: its relation
  std::string code = {};  // of a coded field: what stands in the target, when that is on its list; not shown
};

// What was put right in what was handed in, before anything was read: `note` as in TextNote or FormNote.
struct ReportNote {
  std::string source;  // JSON Pointer into the source; "" is all of it
  std::string note;
};
std::vector<ReportNote> report_notes(const std::vector<TidyNote>& notes);

struct MappingReport {
  std::string from, to;  // "us@1.0.0" -> "canonical@1.0.0"
  std::vector<ReportLine> lines;
  std::vector<std::string> maps =
      {};  // all that the record went through, in order: "us@1.0.0", "us/codes@2026.1"
  std::vector<ReportNote> notes = {};
  Json to_json() const;              // paths and codes only, never a value
};

}  // namespace hotline
