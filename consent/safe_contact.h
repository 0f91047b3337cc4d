// What is safe, before anything else: whoever is shown a record sees this first.
#pragma once

#include "i18n/base/json.h"

namespace hotline {

// Of a canonical record: [{"person": id, then what the person said of safe contact}], in record order. Where
// nothing is written down, contact_allowed is no.
JsonValue safe_contacts(const JsonValue& record, Json::AllocatorType& allocator);

}  // namespace hotline
