#include "gateway/exchange/control.h"

#include "gateway/crypto/random.h"
#include "gateway/seal/control_message.h"
#include "gateway/seal/seal.h"

namespace hotline {
namespace {

LogKind log_kind(MessageKind kind) {
  if (kind == MessageKind::withdrawal) return LogKind::withdrawal;
  if (kind == MessageKind::purge) return LogKind::purge;
  return LogKind::status;
}

// What takes something back, and the proof of it, is not given up after a week like the rest: a token may be
// valid for 90 days at most, and is made anew before that (exchange/purges.h).
Instant end_of(const ExchangeContext& context, MessageKind kind, Instant now) {
  constexpr std::int64_t kLongest = std::int64_t{89} * 24 * 3600;
  return now.plus_seconds(kind == MessageKind::status ? context.own_policy().outbound_seconds : kLongest);
}

}  // namespace

Result<ControlParcel> make_control(const ExchangeContext& context, const ReferralRow& referral,
                                   const ControlWish& wish, Instant now) {
  const auto keys = context.peer_keys.find(referral.peer);
  if (keys == context.peer_keys.end()) return fail(ErrorCode::peer_unknown);
  ControlMessage::Fields fields;
  fields.kind = wish.kind;
  fields.referral = referral.id;
  fields.status = wish.status;
  fields.sequence = referral.sent_sequence;
  fields.reason = wish.reason;
  fields.next_option = wish.next_option;
  fields.about = wish.about;
  fields.system = wish.system;
  fields.downstream = wish.downstream;
  fields.proven = wish.proven;
  fields.code = wish.code;
  fields.word = wish.word;
  fields.handover = wish.handover;
  fields.handover_from = wish.handover_from;
  fields.handover_until = wish.handover_until;
  fields.at = now;
  auto message = ControlMessage::make(std::move(fields));
  if (!message) return fail(std::move(message.error()));

  const MessageId id(uuid7(now));
  const Instant end = end_of(context, wish.kind, now);
  auto sealed = seal(*message, SealContext{context.self.id, referral.peer, id, now, end, context.signing,
                                           keys->second.encryption});
  if (!sealed) return fail(std::move(sealed.error()));

  ControlParcel parcel;
  parcel.payload = context.store.protect(sealed->bytes);
  parcel.kind = log_kind(wish.kind);
  auto& outbox = parcel.outbox;
  outbox.message = id;
  outbox.referral = referral.id;
  outbox.peer = referral.peer;
  outbox.kind = wish.kind;
  // What stops something goes before everything; the rest goes as the referral itself did.
  outbox.priority = wish.kind == MessageKind::status ? priority_of(referral.urgency) : 0;
  outbox.created = outbox.next_attempt = now;
  outbox.until = end;
  outbox.sealed_sha256 = sealed->sha256;
  outbox.sealed = parcel.payload.id;
  parcel.step = {referral.id, -1, wish.status, now, context.self.id, wish.reason, wish.next_option, id};
  parcel.detail.referral(referral.id)
      .message(id)
      .peer(referral.peer)
      .code("status", to_string(wish.status))
      .code("reason", to_string(wish.reason))
      .sealed(sealed->sha256, sealed->bytes.size())
      .at(now);
  if (wish.handover) parcel.detail.code("handover", "agreed");
  parcel.sealed = std::move(sealed->bytes);
  return parcel;
}

void put_unseen(Transaction& transaction, ControlParcel& parcel) {
  transaction.keep(parcel.payload);
  parcel.outbox.log_index = transaction.append(parcel.kind, parcel.detail, parcel.outbox.created).index;
  transaction.put(parcel.outbox);
}

void put(Transaction& transaction, ControlParcel& parcel) {
  put_unseen(transaction, parcel);
  transaction.put(parcel.step);
}

DeliveryJob job_of(ControlParcel&& parcel) {
  return {parcel.outbox.message,   parcel.outbox.peer, parcel.outbox.priority, parcel.outbox.next_attempt, 0,
          std::move(parcel.sealed)};
}

}  // namespace hotline
