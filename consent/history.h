// Several words of one person about the same consent: which of them counts.
#pragma once

#include <vector>

#include "i18n/base/clock.h"
#include "i18n/base/json.h"

namespace hotline {

// When this was said: the later of given_at and withdrawn_at. A refusal without a time is the last word.
Instant said_at(const JsonValue& consent);

// What counts of a consent that a record brings (`brought`) and of those that the gateway has under the same
// id
// (`known`): the latest; of several of the same moment what each of them permits. Person ids are local to a
// record, so the person and the giver's id stay as the record has them. Without `known` it is `brought`
// itself.
Json word_that_counts(const JsonValue& brought, const std::vector<const JsonValue*>& known);

}  // namespace hotline
