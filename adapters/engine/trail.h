// What is noted down while a record is walked: places and words as they stand in the mapping, without a copy.
// They become the lines of a report when somebody reads it; for most records of a stream nobody does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <forward_list>
#include <string>
#include <string_view>
#include <vector>

namespace hotline {

// What the target is against the source.
enum class Fate { carried, narrowed, widened, related, dropped };

struct ReportLine {
  std::string source;  // JSON Pointer into the source record; "" when the mapping itself brought it
  std::string target;  // JSON Pointer into the target record; "" when dropped
  Fate fate = Fate::carried;
  std::string code_system;  // for a coded field
  std::string reason;       // for a drop: the mapping's reason token; for a code: its relation
  std::string code = {};  // of a coded field: what stands in the target, when that is on its list; not shown
};

// A place of one trail: below a scope, at a path, perhaps an element of the list there. The text of the path
// outlives the trail.
struct Spot {
  static constexpr std::uint32_t kWhole = UINT32_MAX;  // no element: all that stands at the path
  std::uint32_t scope = 0;
  std::uint32_t element = kWhole;
  std::string_view path = {};

  // The record itself; in a line also the side on which there is nothing.
  bool is_root() const { return scope == 0 && is_scope(); }
  bool is_scope() const { return path.empty() && element == kWhole; }
};

class Trail {
 public:
  struct Line {
    Spot source, target;
    Fate fate = Fate::carried;
    std::string_view code_system, reason, code;  // texts that outlive the trail
  };

  // The same place as one that others stand below, and places below one.
  Spot scope(const Spot& place) { return place.is_scope() ? place : new_scope(place); }
  Spot below(const Spot& place, std::string_view path) {
    if (path.empty()) return place;
    return {scope(place).scope, Spot::kWhole, path};
  }
  Spot below(const Spot& place, std::size_t element);

  // A text that nobody else keeps.
  std::string_view keep(std::string text) { return kept_.emplace_front(std::move(text)); }

  void add(const Line& line) { lines_.push_back(line); }
  void reserve(std::size_t lines) { lines_.reserve(lines); }

  std::string text(const Spot& place) const;  // its JSON Pointer
  std::vector<ReportLine> lines() const;

 private:
  Spot new_scope(const Spot& place);

  std::vector<Spot> scopes_ = {Spot{}};  // each after the one that it stands below
  std::vector<Line> lines_;
  std::forward_list<std::string> kept_;
};

}  // namespace hotline
