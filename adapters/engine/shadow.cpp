#include "adapters/engine/shadow.h"

#include <algorithm>

#include "adapters/engine/mapped_profile.h"

namespace hotline {

namespace {

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// /people/3/needs/0 and "row 3, column x" without their numbers.
std::string without_positions(std::string_view place) {
  std::string out;
  while (!place.empty()) {
    std::size_t end = 0;
    while (end < place.size() && is_word(place[end])) ++end;
    const std::string_view word = place.substr(0, end);
    const bool number = !word.empty() && word.find_first_not_of("0123456789") == std::string_view::npos;
    out += number ? std::string_view("*") : word;
    if (end < place.size()) out += place[end++];
    place.remove_prefix(end);
  }
  return out;
}

using Key = std::pair<std::string, std::string>;  // source and target, as they stand
using Lines = std::map<Key, std::vector<ReportLine>>;

Lines by_place(const MappingReport& report) {
  Lines lines;
  for (ReportLine& line : report.lines()) lines[{line.source, line.target}].push_back(std::move(line));
  return lines;
}

MappingDifference only_in(DifferenceKind kind, const ReportLine& line) {
  const std::string target = without_positions(line.target);
  MappingDifference difference{
      without_positions(line.source.empty() ? line.target : line.source), kind, {}, {}};
  (kind == DifferenceKind::only_in_current ? difference.from : difference.to) =
      target.empty() ? std::string(to_string(line.fate)) : target;
  return difference;
}

// Of two lines at the same places.
void compare_lines(const ReportLine& current, const ReportLine& shadow, std::vector<MappingDifference>& out) {
  const std::string path = without_positions(current.source.empty() ? current.target : current.source);
  if (current.fate != shadow.fate)
    out.push_back({path, DifferenceKind::fate_changed, std::string(to_string(current.fate)),
                   std::string(to_string(shadow.fate))});
  if (current.code != shadow.code)
    out.push_back({path, DifferenceKind::code_changed, current.code, shadow.code});
}

}  // namespace

std::string_view to_string(DifferenceKind kind) {
  switch (kind) {
    case DifferenceKind::fate_changed:
      return "fate_changed";
    case DifferenceKind::code_changed:
      return "code_changed";
    case DifferenceKind::only_in_current:
      return "only_in_current";
    case DifferenceKind::only_in_shadow:
      return "only_in_shadow";
    case DifferenceKind::refused_by_shadow:
      return "refused_by_shadow";
  }
  return "refused_by_shadow";
}

std::vector<MappingDifference> compare(const MappingReport& current, const MappingReport& shadow) {
  const Lines mine = by_place(current), theirs = by_place(shadow);
  std::vector<MappingDifference> out;
  const auto walk = [&](const Lines& here, const Lines& there, DifferenceKind alone, bool both) {
    for (const auto& [key, lines] : here) {
      const auto other = there.find(key);
      const std::size_t common = other == there.end() ? 0 : std::min(lines.size(), other->second.size());
      for (std::size_t i = 0; i < lines.size(); ++i) {
        if (i >= common)
          out.push_back(only_in(alone, lines[i]));
        else if (both)
          compare_lines(lines[i], other->second[i], out);
      }
    }
  };
  walk(mine, theirs, DifferenceKind::only_in_current, true);
  walk(theirs, mine, DifferenceKind::only_in_shadow, false);
  return out;
}

Result<std::unique_ptr<Shadow>> Shadow::load(const std::string& folder, const std::string& root,
                                             const Schema& canonical, const CodeSystems& codes,
                                             const Profile& current) {
  auto mappings = Schema::load(root + "/config/schema/mapping.schema.json", nullptr);
  if (!mappings) return tl::make_unexpected(mappings.error());
  auto profile =
      MappedProfile::load(folder, canonical, *mappings, std::make_shared<const CodeSystems>(codes));
  if (!profile) return tl::make_unexpected(profile.error());
  if ((*profile)->id() != current.id())
    return fail(ErrorCode::data_invalid, "/id", std::string(current.id()) + "/profile.json");
  return std::make_unique<Shadow>(*profile);
}

void Shadow::imported(const JsonValue& national, const MappingReport& current) noexcept {
  try {
    const auto made = profile_->to_canonical(national);
    if (made) return count(Direction::in, compare(current, made->report));
    count(Direction::in, {{without_positions(made.error().pointer),
                           DifferenceKind::refused_by_shadow,
                           {},
                           std::string(to_string(made.error().code))}});
  } catch (...) {
    // Whoever asked for the answer has it; a shadow has nothing to say to them.
  }
}

void Shadow::exported(const Referral& referral, const LanguageTag& language,
                      const MappingReport& current) noexcept {
  try {
    const auto made = profile_->from_canonical(referral, language);
    if (made) count(Direction::out, compare(current, made->report));
  } catch (...) {
    // As above.
  }
}

void Shadow::count(Direction direction, const std::vector<MappingDifference>& differences) {
  const std::lock_guard lock(mutex_);
  ++(direction == Direction::in ? in_ : out_);
  for (const MappingDifference& each : differences) {
    const auto known = seen_.find({direction, each});
    if (known != seen_.end())
      ++known->second;
    else if (seen_.size() < kMost)
      seen_.emplace(std::pair(direction, each), 1);
    else
      ++more_;
  }
}

Json Shadow::to_json() const {
  const std::lock_guard lock(mutex_);
  std::vector<const decltype(seen_)::value_type*> rows;
  for (const auto& row : seen_) rows.push_back(&row);
  std::stable_sort(rows.begin(), rows.end(), [](auto* a, auto* b) { return a->second > b->second; });
  Json out(rapidjson::kObjectType);
  auto& allocator = out.GetAllocator();
  set_text(out, "profile", std::string(profile_->id()) + "@" + std::string(profile_->version()), allocator);
  JsonValue records(rapidjson::kObjectType);
  set_member(records, "in", JsonValue(in_), allocator);
  set_member(records, "out", JsonValue(out_), allocator);
  set_member(out, "records", std::move(records), allocator);
  JsonValue list(rapidjson::kArrayType);
  for (const auto* row : rows) {
    const auto& [direction, difference] = row->first;
    JsonValue one(rapidjson::kObjectType);
    set_text(one, "direction", direction == Direction::in ? "in" : "out", allocator);
    set_text(one, "path", difference.path, allocator);
    set_text(one, "kind", hotline::to_string(difference.kind), allocator);
    set_text(one, "from", difference.from, allocator);
    set_text(one, "to", difference.to, allocator);
    set_member(one, "count", JsonValue(row->second), allocator);
    list.PushBack(one, allocator);
  }
  set_member(out, "differences", std::move(list), allocator);
  set_member(out, "more", JsonValue(more_), allocator);
  return out;
}

}  // namespace hotline
