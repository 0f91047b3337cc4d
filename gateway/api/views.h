// How rows look to clients. Ids, codes, times and digests; a record is never part of these.
#pragma once

#include "gateway/api/api.h"

namespace hotline {

JsonValue handover_json(const ReferralRow& row, Json::AllocatorType& allocator);
JsonValue referral_json(const ReferralRow& row, Json::AllocatorType& allocator);
JsonValue timeline_json(const std::vector<TimelineRow>& rows, Json::AllocatorType& allocator);
JsonValue messages_json(const std::vector<OutboxRow>& rows, Json::AllocatorType& allocator);
JsonValue receipt_json(const ReceiptRow& row, Json::AllocatorType& allocator);
JsonValue entry_json(const StoredEntry& entry, Json::AllocatorType& allocator);

}  // namespace hotline
