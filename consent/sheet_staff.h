// The part of a sheet that the advocate needs before reading it out: when and how this is safe.
#pragma once

#include "consent/sheet.h"

namespace hotline {

// In `language`, which the catalog has. What the person said of safe contact comes first; where nothing was
// written down, or what was is over by `now`, the part says to ask.
SheetPart staff_part(const PersonId& person, const SheetInputs& inputs, const LanguageTag& language,
                     Instant now);

}  // namespace hotline
