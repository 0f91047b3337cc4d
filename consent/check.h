// The lint of consent's own data, for `check`: lexicons complete in every language, every rule that a
// decision can name explained in a policy, every catalog key of the sheet present.
#pragma once

#include <string>
#include <vector>

#include "i18n/base/result.h"

namespace hotline {

// Empty when all is well. A fault's pointer begins with the file:
// "consent/lexicon/es.json#/categories/health".
std::vector<Fault> check_consent_data(const std::string& root);

// Words that wound (i18n/terms) in what the program says of itself: catalogs, labels of codes and fields,
// sentences of policies, statements. `expected` says what to write instead.
std::vector<Fault> check_terms(const std::string& root);

}  // namespace hotline
