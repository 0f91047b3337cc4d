// Two ways to check a node's log: in its store while the gateway stands still, through the API while it runs.
#pragma once

#include <string>

#include "gateway/cli/api.h"
#include "gateway/log/verify.h"

namespace hotline::cli {

struct LogCheck {
  LogReport report;
  bool whole_store = false;  // rows too, not the log alone
};

// store_unavailable when a gateway has the store open.
Result<LogCheck> check_stored_log(const std::string& config);
// Fetches every entry and the newest signed head, and recomputes the tree from them.
Result<LogCheck> check_running_log(const std::string& config, Api& api);

// Every page of a list of entries.
Result<Json> all_entries(Api& api, const std::string& path);

}  // namespace hotline::cli
