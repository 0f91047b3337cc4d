// Where a profile's list is ours, its labels are copies of i18n/codes: they change together.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "i18n/base/json.h"

namespace hotline {
namespace {

const std::string kRoot = HOTLINE_ROOT;

// The same code for something of the form's own: an option of Primero's, an administrative gender and two
// states of a Task of FHIR's.
const std::set<std::string> kTheirOwn{"primero exploitation_type other", "fhir gender unknown",
                                      "fhir referral_status draft", "fhir referral_status ready"};

std::string code_of(std::string_view national) {
  const std::size_t bar = national.rfind('|');
  if (bar == std::string_view::npos) return std::string(national);
  return national.starts_with("tag:hotline-gateway.example,") ? std::string(national.substr(bar + 1)) : "";
}

const JsonValue* labels_of(const Json& ours, const std::string& code) {
  for (const JsonValue& one : ours["codes"].GetArray())
    if (text_at(one, "code") == code) return member(one, "labels");
  return nullptr;
}

class CopiedLabels : public testing::TestWithParam<const char*> {};

TEST_P(CopiedLabels, say_what_the_list_itself_says) {
  std::size_t compared = 0;
  for (const auto& file : std::filesystem::directory_iterator(kRoot + "/adapters/" + GetParam() + "/codes")) {
    const std::string system = file.path().stem().string();
    const auto theirs = read_json_file(file.path().string());
    const auto ours = read_json_file(kRoot + "/i18n/codes/" + system + ".json");
    ASSERT_TRUE(theirs && ours) << system;
    for (const JsonValue& one : (*theirs)["national"].GetArray()) {
      const std::string national(text_at(one, "code")), code = code_of(national);
      const JsonValue *copies = member(one, "labels"), *labels = labels_of(*ours, code);
      if (copies == nullptr || labels == nullptr) continue;
      if (kTheirOwn.count(std::string(GetParam()) + " " + system + " " + national) > 0) continue;
      for (const auto& copy : copies->GetObject()) {
        ++compared;
        EXPECT_EQ(as_text(copy.value), text_at(*labels, as_text(copy.name)))
            << system << " " << code << " " << as_text(copy.name);
      }
    }
  }
  EXPECT_GT(compared, 0u);
}

INSTANTIATE_TEST_SUITE_P(adapters, CopiedLabels, testing::Values("primero", "fhir"),
                         [](const auto& info) { return std::string(info.param); });

}  // namespace
}  // namespace hotline
