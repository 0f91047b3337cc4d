// The codes of a record in words, for people who cannot read the language that its narrative is in.
#pragma once

#include <string>

#include "adapters/engine/convert.h"
#include "i18n/codes.h"

namespace hotline {

// One line for each part that has a value: the field's title and its labels in the reader's language, each
// once, in the record's order: "Needs: Food; Legal help". What was said without a code that we know stands in
// quotes as it was said. Whole lines only, within the national field's length; "" when there is nothing.
// `element` is what the rule's canonical path names.
std::string summary_text(const SummaryAs& as, const JsonValue& element, const LanguageTag& reader,
                         const CodeSystems& codes);

}  // namespace hotline
