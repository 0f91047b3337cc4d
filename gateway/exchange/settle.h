// Change a referral by a step of which a part takes long (sealing): read, prepare, commit if nobody was
// faster.
#pragma once

#include <optional>

#include "gateway/exchange/context.h"

namespace hotline {

// `prepare(std::optional<ReferralRow>) -> Result<Plan>` runs outside any transaction, `apply(Transaction&,
// Plan&) -> Result<void>` inside one in which the row still has the version that was prepared for; otherwise
// both run again.
template <class Prepare, class Apply>
auto settle(Store& store, const ReferralId& id, Prepare&& prepare, Apply&& apply)
    -> decltype(prepare(std::optional<ReferralRow>())) {
  constexpr int kTries = 16;
  for (int tries = 0; tries < kTries; ++tries) {
    std::optional<ReferralRow> row;
    auto read = store.read([&](const Reader& reader) -> Result<void> {
      row = reader.referral(id);
      return {};
    });
    if (!read) return fail(std::move(read.error()));
    const std::int64_t version = row ? row->version : -1;
    auto plan = prepare(std::move(row));
    if (!plan) return plan;
    bool stale = false;
    auto committed = store.commit([&](Transaction& transaction) -> Result<void> {
      const auto current = transaction.referral(id);
      stale = (current ? current->version : -1) != version;
      if (stale) return fail(ErrorCode::state_conflict);
      return apply(transaction, *plan);
    });
    if (committed) return plan;
    if (!stale) return fail(std::move(committed.error()));
  }
  return fail(ErrorCode::state_conflict);
}

}  // namespace hotline
