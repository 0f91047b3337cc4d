// What the hotline's own system is told without asking: closed codes and ids, kept 90 days, read by cursor.
#pragma once

#include "gateway/store/store.h"

namespace hotline {

enum class EventKind {
  withdrawal_pending,  // said to be withdrawn: stop, show nothing, contact nobody because of it
  withdrawal_lifted,   // it was not the person: as before
  withdrawn,           // taken back for good
  purge_wanted,        // our own system has a copy: erase it and attest that (POST /v1/purges/{referral})
  purge_proven,        // the receiver has proven that nothing can be read there, or behind it, any more
  consent_narrowed,    // less is agreed now than what was sealed: it did not leave and has to be sent again
  withdrawal_unanswered,  // a receiver has not proven it since a day; again each day
  // A referral in a crisis, at both hotlines; each once. `code` is the step that was missed, a reason or a
  // state.
  crisis_unacknowledged,       // no human has seen it in time
  crisis_unaccepted,           // neither accepted nor declined nor redirected in time
  crisis_escalate_supervisor,  // a supervisor has to be brought in: escalate_first, escalate_again
  crisis_second_partner,       // somebody else has to be asked
  crisis_undelivered,          // at the sender: it could not be delivered, at the first attempt
  crisis_declined,             // at the sender: it is back, and the person waits
  crisis_untaken,              // its time ended, and nobody has taken it
  duress,                      // the duress word was said. Only for whoever may attest
  guessing,  // too many receipt codes were tried from one place. Only for whoever may attest
  stranger,  // a member spoke of a referral that it has nothing to do with. Likewise
};
// "" for what is none. Each has a sentence, event.<name>; another one, event.<name>.inbound, where whoever
// has received the referral has to do something else than whoever sent it.
std::string_view to_string(EventKind kind);
bool is_for_a_named_human(EventKind kind);  // audience attest

struct EventAbout {
  ReferralId referral;
  ConsentId consent;
  MemberId peer;
  std::string_view code;
};
void tell(Transaction& transaction, EventKind kind, const EventAbout& about, Instant now);

struct EventPage {
  std::vector<EventRow> rows;
  std::int64_t next = 0;  // the cursor to go on from
};
// `all`: with those for a named human.
Result<EventPage> events_after(const Store& store, std::int64_t after, bool all, std::size_t limit);

}  // namespace hotline
