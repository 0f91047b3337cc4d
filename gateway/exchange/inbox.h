// What has arrived, as our hotline reads it: in its own profile, language and time zone.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/exchange/answer.h"
#include "gateway/exchange/context.h"
#include "i18n/catalog.h"

namespace hotline {

struct InboxPage {
  std::vector<InboxRow> items;         // crisis first on the first page
  std::vector<ReferralRow> referrals;  // of each item
  std::int64_t next = 0;               // 0: no more
};
Result<InboxPage> inbox_page(const ExchangeContext& context, std::int64_t after, std::size_t limit);

// What the person told, in their own or somebody's words: shut until somebody opens it by need.
struct Narratives {
  std::size_t count = 0;
  std::vector<std::string> languages;  // BCP 47, in order, each once
  bool open = false;
};

struct InboxRecord {
  InboxRow item;
  ReferralRow referral;
  Narratives narratives;
  // All empty when nothing is held any more: withdrawn, taken, over.
  std::string record;     // JSON, our profile
  std::string report;     // JSON, what the translation did
  std::string canonical;  // JSON, as disclosed, with the safe-contact windows in our own zone
};
// Without the narratives. Reading is logged (who, which referral). not_found for what is not in our inbox.
Result<InboxRecord> read_inbox(const ExchangeContext& context, const ReferralId& id,
                               const LanguageTag& language, const std::string& client);

struct OpenedRecord {
  InboxRecord record;
  std::vector<DeliveryJob> jobs;
};
// The same with the narratives. `reason`: one of the base policy's opening reasons, else code_unknown at
// /reason. Each opening is logged (who, for which reason) and told to the sender, for the person's account.
// not_found as above; state_conflict when nothing is held any more, or it is held back.
Result<OpenedRecord> open_narratives(const ExchangeContext& context, const ReferralId& id,
                                     std::string_view reason, const LanguageTag& language,
                                     const std::string& client);

struct Acknowledged {
  Answer answer;
  std::vector<DeliveryJob> jobs;
};
// Our hotline's system has it: the payload's key is destroyed, the sender learns that somebody has read it.
// Again: the same answer. state_conflict when it was withdrawn or is over (there is nothing to take).
Result<Acknowledged> acknowledge(const ExchangeContext& context, const ReferralId& id,
                                 const std::string& client, const std::optional<WriteKey>& key);

// Adds /persons/*/contact/safe_contact/local_windows: the same windows on the wall of `zone`, as of `now`.
void add_local_windows(Json& referral, const std::string& zone, Instant now);

}  // namespace hotline
