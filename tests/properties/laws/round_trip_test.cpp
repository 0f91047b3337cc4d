// What both ways carry comes back; what comes back has been there before.
#include <gtest/gtest.h>

#include "tests/properties/laws/canonical_records.h"
#include "tests/properties/laws/crossing.h"
#include "tests/properties/laws/national_records.h"

namespace hotline::laws {
namespace {

// A value without what was originally said beside its code; the parts of a text (given names, the lines of a
// street) as the one text that they are.
std::string meaning_of(const JsonValue& value) {
  if (value.IsArray() && !value.Empty() && value[0].IsString()) {
    std::string whole;
    for (const JsonValue& one : value.GetArray())
      whole += (whole.empty() ? "" : " ") + std::string(as_text(one));
    return to_text(make_text(whole, Json().GetAllocator()));
  }
  if (value.IsObject() && member(value, "code") != nullptr && member(value, "relation") != nullptr)
    return to_text(*member(value, "code"));
  if (value.IsObject() && value.MemberCount() == 1 && member(value, "code") != nullptr)
    return to_text(*member(value, "code"));
  return to_text(value);
}

// What is kept in an addition of ours is nobody else's to read, and has to come home all the same.
bool is_ours_to_read(const ReportLine& line) {
  return line.reason == "kept_in_extension" && line.code_system.empty();
}

bool is_transport(const ReportLine& line) {
  return (line.fate == Fate::carried || is_ours_to_read(line)) && !line.source.empty() &&
         !line.target.empty() && line.reason != "derived" && line.reason != "original_kept" &&
         line.reason != "extension";
}

using Lines = std::multimap<std::string, ReportLine, std::less<>>;

Lines by_source(const std::vector<ReportLine>& report) {
  Lines lines;
  for (const ReportLine& line : report)
    if (!line.source.empty()) lines.emplace(line.source, line);
  return lines;
}

// Lines about a place: of itself, of what is below it (a labelled object's code), of what it is a part of.
std::vector<const ReportLine*> lines_about(const Lines& lines, const std::string& place) {
  std::vector<const ReportLine*> found;
  for (auto at = lines.lower_bound(place); at != lines.end() && at->first.starts_with(place); ++at)
    if (holds(place, at->first)) found.push_back(&at->second);
  for (std::string above = place; !above.empty() && found.empty();) {
    above.resize(above.rfind('/'));
    const auto [begin, end] = lines.equal_range(above);
    for (auto at = begin; at != end; ++at) found.push_back(&at->second);
  }
  return found;
}

// Record, what became of it on the way out and on the way back, and what stands there now.
struct Trip {
  const JsonValue& before;
  const std::vector<ReportLine> out;
  const std::vector<ReportLine> back;
  const JsonValue& after;
};

// The value stands in its field again; the line may speak of the labelled object that holds its code.
bool is_home(const JsonValue& after, const std::string& target, const std::string& source,
             const JsonValue& value) {
  const std::string field = field_of(source), found = field_of(target);
  if (!holds(found, field)) return false;
  std::string rest = field.substr(found.size());
  std::replace(rest.begin(), rest.end(), '*', '0');
  const JsonValue* now = resolve_pointer(after, target + rest);
  return now != nullptr && meaning_of(*now) == meaning_of(value);
}

// Every leaf of `before` that all of its lines carry, there and back, stands in the same field of `after` as
// it was.
std::optional<std::string> lost(const Trip& trip) {
  const Lines out = by_source(trip.out), back = by_source(trip.back);
  for (auto at = out.begin(); at != out.end();) {
    const auto end = out.upper_bound(at->first);
    bool whole = true, home = false, moved = false;
    const JsonValue* value = resolve_pointer(trip.before, at->first);
    const std::string source = at->first;
    for (; at != end; ++at) {
      const ReportLine& line = at->second;
      if (line.reason == "derived" || line.reason == "label_only") continue;
      const bool coded = value->IsObject() && text_at(*value, "relation", "equivalent") != "equivalent";
      whole = whole && is_transport(line) && !coded;
      if (!whole) continue;
      const auto lines = lines_about(back, line.target);
      whole = !lines.empty() && std::all_of(lines.begin(), lines.end(), [](const ReportLine* one) {
        return is_transport(*one) || one->reason == "label_only" || one->reason == "constant";
      });
      for (const ReportLine* one : lines) {
        if (one->target.empty()) continue;
        moved = true;
        home = home || is_home(trip.after, one->target, source, *value);
      }
    }
    if (whole && moved && !home) return "carried both ways, and not what it was: " + source;
  }
  return std::nullopt;
}

// Values of a record by field; a coded object is its code.
std::multimap<std::string, std::string> values_of(const JsonValue& record) {
  std::multimap<std::string, std::string> values;
  for (const std::string& leaf : leaves_of(record))
    values.emplace(field_of(leaf), to_text(*resolve_pointer(record, leaf)));
  return values;
}

bool is_part_of_code(const JsonValue& record, const std::string& leaf) {
  for (std::string at = leaf; !at.empty();) {
    at.resize(at.rfind('/'));
    if (const JsonValue* above = resolve_pointer(record, at);
        above != nullptr && above->IsObject() && !at.empty())
      if (member(*above, "relation") != nullptr && (member(*above, "code") || member(*above, "original")) &&
          member(*above, "person") == nullptr && member(*above, "path") == nullptr)
        return true;
  }
  return false;
}

// What the way out made of the code that stands at a place after the way back; or that it had none to bring.
bool is_owned_up_to(const Trip& trip, const std::string& leaf) {
  const std::string coded = leaf.substr(0, leaf.rfind('/'));
  for (const ReportLine& out : trip.out)
    if (out.source == coded && !out.code_system.empty() && out.fate == Fate::dropped) return true;
  for (const ReportLine& back : trip.back) {
    if (back.target != coded && back.target != leaf) continue;
    for (const ReportLine& out : trip.out)
      if (!out.target.empty() && (holds(out.target, back.source) || holds(back.source, out.target)) &&
          ((out.fate != Fate::carried && !is_ours_to_read(out)) || back.fate != Fate::carried))
        return true;
  }
  return false;
}

// What was withheld is gone: that is all that can come back of it.
bool is_masked(const Trip& trip, const std::string& leaf) {
  const std::string_view absent = "/absent/";
  const std::size_t at = leaf.find(absent);
  if (at == std::string::npos) return false;
  const std::string one = leaf.substr(0, leaf.find('/', at + absent.size()));
  return text_at(*resolve_pointer(trip.after, one), "reason") == "masked" &&
         resolve_pointer(trip.before, leaf.substr(0, at) + "/withheld") != nullptr;
}

// Every leaf of `after` stands in the same field of `before`, or is a constant of the mapping, or is a code
// or a word of a table (es for es-MX) of which a report says that it is another one.
std::optional<std::string> invented(const Trip& trip) {
  const auto were = values_of(trip.before);
  std::set<std::string> constants;
  for (const ReportLine& line : trip.back)
    if (line.source.empty() || line.reason == "constant") constants.insert(line.target);
  for (const std::string& leaf : leaves_of(trip.after)) {
    const std::string field = field_of(leaf);
    if (field.starts_with("/extensions") || field.starts_with("/translation") || constants.count(leaf) > 0)
      continue;
    // The line of a coded constant speaks of the field, not of its code.
    if (leaf.ends_with("/code") && constants.count(leaf.substr(0, leaf.size() - 5)) > 0) continue;
    if (is_part_of_code(trip.after, leaf)) continue;  // it says itself that it is no equivalent
    if (is_masked(trip, leaf)) continue;
    const auto [begin, end] = were.equal_range(field);
    const std::string now = to_text(*resolve_pointer(trip.after, leaf));
    const bool known = std::any_of(begin, end, [&](const auto& each) { return each.second == now; });
    if (known || is_owned_up_to(trip, leaf)) continue;
    return "nobody said this: " + leaf + " = " + now;
  }
  return std::nullopt;
}

class RoundTrip : public OfEachProfile {
 protected:
  // Canonical, national, canonical.
  std::optional<std::string> of_referral(const Referral& referral) const {
    const FromCanonical written = *profile(GetParam()).from_canonical(referral, LanguageTag());
    const auto read = profile(GetParam()).to_canonical(written.record);
    if (!read) return "what was written cannot be read: " + say(read.error());
    const Trip trip{referral.json(), written.report.lines(), read->report.lines(), read->referral.json()};
    if (auto fault = lost(trip)) return fault;
    if (auto fault = invented(trip)) return fault;
    return of_written(written.record, *read);
  }

  // The national record that was written, and once more.
  std::optional<std::string> of_written(const JsonValue& national, const ToCanonical& read) const {
    const FromCanonical again = *profile(GetParam()).from_canonical(read.referral, LanguageTag());
    if (auto fault = lost({national, read.report.lines(), again.report.lines(), again.record}))
      return "national: " + *fault;
    const auto last = profile(GetParam()).to_canonical(again.record);
    if (!last) return "what was written a second time cannot be read: " + say(last.error());
    if (to_canonical(last->referral.json()) != to_canonical(read.referral.json()))
      return "the canonical record still changes on the second round";
    return std::nullopt;
  }
};

TEST_P(RoundTrip, of_a_canonical_record_loses_and_invents_nothing) {
  check_law([](std::uint64_t seed) { return canonical_record(World::get(), seed); }, share(),
            [&](const Json& record, bool& counts) -> std::optional<std::string> {
              const auto referral = referral_of(record);
              counts = referral.has_value();
              return referral ? of_referral(*referral) : std::nullopt;
            });
}

TEST_P(RoundTrip, of_a_national_record_loses_and_invents_nothing) {
  const NationalRecords records(GetParam());
  check_law([&](std::uint64_t seed) { return records.make(seed); }, share(),
            [&](const Json& national, bool& counts) -> std::optional<std::string> {
              const auto read = profile(GetParam()).to_canonical(national);
              counts = read.has_value();
              return read ? of_referral(read->referral) : std::nullopt;
            });
}

LAW_OF_EACH_PROFILE(RoundTrip);

}  // namespace
}  // namespace hotline::laws
