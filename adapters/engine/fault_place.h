// A fault of a profile as a place in one of its files.
#pragma once

#include <string>

#include "i18n/base/result.h"

namespace hotline {

struct FaultPlace {
  std::string file;     // below the data root: "adapters/us/mapping.json"
  std::string pointer;  // into that file
  std::string said;     // word of the catalogs and what it speaks of; "" when only the code is known
};

// The engine says "us/mapping.json word what". A field of the profile's schema without a rule is a place in
// schema.json, where it is declared. `folder` is that of the profile.
FaultPlace place_of_fault(const std::string& folder, const Fault& fault);

// The same with the line, for a load that is refused: "adapters/us/mapping.json:123".
std::string file_and_line(const std::string& folder, const FaultPlace& place);

}  // namespace hotline
