#include "gateway/node/node_clock.h"

#include <charconv>

#include "i18n/base/text_files.h"

namespace hotline {

Instant TestClock::now() const {
  const Instant real = SystemClock().now();
  refresh();
  const auto fixed = fixed_ms_.load();
  return fixed != 0 ? Instant{fixed} : Instant{real.ms + shift_ms_.load()};
}

void TestClock::refresh() const {
  auto text = read_file(file_, 64);
  std::string said = text ? *text : std::string();
  while (!said.empty() && static_cast<unsigned char>(said.back()) <= ' ') said.pop_back();
  if (const auto instant = parse_instant(said)) {
    fixed_ms_ = instant->ms;
    return;
  }
  const char* begin = said.data() + (said.starts_with('+') ? 1 : 0);
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(begin, said.data() + said.size(), seconds);
  shift_ms_ = error == std::errc{} && end == said.data() + said.size() ? seconds * 1000 : 0;
  fixed_ms_ = 0;
}

Instant ForwardClock::now() const {
  not_before(inner_->now());
  return Instant{latest_ms_.load()};
}

void ForwardClock::not_before(Instant at) const {
  std::int64_t latest = latest_ms_.load();
  while (latest < at.ms && !latest_ms_.compare_exchange_weak(latest, at.ms)) {
  }
}

bool ForwardClock::behind() const {
  constexpr std::int64_t kSkewSeconds = 300;
  return inner_->now().plus_seconds(kSkewSeconds) < Instant{latest_ms_.load()};
}

}  // namespace hotline
