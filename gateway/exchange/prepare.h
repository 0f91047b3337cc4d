// What stands between a record that was submitted and anything that leaves: the decision, and what is made of
// it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/exchange/known_words.h"
#include "gateway/exchange/send.h"

namespace hotline {

struct Prepared {
  ToCanonical record;
  KnownWords words;  // about every consent that the record names
  Decision decision;
  std::vector<Disclosure> disclosures;  // one per group of the decision
  ReferralId onward_of;
};

inline tl::unexpected<SendRefused> refused(Error error, std::string decision = {}) {
  return tl::make_unexpected(SendRefused{std::move(error), std::move(decision)});
}

// What is decided, whatever it is; nothing is made of it yet. `id` is the decision's, "" for one that nobody
// keeps; `decided` becomes what the log tells of it.
Sending<Prepared> decide_on(const ExchangeContext& context, const Submission& submission, Instant now,
                            std::string_view id, LogDetail& decided);

// As decide_on, and refused when nothing may leave.
Sending<Prepared> decide_to_send(const ExchangeContext& context, const Submission& submission, Instant now,
                                 std::string_view id, LogDetail& decided);

// What goes of it at this stage. `ids`: of referrals that there are already, one per group; none: new ones.
Sending<Prepared> with_disclosures(const ExchangeContext& context, Prepared prepared, Stage stage,
                                   std::string_view id, std::vector<ReferralId> ids = {});

// In the log: which stage it is, and the most that was let into the first one. Tells nothing of whole ones.
// What stayed behind although it was granted, by consent and category, and why: case_split, leak_gate, untold
// (a story without who is in it). Whoever is told later what went is told from this.
void note_stayed(LogDetail& decided, const Prepared& prepared, Stage stage);
std::string stayed_key(std::string_view consent, std::string_view category);

void note_stage(LogDetail& decided, Stage stage, const Policy& base);

Json with_id(Json decision, std::string_view id);
std::string decision_text(const Decision& decision, std::string_view id);

// For the auditors: that something was refused, and why; with the decision, when there was one. `decided` is
// empty when it was refused before anything was decided.
void log_refusal(const ExchangeContext& context, const Submission& submission, const Error& error,
                 const std::string& id, const LogDetail& decided, Instant now);
void put_decision(Transaction& transaction, const std::string& id, const LogDetail& decided, Instant now);
bool is_refusal(ErrorCode code);

// A consent may have been withdrawn between the decision and this moment.
bool still_given(const Transaction& transaction, const ReferralId& onward_of,
                 const std::vector<ConsentId>& consents);

}  // namespace hotline
