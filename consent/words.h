// Several consents of one person for one recipient: which of them is the person's last word, and who else has
// a say.
#pragma once

#include <vector>

#include "consent/validity.h"

namespace hotline {

struct Said {
  const ConsentFacts* consent = nullptr;
  Verdict verdict;
};

std::vector<Said> words_of(const PersonFacts& person, const Facts& facts, const Sides& sides);

// The one that decides: a later word replaces an earlier one, wider or narrower; of two at the same moment
// one that permits less. Without any that counts, the refusal that came nearest (consent may be nullptr).
Said last_of(const std::vector<Said>& words);

// The valid ones that were said at the very same moment.
std::vector<const Said*> of_one_moment(const Said& deciding, const std::vector<Said>& all);

// Two guardians: the other one, checked like the first, has refused or taken back, and has not agreed since.
bool other_guardian_refuses(const Said& deciding, const std::vector<Said>& all);

}  // namespace hotline
