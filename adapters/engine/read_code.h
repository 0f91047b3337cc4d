// A national code -> the coded object of the canonical record.
#pragma once

#include <string>
#include <string_view>

#include "adapters/engine/convert.h"

namespace hotline {

// What the record itself has: the code, the list that it is of, a label beside it and the language of that. A
// code that stands without one is its own label; words without a code are all there is, so they stand for it.
struct SaidCode {
  std::string_view system, code, label, language;
  bool ours = true;  // of the profile's own list, as far as the record says
};
SaidCode said_code(const CodeAs& as, const JsonValue& national);

struct ReadCode {
  JsonValue coded;
  Fate fate = Fate::carried;
  std::string_view reason;  // the relation, or why there is no code
  std::string_view code;    // on our list; both are texts of the map
};

// A code that is no equivalent keeps what was said; one that has no equivalent, or that the list does not
// know, is the original alone. code_unknown (without a pointer) where a decision hangs on the code.
Result<ReadCode> read_code(const CodeAs& as, const SaidCode& said, Json::AllocatorType& allocator);

}  // namespace hotline
