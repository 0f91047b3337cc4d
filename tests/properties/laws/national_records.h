// National records of a profile, made from its schema, its mapping, its code lists and its tables: a folder
// that is new is covered without a line here. Of a profile of Bundles see bundles.h.
#pragma once

#include "tests/properties/laws/hints.h"
#include "tests/properties/laws/values.h"

namespace hotline::laws {

class NationalRecords {
 public:
  explicit NationalRecords(const std::string& profile);
  Json make(std::uint64_t seed) const;
  const std::string& profile() const { return files_.id; }

 private:
  const ProfileFiles& files_;
  Hints hints_;
};

}  // namespace hotline::laws
