// Every record that stands as an example in one profile, in the form of every other:
// pairs/<from>/<case>/<to>.json holds the record that is read there and every line of the reports that is not
// plainly carried. Profiles and cases are found in the folders. HOTLINE_UPDATE_GOLDEN=1 writes what comes
// out, takes away what nobody makes any more and prints a summary; read it before you keep it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <iomanip>
#include <iostream>
#include <map>
#include <set>
#include <stdexcept>

#include "adapters/engine/profiles.h"
#include "adapters/form/form.h"
#include "config/schema.h"
#include "i18n/base/text_files.h"
#include "i18n/codes.h"

namespace hotline {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = HOTLINE_ROOT;
const fs::path kPairs = kRoot / "tests/cases/pairs";

std::string said(const Error& error) {
  return std::string(to_string(error.code)) + " at " + error.pointer + " " + error.expected;
}

template <typename T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(said(result.error()));
  return std::move(*result);
}

struct World {
  CodeSystems codes = must(CodeSystems::load(kRoot.string()));
  Schema canonical = must(Schema::load(kRoot / "config/schema/referral.schema.json", &codes));
  Profiles profiles = must(Profiles::load(kRoot.string(), canonical, codes));
};

const World& world() {
  static const World one;
  return one;
}

bool updating() {
  return std::getenv("HOTLINE_UPDATE_GOLDEN") != nullptr;
}

struct Pair {
  std::string from, to;
};

void PrintTo(const Pair& pair, std::ostream* out) {
  *out << pair.from << " to " << pair.to;
}

std::vector<std::string> profile_ids() {
  std::vector<std::string> ids;
  for (const std::string& folder : profile_folders(kRoot.string()))
    ids.push_back(fs::path(folder).filename().string());
  return ids;
}

std::vector<Pair> all_pairs() {
  std::vector<Pair> pairs;
  for (const std::string& from : profile_ids())
    for (const std::string& to : profile_ids())
      if (from != to) pairs.push_back({from, to});
  return pairs;
}

// The record of each example, whatever its form: cases/<name>/national.<json or csv>.
std::map<std::string, fs::path> records_of(const std::string& profile) {
  std::map<std::string, fs::path> found;
  std::error_code none;
  for (const auto& one : fs::directory_iterator(kRoot / "adapters" / profile / "cases", none))
    for (const char* name : {"national.csv", "national.json"})
      if (fs::exists(one.path() / name)) found[one.path().filename().string()] = one.path() / name;
  return found;
}

fs::path golden_of(const Pair& pair, const std::string& name) {
  return kPairs / pair.from / name / (pair.to + ".json");
}

struct Crossing {
  std::optional<Error> refused;  // a code that a person has still to decide on, say
  Json given;
  std::optional<ToCanonical> read;
  std::optional<FromCanonical> written;
};

Crossing cross(const Pair& pair, const fs::path& file) {
  Crossing crossing;
  const std::string text = must(read_file(file.string()));
  auto read = world().profiles.find(pair.from)->read_text(text);
  if (!read) {
    crossing.refused = read.error();
    return crossing;
  }
  if (file.extension() == ".json") crossing.given = must(read_json_file(file.string()));
  crossing.written = must(world().profiles.find(pair.to)->from_canonical(read->referral, LanguageTag()));
  crossing.read = std::move(*read);
  return crossing;
}

// A label is made anew in each language; where its code goes is said on another line.
bool plainly_carried(const ReportLine& line) {
  const std::set<std::string> plain{"", "equivalent", "constant", "derived"};
  return line.reason == "label_only" || (line.fate == Fate::carried && plain.count(line.reason) > 0);
}

std::size_t plain_lines(const MappingReport& report) {
  const std::vector<ReportLine> lines = report.lines();
  return static_cast<std::size_t>(std::count_if(lines.begin(), lines.end(), plainly_carried));
}

JsonValue other_lines(MappingReport report, Json::AllocatorType& allocator) {
  report.more = report.lines();
  report.trail = Trail();
  std::erase_if(report.more, plainly_carried);
  const Json all = report.to_json();
  return JsonValue(*member(all, "lines"), allocator);
}

// The record as text, line by line, where that is something else than its JSON.
void add_text(Json& golden, const Profile& profile, const JsonValue& record) {
  auto& allocator = golden.GetAllocator();
  const std::string text = profile.form().write(record);
  const auto parsed = parse_json(text);
  if (parsed && to_canonical(*parsed) == to_canonical(record)) return;
  JsonValue lines(rapidjson::kArrayType);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.PushBack(make_text(std::string_view(text).substr(at, end - at), allocator), allocator);
    at = end + 1;
  }
  set_member(golden, "text", std::move(lines), allocator);
}

Json golden_of(const Pair& pair, const Crossing& crossing) {
  Json golden(rapidjson::kObjectType);
  auto& allocator = golden.GetAllocator();
  if (crossing.refused) {
    set_text(golden, "refused", to_string(crossing.refused->code), allocator);
    set_text(golden, "at", crossing.refused->pointer, allocator);
    set_text(golden, "expected", crossing.refused->expected, allocator);
    return golden;
  }
  const MappingReport &in = crossing.read->report, &out = crossing.written->report;
  set_member(golden, "record", JsonValue(crossing.written->record, allocator), allocator);
  add_text(golden, *world().profiles.find(pair.to), crossing.written->record);
  JsonValue report(rapidjson::kObjectType);
  set_member(report, "read", other_lines(in, allocator), allocator);
  set_member(report, "written", other_lines(out, allocator), allocator);
  set_member(golden, "report", std::move(report), allocator);
  set_member(golden, "carried", JsonValue(static_cast<std::int64_t>(plain_lines(in) + plain_lines(out))),
             allocator);
  return golden;
}

void leaves(const JsonValue& value, const std::string& at, std::vector<std::string>& found) {
  if (value.IsObject()) {
    for (const auto& one : value.GetObject()) leaves(one.value, pointer_join(at, as_text(one.name)), found);
  } else if (value.IsArray()) {
    for (rapidjson::SizeType i = 0; i < value.Size(); ++i) leaves(value[i], pointer_join(at, i), found);
  } else {
    found.push_back(at);
  }
}

// Every leaf of the source has a line: its own, or that of the coded object it is a part of.
void expect_accounted(const JsonValue& record, const MappingReport& report) {
  std::set<std::string> sources;
  for (const ReportLine& line : report.lines()) sources.insert(line.source);
  std::vector<std::string> all;
  leaves(record, "", all);
  for (const std::string& leaf : all) {
    std::string at = leaf;
    while (!at.empty() && sources.count(at) == 0) at.resize(at.rfind('/'));
    EXPECT_FALSE(at.empty()) << "no line for " << leaf;
  }
}

void expect_readable(const std::string& profile, const Json& record) {
  const auto taken = world().profiles.find(profile)->form().take(record);
  ASSERT_TRUE(taken) << said(taken.error());
  const Schema receiver = must(Schema::load(kRoot / "adapters" / profile / "schema.json", &world().codes));
  const auto valid = receiver.validate(*taken ? (*taken)->tree : record);
  EXPECT_TRUE(valid) << said(valid.error());
}

class ProfilePair : public testing::TestWithParam<Pair> {};

TEST_P(ProfilePair, brings_what_the_golden_files_say) {
  for (const auto& [name, file] : records_of(GetParam().from)) {
    SCOPED_TRACE(name);
    const Crossing crossing = cross(GetParam(), file);
    const std::string text = to_pretty(golden_of(GetParam(), crossing)) + "\n";
    const fs::path golden = golden_of(GetParam(), name);
    if (updating()) {
      fs::create_directories(golden.parent_path());
      ASSERT_TRUE(write_file(golden.string(), text, 0644));
    }
    const auto expected = read_file(golden.string());
    ASSERT_TRUE(expected) << golden << " is missing: HOTLINE_UPDATE_GOLDEN=1 writes it";
    EXPECT_EQ(*expected, text) << golden;
  }
}

TEST_P(ProfilePair, is_readable_there_and_loses_nothing_without_a_line) {
  for (const auto& [name, file] : records_of(GetParam().from)) {
    SCOPED_TRACE(name);
    const Crossing crossing = cross(GetParam(), file);
    if (crossing.refused) continue;  // the golden file says why
    expect_readable(GetParam().to, crossing.written->record);
    if (crossing.given.IsObject()) expect_accounted(crossing.given, crossing.read->report);
    expect_accounted(crossing.read->referral.json(), crossing.written->report);
  }
}

// What was delivered is sent on, corrected, exported: its own profile reads it, whatever had no word there.
TEST_P(ProfilePair, can_be_read_back_there) {
  for (const auto& [name, file] : records_of(GetParam().from)) {
    SCOPED_TRACE(name);
    const Crossing crossing = cross(GetParam(), file);
    ASSERT_FALSE(crossing.refused) << said(*crossing.refused);
    const auto back = world().profiles.find(GetParam().to)->to_canonical(crossing.written->record);
    EXPECT_TRUE(back) << said(back.error());
  }
}

INSTANTIATE_TEST_SUITE_P(all, ProfilePair, testing::ValuesIn(all_pairs()),
                         [](const auto& info) { return info.param.from + "_to_" + info.param.to; });

// An example that is gone takes its golden files with it.
TEST(PairFiles, are_those_of_profiles_and_cases_that_there_are) {
  std::set<fs::path> wanted;
  for (const Pair& pair : all_pairs())
    for (const auto& [name, file] : records_of(pair.from)) wanted.insert(golden_of(pair, name));
  std::vector<fs::path> stale;
  std::error_code none;
  for (const auto& one : fs::recursive_directory_iterator(kPairs, none))
    if (one.is_regular_file() && wanted.count(one.path()) == 0) stale.push_back(one.path());
  for (const fs::path& file : stale) {
    if (updating())
      fs::remove(file);
    else
      ADD_FAILURE() << file << " belongs to no case: HOTLINE_UPDATE_GOLDEN=1 takes it away";
  }
}

TEST(PairFiles, of_every_pair_show_several_records) {
  for (const std::string& id : profile_ids()) EXPECT_FALSE(records_of(id).empty()) << id << " has no example";
  if (!updating()) return;
  std::cout << "from     to       cases refused carried other\n";
  for (const Pair& pair : all_pairs()) {
    std::size_t refused = 0, carried = 0, other = 0;
    for (const auto& [name, file] : records_of(pair.from)) {
      const Crossing crossing = cross(pair, file);
      refused += crossing.refused ? 1 : 0;
      if (crossing.refused) continue;
      for (const MappingReport* report : {&crossing.read->report, &crossing.written->report}) {
        carried += plain_lines(*report);
        other += report->lines().size() - plain_lines(*report);
      }
    }
    std::cout << std::left << std::setw(9) << pair.from << std::setw(9) << pair.to << std::right
              << std::setw(5) << records_of(pair.from).size() << std::setw(8) << refused << std::setw(8)
              << carried << std::setw(6) << other << '\n';
  }
}

}  // namespace
}  // namespace hotline
