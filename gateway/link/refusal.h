// The one answer that enforcement gets, whatever is asked, whether or not there is anything to know (hard
// refusals R1 to R3): the same bytes for every route, method and body.
#pragma once

#include <string>

#include "gateway/exchange/context.h"
#include "gateway/http/message.h"
#include "i18n/catalog.h"

namespace hotline {

class FixedRefusal {
 public:
  explicit FixedRefusal(const Catalog& catalog);
  // Logs that `who` (a member or a client id) was refused, then gives the answer. The log entry is the only
  // trace.
  Reply answer(const ExchangeContext& context, const std::string& who) const;

 private:
  Reply reply_;
};

}  // namespace hotline
