// One set of rules out of the base and the countries on both sides: of each rule the more protective one.
#pragma once

#include <string>

#include "config/policy.h"

namespace hotline {

// `rules` as far as `country` allows. What the country does not mention (empty, zero) stays; an empty list in
// `rules` permits nothing and stays empty.
Policy narrowed(const Policy& rules, const Policy& country);

// The base, the sender's and the recipient's rules, and the strictest of them. A country that has no policy
// is nullptr and narrows nothing: the decision refuses it before it asks further.
struct Sides {
  Sides(const Policies& policies, std::string_view sender_country, std::string_view recipient_country);
  const Policy& base;
  const Policy* sender;
  const Policy* recipient;
  Policy both;

  // Whose rule it is: of the base, the sender's and the recipient's the first of which `is_theirs` holds, as
  // "base" or the country's letters ("mx"). "base" when it holds of none.
  template <class IsTheirs>
  std::string whose(const IsTheirs& is_theirs) const {
    for (const Policy* each : {&base, sender, recipient}) {
      if (each != nullptr && is_theirs(*each)) return letters(*each);
    }
    return "base";
  }

 private:
  static std::string letters(const Policy& policy);
};

}  // namespace hotline
