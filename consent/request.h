// The question that is put to consent: may this go to that recipient, for that purpose, now?
#pragma once

#include <string>
#include <vector>

#include "config/registry.h"
#include "i18n/base/clock.h"
#include "i18n/base/ids.h"

namespace hotline {

struct Request {
  MemberId sender;
  std::string sender_country;
  MemberId recipient;
  std::string recipient_country;
  Role recipient_role = Role::hotline;
  std::string recipient_policy_version;  // what the recipient has signed (registry)
  bool recipient_active = true;
  Purpose purpose;
  Instant now;
};

Request request_to(const Member& sender, const Member& recipient, Purpose purpose, Instant now);

// A named, trained human's decision for one exception; made by POST /v1/attestations, never by a record.
struct Attestation {
  std::string id;
  std::string ground;  // threat_self_or_others | minor_abuse_neglect_trafficking | imminent_harm_emergency |
                       // non_identifying_tip
  MemberId recipient;
  std::string recipient_role;  // whom it is for, e.g. child_protection (through the hotline as conduit)
  std::vector<Category> categories;
  std::vector<PersonId>
      persons;  // whom it is about; empty: the only person of the record, and nobody in a larger one
  std::string attested_by;  // staff id, never a name
  std::string staff_role;
  Instant at;
  Instant until;
};

}  // namespace hotline
