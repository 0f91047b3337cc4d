// The options of one rule of a mapping -> a Converter.
#pragma once

#include "adapters/engine/convert.h"
#include "adapters/engine/profile_data.h"
#include "config/schema.h"

namespace hotline {

// What the two schemas say about the two ends of a rule. For `said` and `surnames` the canonical end is an
// object.
struct Ends {
  const SchemaNode* national = nullptr;
  const SchemaNode* canonical = nullptr;
};

// The fault's pointer is relative to the rule ("/table"), `expected` is left to the caller.
Result<Converter> read_converter(const JsonValue& rule, const ProfileData& data, const Ends& ends);

YesNo read_yes_no(const JsonValue& rule);

}  // namespace hotline
