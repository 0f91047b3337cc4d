// What the parts of the receiving story share.
#pragma once

#include "gateway/exchange/context.h"
#include "gateway/seal/open.h"

namespace hotline {

// What has become of one message, as it stands in the replay table and in the receipt.
struct Taken {
  ReplayRow row;
  std::vector<DeliveryJob> jobs;
};

// The row for a message that is taken now, still without its place in the log.
ReplayRow replay_row(const Opened& opened, ReceiptResult result, Instant now);
// Known already? The same bytes: that row. Other bytes under the same id: message_replayed.
Result<std::optional<ReplayRow>> known_message(const Reader& reader, const Opened& opened);
// Log leaf and replay row of a message that is taken or refused; the row with its place comes back.
ReplayRow put_taken(Transaction& transaction, LogKind kind, const LogDetail& detail, ReplayRow row,
                    Instant now);

Result<Taken> take_referral(const ExchangeContext& context, const Opened& opened, Instant now);
Result<Taken> take_control(const ExchangeContext& context, const Opened& opened, Instant now);
// Genuine, but nothing that we can take: logged, remembered and receipted as refused.
Result<Taken> take_refused(const ExchangeContext& context, const Opened& opened, ErrorCode why, Instant now);

}  // namespace hotline
