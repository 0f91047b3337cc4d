#include "gateway/exchange/metrics.h"

namespace hotline {

void Metrics::count(std::string_view name, std::string_view member, std::string_view kind,
                    std::string_view result) {
  std::string labels;
  for (const auto& [label, value] : {std::pair<std::string_view, std::string_view>{"member", member},
                                     {"kind", kind},
                                     {"result", result}}) {
    if (value.empty()) continue;
    if (!labels.empty()) labels += ',';
    labels.append(label).append("=\"").append(value).append("\"");
  }
  const std::lock_guard lock(mutex_);
  const auto family = counters_.find(name);
  if (family != counters_.end()) {
    ++family->second[labels];
  } else {
    counters_[std::string(name)][labels] = 1;
  }
}

std::string Metrics::text() const {
  const std::lock_guard lock(mutex_);
  std::string out;
  for (const auto& [name, values] : counters_) {
    out += "# TYPE " + name + " counter\n";
    for (const auto& [labels, value] : values) {
      out +=
          name + "_total" + (labels.empty() ? "" : "{" + labels + "}") + ' ' + std::to_string(value) + '\n';
    }
  }
  return out;
}

}  // namespace hotline
