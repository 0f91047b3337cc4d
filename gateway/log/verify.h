// Recomputes the whole log from what is stored and says what does not hold.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "gateway/log/entry.h"
#include "gateway/log/merkle.h"

namespace hotline {

// What the verifier reads; the store implements it.
struct StoredEntry {
  std::uint64_t index = 0;
  std::string entry;                  // canonical JSON
  std::optional<std::string> salt;    // absent once details have been pruned
  std::optional<std::string> detail;  // canonical JSON
};
class LogSource {
 public:
  virtual ~LogSource() = default;
  // In index order; false from the visitor stops. False when the rows cannot be read.
  virtual bool each_entry(const std::function<bool(const StoredEntry&)>& visit) const = 0;
  virtual std::optional<std::string> node(unsigned level, std::uint64_t index) const = 0;
  virtual std::uint64_t node_count() const = 0;
  virtual std::vector<std::string> signed_heads() const = 0;     // every kept head, oldest first
  virtual std::optional<std::string> mirrored_head() const = 0;  // the file beside the store
  // The store's own checks: row MACs, sealed digests against rows, integrity_check, foreign keys. One finding
  // each.
  virtual std::vector<struct LogFinding> check_rows(
      const std::function<std::optional<std::string>(std::uint64_t)>& sealed_digest_in_log) const = 0;
};

struct LogFinding {
  std::string what;  // closed list, see verify.cpp: entry_changed, entry_missing, commitment_broken, ...
  std::optional<std::uint64_t> index;  // which entry, where it is one
  std::string where;                   // table or file, never a value
};

struct LogReport {
  std::uint64_t entries = 0;
  std::uint64_t details = 0;  // entries whose detail is still there
  std::string root_hex;
  std::vector<LogFinding> findings;  // bounded: the first 100
  bool ok() const { return findings.empty(); }
};

LogReport verify_log(const LogSource& source, const std::string& origin, const std::string& log_public_raw);

}  // namespace hotline
