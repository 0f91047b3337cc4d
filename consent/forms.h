// The forms in which one value may stand in a text, ready for the matcher.
#pragma once

#include <string>
#include <vector>

#include "consent/texts.h"
#include "consent/values.h"

namespace hotline {

// Squeezed. Names in every part and order; dates in every notation; organisations and places also without the
// words that any of them could have ("granja", "street"); of a long text its sentences.
std::vector<std::u32string> search_forms(const FindableValue& value, const ConsentTexts& texts);

}  // namespace hotline
