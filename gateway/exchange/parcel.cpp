#include "gateway/exchange/parcel.h"

#include <algorithm>

#include "gateway/crypto/random.h"
#include "gateway/exchange/contact.h"
#include "gateway/seal/seal.h"

namespace hotline {

// Groups of one record must not be linkable: after the first, each gets its own time, and everything that
// carries a time (message id, iat, exp) is made from that. A person in danger waits a minute at most.
Instant due_time(const ExchangeContext& context, const Disclosure& disclosure, std::size_t index,
                 Instant now) {
  if (index == 0) return now;
  const auto most = priority_of(disclosure.urgency()) == 0
                        ? std::min<std::int64_t>(context.unlink_max_seconds, 60)
                        : context.unlink_max_seconds;
  const auto least = std::min(context.unlink_min_seconds, most);
  return Instant{now.ms + random_between(least * 1000, most * 1000)};
}

Result<Parcel> make_parcel(const ExchangeContext& context, const Submission& submission,
                           const std::string& submission_id, const Disclosure& disclosure,
                           const Decision& decision, Instant due) {
  const auto keys = context.peer_keys.find(decision.recipient);
  if (keys == context.peer_keys.end()) return fail(ErrorCode::peer_unknown);
  const MessageId message(uuid7(due));
  const Instant end = std::min(disclosure.until(), due.plus_seconds(context.own_policy().outbound_seconds));
  Parcel parcel;
  parcel.crisis = times_for(context, decision.recipient, due);
  SealContext how{context.self.id, decision.recipient,     message, due, end,
                  context.signing, keys->second.encryption};
  if (priority_of(disclosure.urgency()) == 0) how.crisis = parcel.crisis;
  auto sealed = seal(disclosure, how);
  if (!sealed) return fail(std::move(sealed.error()));

  parcel.payload = context.store.protect(sealed->bytes);
  auto& referral = parcel.referral;
  referral.id = disclosure.referral();
  referral.submission = submission_id;
  referral.client = submission.client;
  referral.peer = decision.recipient;
  referral.direction = Direction::outbound;
  referral.status = ReferralStatus::sent;
  referral.urgency = disclosure.urgency();
  referral.purpose = decision.purpose.get();
  referral.recipient_policy = decision.recipient_policy;
  referral.profile = std::string(context.profile.id());
  referral.consents = disclosure.consents();
  referral.created = referral.updated = due;
  referral.until = disclosure.until();
  parcel.step = {referral.id, -1,     ReferralStatus::sent, due, context.self.id, ControlReason::none,
                 {},          message};
  auto& outbox = parcel.outbox;
  outbox.message = message;
  outbox.referral = referral.id;
  outbox.peer = decision.recipient;
  outbox.kind = MessageKind::referral;
  outbox.priority = priority_of(disclosure.urgency());
  outbox.created = outbox.next_attempt = due;
  outbox.until = end;
  outbox.sealed_sha256 = sealed->sha256;
  outbox.sealed = parcel.payload.id;
  parcel.detail.referral(referral.id).message(message).peer(decision.recipient);
  for (const auto& consent : disclosure.consents()) parcel.detail.consent(consent);
  parcel.detail.code("purpose", decision.purpose.get())
      .version("profile", context.profile.version())
      .version("recipient_policy", decision.recipient_policy)
      .sealed(sealed->sha256, sealed->bytes.size())
      .actor(submission.client)
      .at(due);
  parcel.sealed = std::move(sealed->bytes);
  return parcel;
}

Result<void> add_contact_rules(const ExchangeContext& context, const Disclosure& disclosure,
                               const Group& group, Parcel& parcel) {
  const auto disclosed = parse_json(disclosure.bytes(), {4u << 20, 64});
  if (!disclosed) return fail(disclosed.error());
  const auto* record = member(*disclosed, "referral");
  std::vector<std::string> ids;
  for (const auto& person : group.persons) ids.push_back(person.get());
  parcel.contact_rules = keep_contact_rules(context, record == nullptr ? *disclosed : *record, ids);
  if (parcel.contact_rules) parcel.referral.contact_rules = parcel.contact_rules->id;
  return {};
}

void put(Transaction& transaction, Parcel& parcel) {
  transaction.keep(parcel.payload);
  if (parcel.contact_rules) transaction.keep(*parcel.contact_rules);
  parcel.outbox.log_index = transaction.append(LogKind::send, parcel.detail, parcel.outbox.created).index;
  transaction.put(parcel.referral);
  transaction.put(parcel.outbox);
  transaction.put(parcel.step);
}

DeliveryJob job_of(Parcel&& parcel) {
  const auto& outbox = parcel.outbox;
  return {outbox.message, outbox.peer, outbox.priority, outbox.next_attempt, 0, std::move(parcel.sealed)};
}

}  // namespace hotline
