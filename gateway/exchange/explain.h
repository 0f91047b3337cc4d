// Why a decision came out as it did, clause by clause, in a reader's language. Made from Decision::to_json
// alone, which holds ids, codes and instants: there is nothing of anybody in it.
#pragma once

#include <string>

#include "config/policy.h"
#include "i18n/base/json.h"
#include "i18n/catalog.h"

namespace hotline {

// The decision, with beside each category its name, its level in words, the sentence and source of the rule
// and what would change it.
Json explained(const JsonValue& decision, const Policies& policies, const Catalog& catalog,
               const LanguageTag& language);

// The same for reading, of what explained() gave: one block for each person, categories together where one
// clause decided them. `replay` is a name of Replay, "" when nothing was computed again.
std::string explained_text(const JsonValue& explained, std::string_view replay, const Catalog& catalog,
                           const LanguageTag& language);

}  // namespace hotline
