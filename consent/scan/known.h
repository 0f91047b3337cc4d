// What is known of a case, as the `scan` command and the labelled notes name it: a kind and a value.
#pragma once

#include "consent/values.h"
#include "i18n/base/json.h"
#include "i18n/base/result.h"

namespace hotline {

// `value` is a text, or {"type": T, "text": V} with T one of name, organisation, phone, email, date, place,
// postal_code, address, identifier. A bare text is a telephone number or an e-mail address when it looks like
// one, else a name. `owner` tells one thing from another. Error: value_not_allowed, with the pointer inside
// `value`.
Result<FindableValue> read_known(const JsonValue& value, int owner);

}  // namespace hotline
