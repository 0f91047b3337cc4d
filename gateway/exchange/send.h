// The sending story, top to bottom: the hotline's record in, a durable and sealed referral out.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "consent/redact.h"
#include "consent/sheet.h"
#include "consent/stages.h"
#include "gateway/exchange/answer.h"
#include "gateway/exchange/context.h"

namespace hotline {

struct Submission {
  const JsonValue& record;  // in our hotline's own profile
  std::string client;       // which system of the hotline
  MemberId recipient;
  Purpose purpose;          // empty: what the record says
  std::string attestation;  // id of the one that this call rests on; empty: none
  std::optional<WriteKey> key;
  ReferralId onward_of =
      {};  // the received referral that this passes on; what the record says counts as well
  Stage stage = Stage::whole;  // pseudonymous: the rest follows with complete_referral (exchange/stages.h)
};

// Why nothing was sent. `decision` (JSON) is for the sender's eyes and empty when there was none.
struct SendRefused {
  Error error;
  std::string decision;
};
template <class T>
using Sending = tl::expected<T, SendRefused>;

struct Sent {
  Answer answer;     // 202, see api/README.md
  ReferralId first;  // of the first group: where the answer points
  std::vector<DeliveryJob> jobs;
};

// Durable when it returns: rows, log and answer in one commit. A refusal by consent is logged, without
// content.
Sending<Sent> send(const ExchangeContext& context, const Submission& submission);

// The same without sending: what is safe, decision, mapping report and what would leave (200).
Sending<Answer> preview(const ExchangeContext& context, const Submission& submission);

// What an advocate would read out to each person, of the same decision. `language` empty: to each their own.
Sending<std::vector<Sheet>> preview_sheets(const ExchangeContext& context, const Submission& submission,
                                           const Catalog& catalog, const LanguageTag& language);

}  // namespace hotline
