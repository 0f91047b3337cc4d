// One file of config/policy: into a value, and the proof that it does not loosen the base.
#pragma once

#include <string>

#include "config/policy.h"
#include "config/schema.h"

namespace hotline {

// What the document says and nothing else: what it does not say is 0 or empty.
Result<Policy> read_policy(const JsonValue& document, const Schema& schema);

// Everything has to be said in the base, and no exception may open what is never opened.
Result<void> check_base(const Policy& base);

// data_invalid with the pointer of the first thing that is looser than the base: longer, younger, or more.
Result<void> check_tightens(const Policy& country, const Policy& base);

// Base with what the country tightens.
Policy combine(const Policy& base, Policy country);

}  // namespace hotline
