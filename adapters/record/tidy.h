// A record's texts made fit to be stored and sent, before anything else reads them.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "i18n/base/json.h"
#include "i18n/hygiene.h"

namespace hotline {

struct TidyNote {
  std::string pointer;  // into the record
  TextNote note;
};
struct TidyRecord {
  std::optional<Json> changed;  // the record with its texts tidied; nothing: it was fit as it is
  std::vector<TidyNote> notes;
};

// Says of a place ("/narratives/*/text": list positions are *) whether somebody's own words stand there.
using HoldsWords = std::function<bool(std::string_view place)>;

TidyRecord tidy_record(const JsonValue& record, const HoldsWords& holds_words);

}  // namespace hotline
