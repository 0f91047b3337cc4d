// A record of one hotline, through the canonical one, into the form of another. Each folder of
// corridors/<from>-<to>/ is one golden case: record.txt names the record in adapters/, language.txt the
// reader's language; received.json and report.json are what comes out (HOTLINE_UPDATE_GOLDEN=1 writes them).
#include <cstdlib>
#include <filesystem>
#include <set>
#include <stdexcept>

#include "adapters/engine/profiles.h"
#include "config/schema.h"
#include "i18n/base/text_files.h"
#include "i18n/codes.h"

namespace hotline {
namespace {

namespace fs = std::filesystem;

const std::string kRoot = HOTLINE_ROOT;

std::string said(const Error& error) {
  return std::string(to_string(error.code)) + " at " + error.pointer + " " + error.expected;
}

template <typename T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(said(result.error()));
  return std::move(*result);
}

struct World {
  CodeSystems codes = must(CodeSystems::load(kRoot));
  Schema canonical = must(Schema::load(kRoot + "/config/schema/referral.schema.json", &codes));
  Profiles profiles = must(Profiles::load(kRoot, canonical, codes));
};

const World& world() {
  static const World one;
  return one;
}

struct Crossing {
  Json canonical;
  MappingReport in;
  FromCanonical out;
};

Crossing cross(const std::string& from, const std::string& to, const Json& record,
               const std::string& language) {
  ToCanonical read = must(world().profiles.find(from)->to_canonical(record));
  FromCanonical written =
      must(world().profiles.find(to)->from_canonical(read.referral, LanguageTag(language)));
  Json canonical;
  canonical.CopyFrom(read.referral.json(), canonical.GetAllocator());
  return {std::move(canonical), std::move(read.report), std::move(written)};
}

std::string line_of(const fs::path& file) {
  auto text = read_file(file.string());
  return text ? text->substr(0, text->find_last_not_of("\r\n ") + 1) : std::string();
}

// Who has a form of its own with examples: us, ca, mx and whoever joins.
std::vector<std::string> hotlines() {
  std::vector<std::string> all;
  for (const std::string& id : world().profiles.ids())
    if (fs::exists(fs::path(kRoot) / "adapters" / id / "cases")) all.push_back(id);
  return all;
}

// The records that go out; those in received-… came in.
std::vector<fs::path> sent_records(const std::string& from) {
  std::vector<fs::path> found;
  for (const auto& one : fs::directory_iterator(fs::path(kRoot) / "adapters" / from / "cases"))
    if (one.path().filename().string().rfind("received-", 0) != 0)
      found.push_back(one.path() / "national.json");
  std::sort(found.begin(), found.end());
  return found;
}

template <typename Look>
void for_each_crossing(Look look) {
  for (const std::string& from : hotlines())
    for (const fs::path& file : sent_records(from)) {
      const Json record = must(read_json_file(file.string()));
      for (const std::string& to : hotlines()) {
        if (from == to) continue;
        SCOPED_TRACE(from + " to " + to + ": " + file.parent_path().filename().string());
        look(record, to, cross(from, to, record, ""));
      }
    }
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

std::vector<std::string> leaves_of(const JsonValue& record) {
  std::vector<std::string> found;
  leaves(record, "", found);
  return found;
}

// Every leaf of the source has a line: its own, or that of the coded object it is a part of.
void expect_accounted(const JsonValue& record, const MappingReport& report) {
  std::set<std::string> sources;
  for (const ReportLine& line : report.lines) sources.insert(line.source);
  for (const std::string& leaf : leaves_of(record)) {
    std::string at = leaf;
    while (!at.empty() && sources.count(at) == 0) at.resize(at.rfind('/'));
    EXPECT_FALSE(at.empty()) << "no line for " << leaf;
  }
}

TEST(Corridors, EveryRecordIsReadableByEveryOtherHotline) {
  ASSERT_GE(hotlines().size(), 2u);
  for_each_crossing([](const Json&, const std::string& to, const Crossing& crossing) {
    const Schema receiver = must(Schema::load(kRoot + "/adapters/" + to + "/schema.json", &world().codes));
    const auto valid = receiver.validate(crossing.out.record);
    EXPECT_TRUE(valid) << said(valid.error());
  });
}

TEST(Corridors, NothingIsLostWithoutALineInTheReport) {
  for_each_crossing([](const Json& record, const std::string&, const Crossing& crossing) {
    expect_accounted(record, crossing.in);
    expect_accounted(crossing.canonical, crossing.out.report);
  });
}

TEST(Corridors, ReportsSayWhereAndNeverWhat) {
  for_each_crossing([](const Json&, const std::string&, const Crossing& crossing) {
    const std::string reports = to_text(crossing.in.to_json()) + to_text(crossing.out.report.to_json());
    for (const std::string& leaf : leaves_of(crossing.canonical)) {
      const std::string_view value = as_text(*resolve_pointer(crossing.canonical, leaf));
      if (value.find(' ') == std::string_view::npos)
        continue;  // a code may be named, a sentence or a name not
      EXPECT_EQ(reports.find(value), std::string::npos) << leaf;
    }
  });
}

std::vector<std::string> golden_cases() {
  std::vector<std::string> found;
  const fs::path base = fs::path(kRoot) / "tests/cases/corridors";
  for (const auto& corridor : fs::directory_iterator(base))
    for (const auto& one : fs::directory_iterator(corridor.path()))
      found.push_back(fs::relative(one.path(), base).string());
  std::sort(found.begin(), found.end());
  return found;
}

class Corridor : public testing::TestWithParam<std::string> {};

TEST_P(Corridor, BringsWhatTheGoldenFilesSay) {
  const fs::path folder = fs::path(kRoot) / "tests/cases/corridors" / GetParam();
  const std::string from = GetParam().substr(0, GetParam().find('-'));
  const std::string to = GetParam().substr(from.size() + 1, GetParam().find('/') - from.size() - 1);
  const Json record = must(read_json_file(kRoot + "/" + line_of(folder / "record.txt")));
  const Crossing crossing = cross(from, to, record, line_of(folder / "language.txt"));

  Json reports(rapidjson::kArrayType);
  for (const MappingReport* report : {&crossing.in, &crossing.out.report}) {
    const Json one = report->to_json();
    reports.PushBack(JsonValue(one, reports.GetAllocator()), reports.GetAllocator());
  }
  const std::pair<std::string, std::string> golden[] = {
      {(folder / "received.json").string(), to_pretty(crossing.out.record) + "\n"},
      {(folder / "report.json").string(), to_pretty(reports) + "\n"}};
  for (const auto& [file, text] : golden) {
    if (std::getenv("HOTLINE_UPDATE_GOLDEN") != nullptr) {
      ASSERT_TRUE(write_file(file, text, 0644));
    }
    const auto expected = read_file(file);
    ASSERT_TRUE(expected) << file;
    EXPECT_EQ(*expected, text) << file;
  }
}

std::string test_name(const testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  for (char& c : name)
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  return name;
}

INSTANTIATE_TEST_SUITE_P(All, Corridor, testing::ValuesIn(golden_cases()), test_name);

}  // namespace
}  // namespace hotline
