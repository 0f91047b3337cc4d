#include "gateway/link/refusal.h"

#include "gateway/http/problem.h"

namespace hotline {

FixedRefusal::FixedRefusal(const Catalog& catalog)
    : reply_(problem_reply(Error{ErrorCode::requester_refused, {}, {}, {}}, catalog, {})) {
  reply_.close = true;
}

Reply FixedRefusal::answer(const ExchangeContext& context, const std::string& who) const {
  const Instant now = context.clock.now();
  LogDetail detail;
  detail.actor(who).code("reason", to_string(ErrorCode::requester_refused)).at(now);
  (void)context.store.commit([&](Transaction& transaction) -> Result<void> {
    transaction.append(LogKind::refusal, detail, now);
    return {};
  });
  context.metrics.count("hotline_refusals", {}, {}, to_string(ErrorCode::requester_refused));
  return reply_;
}

}  // namespace hotline
