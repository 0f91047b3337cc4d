// The clock of a node: the machine's, or in environment test one that a file moves.
#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "i18n/base/clock.h"

namespace hotline {

// The file holds an instant (RFC 3339), at which the clock then stands, or a number of seconds by which the
// machine's clock is shifted ("-86400"). It is read each time; no file, or an unreadable one:
// no shift.
class TestClock final : public Clock {
 public:
  explicit TestClock(std::string file) : file_(std::move(file)) {}
  Instant now() const override;

 private:
  void refresh() const;
  std::string file_;
  mutable std::atomic<std::int64_t> shift_ms_ = 0;
  mutable std::atomic<std::int64_t> fixed_ms_ = 0;  // 0: shifted, not fixed
};

// Time that never goes back: not while it runs, and not behind what a log already tells of.
class ForwardClock final : public Clock {
 public:
  explicit ForwardClock(std::unique_ptr<Clock> inner) : inner_(std::move(inner)) {}
  Instant now() const override;
  void not_before(Instant at) const;
  bool behind() const;  // the inner clock is earlier than this one by more than a few minutes

 private:
  std::unique_ptr<Clock> inner_;
  mutable std::atomic<std::int64_t> latest_ms_ = 0;
};

}  // namespace hotline
