// What a hotline plans when it says that it, or the other one, will contact a person: closed members, no
// text.
#pragma once

#include <string>

#include "i18n/base/clock.h"
#include "i18n/base/json.h"

namespace hotline {

struct ContactPlan {
  std::string person;   // id within the record; "": the only one
  std::string who;      // who begins it: receiver, sender, person
  std::string channel;  // contact_channel
  std::string through;  // with through_third_party: relation_to_person of whoever passes it on
  Instant from, to;     // any moment of [from, to) may be the one; only a person who calls has none
  bool timed = false;
  bool voicemail = false;             // a message may be left
  bool text = false;                  // a written one may be left too
  bool vague = false;                 // what is left names no organisation and no number that tells one
  bool interpreter = false;           // somebody who interprets takes part
  std::string caller_id = "blocked";  // blocked, neutral_label, shown
};

// {"person"?, "who", "channel", "through"?, "at" | "window": {"date","from","to","time_zone"}, "voicemail"?,
// "text"?, "vague"?, "interpreter"?, "caller_id"?}. Strict; the pointers of its errors begin with /contact.
// field_missing, field_unknown, type_mismatch, value_not_allowed (an unknown zone too), date_impossible,
// number_out_of_range for a time that is over.
Result<ContactPlan> read_contact_plan(const JsonValue& plan, Instant now);

}  // namespace hotline
