// The person's own account: what went out about them, to whom, until when, who has opened it since, what was
// stopped and erased. In words for the person; the caller gathers the facts from the log and the receipts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "consent/decision.h"
#include "i18n/base/clock.h"
#include "i18n/catalog.h"

namespace hotline {

struct AccountShare {
  Category category;
  Level level = Level::withheld;  // withheld ones may be given; they are not told
};

// One disclosure.
struct AccountEntry {
  std::string recipient;  // name, as the person knows it
  std::string country;    // ISO 3166-1 alpha-2
  Instant when;           // sent
  Instant until;          // when the recipient's time ends
  std::vector<AccountShare> shares;
  std::vector<Instant> taken_at;              // each time it was taken in there, as their system told us
  std::vector<Instant> story_opened_at = {};  // each time that what the person told was opened there
  std::optional<Instant> stopped_at;          // withdrawn
  std::optional<Instant> erased_at;           // the recipient's signed word that it is gone
};

struct AccountInputs {
  Instant now;
  std::string time_zone;  // whose calendar the days are told in: the person's, else the hotline's
  LanguageTag language;   // one of the catalog's
  const Catalog& catalog;
};

// Plain text (UTF-8, lines end in LF), newest first; second person, one paragraph for each disclosure.
// Nothing went out is an account too.
std::string account_text(std::vector<AccountEntry> entries, const AccountInputs& inputs);

}  // namespace hotline
