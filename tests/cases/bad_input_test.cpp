// What arrives damaged or odd: each folder of bad-input/ is a record of the profile `us` (record.json, bytes
// as they came) and what becomes of it (expect.json): refused with a code and a place, or accepted, with the
// values that come out and the notes of what was done to them.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "i18n/base/text_files.h"
#include "tests/support/shipped_data.h"

namespace hotline {
namespace {

namespace fs = std::filesystem;

const fs::path kCases = fs::path(HOTLINE_ROOT) / "tests/cases/bad-input";

using test::must;

const Profile& us() {
  return test::shipped_profile("us");
}

Result<ToCanonical> read(const std::string& name) {
  const std::string bytes = must(read_file((kCases / name / "record.json").string()));
  auto record = parse_json(bytes);
  if (!record) return tl::make_unexpected(record.error());
  return us().to_canonical(*record);
}

std::vector<std::string> names() {
  std::set<std::string> sorted;
  for (const auto& entry : fs::directory_iterator(kCases)) sorted.insert(entry.path().filename().string());
  return {sorted.begin(), sorted.end()};
}

class BadInput : public testing::TestWithParam<std::string> {};

TEST_P(BadInput, IsRefusedWithAPlaceOrTakenWithANote) {
  const Json expect = must(read_json_file((kCases / GetParam() / "expect.json").string()));
  const auto made = read(GetParam());
  if (const JsonValue* refused = member(expect, "refused")) {
    ASSERT_FALSE(made) << "should have been refused";
    EXPECT_EQ(to_string(made.error().code), text_at(*refused, "code"));
    const JsonValue* pointer = member(*refused, "pointer");  // null: no place can be told
    if (!pointer->IsNull()) {
      EXPECT_EQ(made.error().pointer, as_text(*pointer));
    }
    return;
  }
  ASSERT_TRUE(made) << to_string(made.error().code) << " at " << made.error().pointer;
  for (const auto& each : member(expect, "values")->GetObject()) {
    const JsonValue* value = resolve_pointer(made->referral.json(), as_text(each.name));
    ASSERT_NE(value, nullptr) << as_text(each.name);
    EXPECT_EQ(as_text(*value), as_text(each.value));
  }
  const Json report = made->report.to_json();
  const JsonValue* notes = member(report, "notes");
  EXPECT_EQ(notes == nullptr ? "[]" : to_text(*notes), to_text(*member(expect, "notes")));
}

INSTANTIATE_TEST_SUITE_P(Files, BadInput, testing::ValuesIn(names()), [](const auto& each) {
  std::string name = each.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(BadInputInNumbers, AThousandPersonsAreRefusedWithThePlaceAndTheLimit) {
  std::string persons;
  for (int i = 0; i < 1000; ++i)
    persons += (i == 0 ? "" : ",") + std::string(R"({"Id":"c)") + std::to_string(i) + R"("})";
  const auto record =
      parse_json(R"({"Case":{"Id":"500Z1","Referral_Kind__c":"Referral","Referral_Purpose__c":"Services",)"
                 R"("Call_Type__c":"Crisis"},"Contact":{"Id":"003Z1"},"Connected_Persons__r":[)" +
                 persons + "]}");
  ASSERT_TRUE(record);
  const auto made = us().to_canonical(*record);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::length_out_of_range);
  EXPECT_EQ(made.error().pointer, "/Connected_Persons__r");
}

}  // namespace
}  // namespace hotline
