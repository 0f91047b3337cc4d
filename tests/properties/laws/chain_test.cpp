// Through the canonical record from one hotline to another: "equivalent" survives only if both halves have
// it, and the report says the relation of the whole way.
#include <gtest/gtest.h>

#include "tests/properties/laws/crossing.h"
#include "tests/properties/laws/national_records.h"

namespace hotline::laws {
namespace {

// The whole table, as SKOS has it: first half by second half.
TEST(Composition, keeps_equivalent_only_between_equivalents) {
  const std::vector<std::string> relations{"equivalent", "wider", "narrower", "related", "not-mapped"};
  const std::vector<std::vector<std::string>> table{
      {"equivalent", "wider", "narrower", "related", "not-mapped"},
      {"wider", "wider", "related", "related", "not-mapped"},
      {"narrower", "related", "narrower", "related", "not-mapped"},
      {"related", "related", "related", "related", "not-mapped"},
      {"not-mapped", "not-mapped", "not-mapped", "not-mapped", "not-mapped"}};
  for (std::size_t first = 0; first < relations.size(); ++first)
    for (std::size_t second = 0; second < relations.size(); ++second)
      EXPECT_EQ(
          relation_of(compose(*fate_of_relation(relations[first]), *fate_of_relation(relations[second]))),
          table[first][second])
          << relations[first] << " then " << relations[second];
}

// What the files say of one half, apart from the engine.
std::string outbound_relation(const ProfileFiles& files, std::string_view system, std::string_view code) {
  const auto map = files.codes.find(system);
  if (map == files.codes.end()) return "not-mapped";
  const JsonValue* entry = member(map->second["outbound"], code);
  return entry == nullptr ? "not-mapped" : std::string(text_at(*entry, "relation"));
}

Fate fate_in_files(std::string_view relation) {
  return *fate_of_relation(relation);
}

bool in_review(const JsonValue& mapping, const std::string& target) {
  const JsonValue* review = member(mapping, "review");
  std::string list(review == nullptr ? "" : text_at(*review, "national"));
  if (list.ends_with("/*")) list.resize(list.size() - 2);
  return !list.empty() && holds(list, target);
}

// What only we read is no translation. A form may lay the list out elsewhere than the mapping says; then the
// line tells by its reason, or by saying that no code was written.
bool tells(const ProfileFiles& to, const ReportLine& line) {
  if (line.reason == "original_kept" || line.reason == "kept_in_extension" ||
      in_review(to.mapping, line.target))
    return true;
  return to.form != "json" && (line.fate == Fate::related || line.fate == Fate::dropped);
}

struct Chain {
  const ProfileFiles& to;
  const ToCanonical& read;
  const FromCanonical& written;
};

std::string came_as(const JsonValue& coded) {
  return std::string(text_at(coded, "relation", "equivalent"));
}

// The coded object at the end of a line's source, if the line is about a code that stands in a structured
// field.
std::optional<std::string> wrong_relation(const Chain& chain, const ReportLine& line) {
  const JsonValue& coded = *resolve_pointer(chain.read.referral.json(), line.source);
  if (!coded.IsObject() || line.reason == "original" || line.reason == "derived") return std::nullopt;
  const Fate second = fate_in_files(outbound_relation(chain.to, line.code_system, text_at(coded, "code")));
  const Fate whole = compose(fate_in_files(came_as(coded)), second);
  const bool structured = !line.target.empty() && !tells(chain.to, line);
  if (structured && line.fate != whole)
    return line.source + " is said to be " + std::string(to_string(line.fate)) + ", came as " +
           came_as(coded) + ", leaves as " + std::string(relation_of(second));
  if (structured && (second == Fate::related || second == Fate::dropped)) return line.source + " was guessed";
  return std::nullopt;
}

// What is no equivalent over the whole way stands in the review list as well.
std::optional<std::string> unreviewed(const Chain& chain, const ReportLine& line) {
  if (line.fate == Fate::carried || line.target.empty()) return std::nullopt;
  for (const ReportLine& other : chain.written.report.lines())
    if (other.source == line.source && tells(chain.to, other)) return std::nullopt;
  return line.source + " is " + std::string(to_string(line.fate)) + " and nobody is told";
}

std::optional<std::string> broken(const Chain& chain) {
  for (const ReportLine& line : chain.written.report.lines()) {
    if (line.code_system.empty() || line.source.empty()) continue;
    if (auto fault = wrong_relation(chain, line)) return fault;
    if (member(chain.to.mapping, "review") != nullptr)
      if (auto fault = unreviewed(chain, line)) return fault;
  }
  return std::nullopt;
}

// The report of the first half says of each code what the record says of it.
std::optional<std::string> at_odds(const ToCanonical& read) {
  for (const ReportLine& line : read.report.lines()) {
    if (line.code_system.empty() || line.target.empty()) continue;
    const JsonValue* coded = resolve_pointer(read.referral.json(), line.target);
    if (coded == nullptr || !coded->IsObject() || line.target.starts_with("/extensions")) continue;
    if (relation_of(line.fate) != came_as(*coded))
      return line.source + " is " + std::string(to_string(line.fate)) + " in the report, " + came_as(*coded) +
             " in the record";
    if (line.fate != Fate::carried && member(*coded, "original") == nullptr)
      return line.target + " is no equivalent and does not say what was said";
  }
  return std::nullopt;
}

class Chains : public OfEachProfile {};

TEST_P(Chains, say_the_relation_of_the_whole_way) {
  const NationalRecords records(GetParam());
  check_law([&](std::uint64_t seed) { return records.make(seed); }, 2 * share(),
            [&](const Json& national, bool& counts) -> std::optional<std::string> {
              const auto read = profile(GetParam()).to_canonical(national);
              counts = read.has_value();
              if (!read) return std::nullopt;
              if (auto fault = at_odds(*read)) return fault;
              for (const ProfileFiles& to : World::get().files) {
                if (to.id == GetParam()) continue;
                const FromCanonical written = *profile(to.id).from_canonical(read->referral, LanguageTag());
                if (auto fault = broken({to, *read, written})) return "to " + to.id + ": " + *fault;
              }
              return std::nullopt;
            });
}

LAW_OF_EACH_PROFILE(Chains);

}  // namespace
}  // namespace hotline::laws
