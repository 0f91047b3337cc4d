// Every adapters/*/cases/* is a sentence: this national record becomes that canonical one, with this report.
// HOTLINE_UPDATE_GOLDEN=1 writes what comes out; read it before you keep it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "adapters/engine/mapped_profile.h"
#include "adapters/engine/profiles.h"
#include "i18n/base/text_files.h"

namespace hotline {
namespace {

namespace fs = std::filesystem;

const std::string kRoot = HOTLINE_ROOT;

// Loaded once for all cases.
struct Data {
  CodeSystems codes;
  Schema canonical;
  Profiles profiles;

  static const Data& get() {
    static const Data* data = [] {
      auto* codes = new CodeSystems(CodeSystems::load(kRoot).value());
      auto canonical = Schema::load(kRoot + "/config/schema/referral.schema.json", codes).value();
      auto profiles = Profiles::load(kRoot, canonical, *codes);
      if (!profiles) {
        ADD_FAILURE() << to_string(profiles.error().code) << ' ' << profiles.error().pointer << ' '
                      << profiles.error().expected;
        std::abort();
      }
      return new Data{*codes, canonical, *profiles};
    }();
    return *data;
  }
};

struct Case {
  std::string profile;
  fs::path folder;
  bool received = false;  // a disclosure comes in; else a national record goes out
};

void PrintTo(const Case& given, std::ostream* out) {
  *out << given.folder.filename();
}

std::vector<Case> all_cases() {
  std::vector<Case> cases;
  for (const std::string& folder : profile_folders(kRoot)) {
    std::error_code error;
    std::vector<fs::path> folders;
    for (const auto& entry : fs::directory_iterator(fs::path(folder) / "cases", error))
      folders.push_back(entry.path());
    std::sort(folders.begin(), folders.end());
    for (const fs::path& one : folders)
      cases.push_back(
          {fs::path(folder).filename().string(), one, one.filename().string().rfind("received-", 0) == 0});
  }
  return cases;
}

std::string say(const Error& error) {
  return std::string(to_string(error.code)) + " at " + error.pointer + " (" + error.expected + ")";
}

Json read(const fs::path& path) {
  auto document = read_json_file(path.string());
  EXPECT_TRUE(document) << path << ": " << (document ? "" : say(document.error()));
  return document ? std::move(*document) : Json(rapidjson::kObjectType);
}

void compare(const fs::path& path, const JsonValue& made) {
  const std::string text = to_pretty(made) + "\n";
  if (std::getenv("HOTLINE_UPDATE_GOLDEN") != nullptr) std::ofstream(path) << text;
  const auto kept = read_file(path.string());
  ASSERT_TRUE(kept) << path << " is missing: HOTLINE_UPDATE_GOLDEN=1 writes it";
  EXPECT_EQ(*kept, text) << path;
}

std::vector<std::string> leaves(const JsonValue& record, bool coded_is_leaf) {
  std::vector<std::string> all;
  visit_leaves(record, nullptr, coded_is_leaf,
               [&](const JsonValue&, std::string&& place) { all.push_back(std::move(place)); });
  return all;
}

bool accounted(const std::string& leaf, const std::vector<ReportLine>& lines, std::string ReportLine::*side) {
  return std::any_of(lines.begin(), lines.end(), [&](const ReportLine& line) {
    const std::string& place = line.*side;
    return !place.empty() && leaf.compare(0, place.size(), place) == 0 &&
           (leaf.size() == place.size() || leaf[place.size()] == '/');
  });
}

void expect_whole_report(const MappingReport& report, const std::vector<std::string>& source,
                         const JsonValue& target, bool inbound) {
  const std::vector<ReportLine> lines = report.lines();
  for (const std::string& leaf : source)
    EXPECT_TRUE(accounted(leaf, lines, &ReportLine::source)) << "source leaf not in the report: " << leaf;
  for (const std::string& leaf : leaves(target, inbound))
    EXPECT_TRUE(accounted(leaf, lines, &ReportLine::target)) << "target leaf not in the report: " << leaf;
  for (const ReportLine& line : lines) {
    EXPECT_NE(line.reason, "not_mapped") << line.source;
    EXPECT_NE(line.reason, "no_place") << line.source;
    EXPECT_FALSE(line.fate == Fate::dropped && line.reason.empty()) << line.source;
  }
}

class AdapterCase : public testing::TestWithParam<Case> {
 protected:
  const Case& given() const { return GetParam(); }
  const MappedProfile& profile() const {
    return dynamic_cast<const MappedProfile&>(*Data::get().profiles.find(given().profile));
  }
  Json file(const char* name) const { return read(given().folder / name); }
  // What a hotline hands in: national.csv (a table with one row), else national.json. `leaves` are the places
  // in it that the report has to speak of.
  Result<ToCanonical> read_national(std::vector<std::string>& places) const {
    const auto table = read_file((given().folder / "national.csv").string());
    if (!table) {
      const Json national = file("national.json");
      places = leaves(national, false);
      return profile().to_canonical(national);
    }
    const auto shaped = profile().form().read(*table);
    if (!shaped) return fail(shaped.error());
    for (const std::string& leaf : leaves(shaped->tree, false))
      if (const std::string place = shaped->place(leaf); !place.empty()) places.push_back(place);
    return profile().to_canonical(*shaped);
  }
  // The schema speaks of the tree, which a form may hand out in another shape.
  Result<void> validate(const JsonValue& record) const {
    const auto shaped = profile().form().take(record);
    if (!shaped) return fail(shaped.error());
    return profile().national_schema().validate(*shaped ? (*shaped)->tree : record);
  }
};

TEST_P(AdapterCase, becomes_what_the_files_say) {
  const Data& data = Data::get();
  if (given().received) {
    auto referral = Referral::from(file("canonical.json"), data.canonical);
    ASSERT_TRUE(referral) << say(referral.error());
    std::string language = read_file((given().folder / "language.txt").string()).value_or("");
    while (!language.empty() && language.back() == '\n') language.pop_back();
    const auto made = profile().from_canonical(*referral, LanguageTag(language)).value();
    compare(given().folder / "national.json", made.record);
    compare(given().folder / "report.json", made.report.to_json());
    expect_whole_report(made.report, leaves(referral->json(), true), made.record, false);
    const auto valid = validate(made.record);
    EXPECT_TRUE(valid) << say(valid.error());
  } else {
    std::vector<std::string> places;
    const auto made = read_national(places);
    ASSERT_TRUE(made) << say(made.error());
    compare(given().folder / "canonical.json", made->referral.json());
    compare(given().folder / "report.json", made->report.to_json());
    expect_whole_report(made->report, places, made->referral.json(), true);
  }
}

// A record that a hotline wrote; a disclosure brings what only a gateway fills in, and that stays away on the
// way back.
class SentCase : public AdapterCase {};

// What came back from the national form says the same as before: nothing drifts with every crossing.
TEST_P(SentCase, stands_still_when_it_goes_there_and_back) {
  std::vector<std::string> places;
  const auto first = read_national(places);
  ASSERT_TRUE(first) << say(first.error());
  const auto home = profile().from_canonical(first->referral, LanguageTag()).value();
  const auto valid = validate(home.record);
  ASSERT_TRUE(valid) << say(valid.error());
  const auto second = profile().to_canonical(home.record);
  ASSERT_TRUE(second) << say(second.error());
  EXPECT_EQ(to_canonical(first->referral.json()), to_canonical(second->referral.json()));
}

// What a gateway delivered is the hotline's own record from then on: a code that had no word stands in the
// review list, and is read from there until a person has settled it.
class ReceivedCase : public AdapterCase {};

TEST_P(ReceivedCase, can_be_read_back_and_stands_still) {
  const auto first = profile().to_canonical(file("national.json"));
  ASSERT_TRUE(first) << say(first.error());
  const auto again = profile().from_canonical(first->referral, LanguageTag()).value();
  const auto second = profile().to_canonical(again.record);
  ASSERT_TRUE(second) << say(second.error());
  EXPECT_EQ(to_canonical(first->referral.json()), to_canonical(second->referral.json()));
}

std::vector<Case> cases_that_are(bool received) {
  std::vector<Case> cases = all_cases();
  std::erase_if(cases, [&](const Case& each) { return each.received != received; });
  return cases;
}

std::string case_name(const testing::TestParamInfo<Case>& info) {
  std::string name = info.param.profile + "_" + info.param.folder.filename().string();
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(adapters, AdapterCase, testing::ValuesIn(all_cases()), case_name);
INSTANTIATE_TEST_SUITE_P(adapters, SentCase, testing::ValuesIn(cases_that_are(false)), case_name);
INSTANTIATE_TEST_SUITE_P(adapters, ReceivedCase, testing::ValuesIn(cases_that_are(true)), case_name);

}  // namespace
}  // namespace hotline
