#include "gateway/exchange/receive.h"

#include "gateway/exchange/crash_points.h"
#include "gateway/exchange/received.h"
#include "gateway/seal/receipt.h"

namespace hotline {
namespace {

OpenContext open_context(const ExchangeContext& context, const MemberId& peer, Instant now) {
  OpenContext open{context.self.id, context.decryption, peer, {}, now};
  open.signer = [&context](std::string_view kid) -> std::optional<KnownSigner> {
    for (const auto& [member, keys] : context.peer_keys) {
      if (keys.signing.kid() == kid) return KnownSigner{member, keys.signing};
    }
    return std::nullopt;
  };
  return open;
}

Result<std::string> receipt_of(const ExchangeContext& context, const ReplayRow& row) {
  return make_receipt(Receipt{context.self.id, row.sender, row.message, row.sealed_sha256, row.received,
                              row.log_index, row.leaf_hash, row.result},
                      context.signing);
}

void log_refusal(const ExchangeContext& context, const MemberId& peer, ErrorCode why, Instant now) {
  LogDetail detail;
  detail.peer(peer).code("reason", to_string(why)).at(now);
  (void)context.store.commit([&](Transaction& transaction) -> Result<void> {
    transaction.append(LogKind::refusal, detail, now);
    return {};
  });
}

Result<Taken> take(const ExchangeContext& context, const Opened& opened, Instant now) {
  switch (opened.kind) {
    case MessageKind::referral:
      return take_referral(context, opened, now);
    case MessageKind::status:
    case MessageKind::withdrawal:
    case MessageKind::purge:
      return take_control(context, opened, now);
    case MessageKind::receipt:
    case MessageKind::handoff:
    case MessageKind::message:
    case MessageKind::registry:
    case MessageKind::consent:
      return fail(ErrorCode::token_kind_unexpected);
  }
  return fail(ErrorCode::token_kind_unexpected);
}

}  // namespace

ReplayRow replay_row(const Opened& opened, ReceiptResult result, Instant now) {
  constexpr std::int64_t kTolerance = std::int64_t{24} * 3600;
  ReplayRow row;
  row.sender = opened.sender;
  row.message = opened.message;
  row.kind = opened.kind;
  row.sealed_sha256 = opened.sha256;
  row.received = Instant{now.seconds() * 1000};  // a receipt is dated in whole seconds
  row.result = result;
  row.forget_after = opened.until.plus_seconds(kTolerance);
  return row;
}

Result<std::optional<ReplayRow>> known_message(const Reader& reader, const Opened& opened) {
  auto row = reader.replay(opened.sender, opened.message);
  if (row && row->sealed_sha256 != opened.sha256) return fail(ErrorCode::message_replayed);
  return row;
}

ReplayRow put_taken(Transaction& transaction, LogKind kind, const LogDetail& detail, ReplayRow row,
                    Instant now) {
  const auto place = transaction.append(kind, detail, now);
  row.log_index = place.index;
  row.leaf_hash = place.leaf_hash;
  transaction.put(row);
  return row;
}

Result<Taken> take_refused(const ExchangeContext& context, const Opened& opened, ErrorCode why, Instant now) {
  Taken taken;
  LogDetail detail;
  detail.message(opened.message)
      .peer(opened.sender)
      .code("reason", to_string(why))
      .sealed(opened.sha256, 0)
      .at(now);
  auto committed = context.store.commit([&](Transaction& transaction) -> Result<void> {
    auto known = known_message(transaction, opened);
    if (!known) return fail(std::move(known.error()));
    taken.row = *known ? **known
                       : put_taken(transaction, LogKind::refusal, detail,
                                   replay_row(opened, ReceiptResult::refused, now), now);
    return {};
  });
  if (!committed) return fail(std::move(committed.error()));
  return taken;
}

Result<Received> receive(const ExchangeContext& context, std::string_view sealed, const MemberId& peer) {
  const Instant now = context.clock.now();
  auto opened = open_sealed(sealed, open_context(context, peer, now));
  if (!opened) {
    context.metrics.count("hotline_messages_received", peer.get(), {}, to_string(opened.error().code));
    log_refusal(context, peer, opened.error().code, now);
    return fail(std::move(opened.error()));
  }
  crash_point(CrashPoint::receive_opened);

  auto taken = take(context, *opened, now);
  if (!taken) {
    if (taken.error().code == ErrorCode::message_replayed)
      log_refusal(context, peer, taken.error().code, now);
    return fail(std::move(taken.error()));
  }
  crash_point(opened->kind == MessageKind::referral ? CrashPoint::receive_committed
                                                    : CrashPoint::control_committed);

  auto receipt = receipt_of(context, taken->row);
  if (!receipt) return fail(std::move(receipt.error()));
  context.metrics.count("hotline_messages_received", peer.get(), to_string(opened->kind),
                        to_string(taken->row.result));
  crash_point(CrashPoint::receive_receipted);
  return Received{std::move(*receipt), std::move(taken->jobs)};
}

}  // namespace hotline
