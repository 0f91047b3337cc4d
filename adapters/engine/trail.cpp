#include "adapters/engine/trail.h"

#include <utility>

namespace hotline {

namespace {

std::string written(std::string above, const Spot& place) {
  above += place.path;
  if (place.element != Spot::kWhole) above.append("/").append(std::to_string(place.element));
  return above;
}

}  // namespace

Spot Trail::new_scope(const Spot& place) {
  scopes_.push_back(place);
  return {static_cast<std::uint32_t>(scopes_.size() - 1)};
}

Spot Trail::below(const Spot& place, std::size_t element) {
  Spot list = place.element == Spot::kWhole ? place : scope(place);
  list.element = static_cast<std::uint32_t>(element);
  return list;
}

std::string Trail::text(const Spot& place) const {
  if (place.scope == 0) return written({}, place);
  return written(text(scopes_[place.scope]), place);
}

std::vector<ReportLine> Trail::lines() const {
  std::vector<std::string> scopes = {""};
  for (std::size_t i = 1; i < scopes_.size(); ++i)
    scopes.push_back(written(scopes[scopes_[i].scope], scopes_[i]));
  std::vector<ReportLine> lines;
  lines.reserve(lines_.size());
  for (const Line& line : lines_)
    lines.push_back({written(scopes[line.source.scope], line.source),
                     written(scopes[line.target.scope], line.target), line.fate,
                     std::string(line.code_system), std::string(line.reason), std::string(line.code)});
  return lines;
}

}  // namespace hotline
