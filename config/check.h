// The lint of what config can see: schemas, policies, code systems, catalogs, and lists of members or
// example settings if there are any. The command `check` runs it together with those of adapters and consent.
#pragma once

#include <string>
#include <vector>

#include "i18n/base/result.h"

namespace hotline {

struct CheckLine {
  std::string file;     // relative to the root
  std::string pointer;  // RFC 6901, into that file
  ErrorCode problem = ErrorCode::data_invalid;
  std::string expected;  // a safe token that helps to mend it
};

struct CheckReport {
  std::vector<std::string> files;  // that were looked at
  std::vector<CheckLine> problems;
  bool clean() const { return problems.empty(); }
};

// Goes through all that is there, file by file, and does not stop at the first problem. not_found when `root`
// is no data root.
Result<CheckReport> check_data(const std::string& root);

// Settings outside the data root (a node's config.json), as a report of their own.
CheckReport check_settings(const std::string& file);

}  // namespace hotline
