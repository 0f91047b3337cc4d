// A new version of a profile beside the current one, on the same traffic: what would become of it otherwise.
// Places, fates and codes of the lists only, never a value of a record; nothing that it does reaches an
// answer.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <tuple>
#include <vector>

#include "adapters/engine/profiles.h"

namespace hotline {

enum class DifferenceKind { fate_changed, code_changed, only_in_current, only_in_shadow, refused_by_shadow };
std::string_view to_string(DifferenceKind kind);

struct MappingDifference {
  std::string
      path;  // of the source (of the target, for what the mapping itself brings), * for list positions
  DifferenceKind kind = DifferenceKind::fate_changed;
  std::string from, to;  // fates; codes; or the target's place in the one that has it; or what refused
  auto operator<=>(const MappingDifference&) const = default;
};

// One for each line that is not the same in both, in the order of the current report.
std::vector<MappingDifference> compare(const MappingReport& current, const MappingReport& shadow);

// May be used by many threads. Nothing of it throws or fails.
class Shadow {
 public:
  static constexpr std::size_t kMost = 1000;  // differences that are told apart

  explicit Shadow(std::shared_ptr<const Profile> profile) : profile_(std::move(profile)) {}
  // The profile in `folder`, which must be another version of `current`: data_invalid.
  static Result<std::unique_ptr<Shadow>> load(const std::string& folder, const std::string& root,
                                              const Schema& canonical, const CodeSystems& codes,
                                              const Profile& current);

  void imported(const JsonValue& national, const MappingReport& current) noexcept;
  void exported(const Referral& referral, const LanguageTag& language, const MappingReport& current) noexcept;

  // {"profile", "records": {"in", "out"}, "differences": [{"direction", "path", "kind", "from", "to",
  // "count"}], "more"}: the most frequent first; `more` counts what did not fit in.
  Json to_json() const;

 private:
  enum class Direction { in, out };
  void count(Direction direction, const std::vector<MappingDifference>& differences);

  std::shared_ptr<const Profile> profile_;
  mutable std::mutex mutex_;
  std::map<std::pair<Direction, MappingDifference>, std::int64_t> seen_;
  std::int64_t in_ = 0, out_ = 0, more_ = 0;
};

}  // namespace hotline
