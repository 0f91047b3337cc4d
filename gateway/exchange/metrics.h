// Counters for operations: how many, of which kind, with which result, with which member. Never an id or a
// word.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace hotline {

class Metrics {
 public:
  // `member` is a registry id or "", `kind` a MessageKind or a route, `result` a closed code.
  void count(std::string_view name, std::string_view member, std::string_view kind, std::string_view result);
  // OpenMetrics 1.0.0 without the closing `# EOF`: what is shown beside the counters (gauges) is the
  // caller's.
  std::string text() const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::map<std::string, std::uint64_t>, std::less<>>
      counters_;  // name -> labels -> value
};

}  // namespace hotline
