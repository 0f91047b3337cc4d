// The profiles as they ship: they load, the lint finds nothing, and every pair of hotlines can be crossed.
#include <gtest/gtest.h>

#include <filesystem>

#include "adapters/engine/check.h"
#include "adapters/engine/mapped_profile.h"

namespace hotline {
namespace {

namespace fs = std::filesystem;
const std::string kRoot = HOTLINE_ROOT;

struct Shipped {
  CodeSystems codes = CodeSystems::load(kRoot).value();
  Schema canonical = Schema::load(kRoot + "/config/schema/referral.schema.json", &codes).value();
  Profiles profiles = Profiles::load(kRoot, canonical, codes).value();
};

const Shipped& shipped() {
  static const Shipped* data = new Shipped();
  return *data;
}

TEST(ShippedProfiles, the_lint_has_nothing_to_say) {
  const auto report = check_profiles(kRoot).value();
  for (const CheckLine& line : report.problems)
    ADD_FAILURE() << line.file << ' ' << line.pointer << ' ' << to_string(line.problem) << ' '
                  << line.expected;
  EXPECT_FALSE(report.files.empty());
}

TEST(ShippedProfiles, an_unknown_profile_is_no_profile) {
  EXPECT_EQ(shipped().profiles.find("nowhere"), nullptr);
  EXPECT_EQ(shipped().profiles.find(""), nullptr);
  EXPECT_NE(shipped().profiles.find("canonical"), nullptr);
  EXPECT_NE(shipped().profiles.find("us"), nullptr);
}

// Every case of every hotline, written into the form of every hotline: accepted by that form's schema, and
// read again.
TEST(ShippedProfiles, every_case_can_be_written_in_every_form) {
  int crossings = 0;
  for (const std::string& from : shipped().profiles.ids()) {
    const Profile& source = *shipped().profiles.find(from);
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(fs::path(kRoot) / "adapters" / from / "cases", error)) {
      if (!fs::exists(entry.path() / "national.json") ||
          entry.path().filename().string().rfind("received-", 0) == 0)
        continue;
      const auto made =
          source.to_canonical(read_json_file((entry.path() / "national.json").string()).value());
      ASSERT_TRUE(made) << entry.path() << ' ' << made.error().pointer;
      for (const std::string& to : shipped().profiles.ids()) {
        const auto* target = dynamic_cast<const MappedProfile*>(shipped().profiles.find(to));
        if (target == nullptr) continue;
        const auto written = target->from_canonical(made->referral, LanguageTag()).value();
        const auto tree = target->form().take(written.record).value();  // what the schema speaks of
        const auto valid = target->national_schema().validate(tree ? tree->tree : written.record);
        EXPECT_TRUE(valid) << from << " to " << to << ' ' << entry.path().filename() << ' '
                           << (valid ? "" : valid.error().pointer + " " + valid.error().expected);
        ++crossings;
      }
    }
  }
  EXPECT_GE(crossings, 9);
}

// A language that a hotline's own table does not have still reads as a name there.
TEST(ShippedProfiles, a_rare_language_has_a_name_beside_its_code) {
  Json record = read_json_file(kRoot + "/adapters/us/cases/crisis-within-24-hours/canonical.json").value();
  const Json spoken = parse_json(R"({"spoken": [{"language": "kea"}]})").value();
  JsonValue& person = (*record.FindMember("persons")).value[0];
  set_member(person, "languages", JsonValue(spoken, record.GetAllocator()), record.GetAllocator());
  const auto referral = Referral::from(std::move(record), shipped().canonical);
  ASSERT_TRUE(referral) << referral.error().pointer;
  const auto* canada = dynamic_cast<const MappedProfile*>(shipped().profiles.find("ca"));
  const auto written = canada->from_canonical(*referral, LanguageTag("fr-CA")).value();
  const std::string text = to_text(written.record);
  EXPECT_NE(text.find(R"("label_en":"Kabuverdianu")"), std::string::npos) << text;
  EXPECT_NE(text.find(R"("label_fr":"capverdien")"), std::string::npos) << text;
}

TEST(CanonicalProfile, carries_every_leaf_to_where_it_stands) {
  const auto referral = shipped().profiles.find("us")->to_canonical(
      read_json_file(kRoot + "/adapters/us/cases/crisis-within-24-hours/national.json").value());
  ASSERT_TRUE(referral);
  const Profile& canonical = *shipped().profiles.find("canonical");
  const auto copy = canonical.to_canonical(referral->referral.json());
  ASSERT_TRUE(copy);
  EXPECT_EQ(to_text(copy->referral.json()), to_text(referral->referral.json()));
  for (const ReportLine& line : copy->report.lines()) {
    EXPECT_EQ(line.source, line.target);
    EXPECT_EQ(line.fate, Fate::carried);
  }
}

}  // namespace
}  // namespace hotline
