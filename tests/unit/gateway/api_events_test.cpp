// Whatever the hotline's own system is told, it is told in words too: in every language that people read.
#include "gateway/exchange/events.h"

#include <gtest/gtest.h>

#include "gateway/seal/codes.h"
#include "i18n/base/json.h"
#include "i18n/catalog.h"

namespace hotline {
namespace {

class EventWords : public testing::TestWithParam<const char*> {
 protected:
  static const Catalog& catalog() {
    static const Catalog loaded = *Catalog::load(HOTLINE_ROOT);
    return loaded;
  }
  void expect_words(const std::string& key) {
    const LanguageTag language(GetParam());
    ASSERT_TRUE(catalog().has(key, language)) << key;
    const std::string text = catalog().text(key, language);
    EXPECT_GT(text.size(), 10u) << key;
    EXPECT_EQ(text.back(), '.') << text;
  }
};

// The compiler asks for a name of every kind (to_string), and this for its sentence.
std::vector<std::string> kinds() {
  std::vector<std::string> out;
  for (int i = 0; !to_string(static_cast<EventKind>(i)).empty(); ++i)
    out.emplace_back(to_string(static_cast<EventKind>(i)));
  return out;
}

TEST_P(EventWords, EveryKindHasItsSentence) {
  ASSERT_GE(kinds().size(), 9u);
  for (const std::string& kind : kinds()) expect_words("event." + kind);
}

TEST_P(EventWords, EveryReasonHasItsSentence) {
  const Json api = *read_json_file(std::string(HOTLINE_ROOT) + "/gateway/api/openapi.json");
  int reasons = 0;
  for (; control_reason_from(to_string(static_cast<ControlReason>(reasons))); ++reasons)
    expect_words("reason." + std::string(to_string(static_cast<ControlReason>(reasons))));
  EXPECT_EQ(static_cast<unsigned>(reasons), api["components"]["schemas"]["Reason"]["enum"].Size());
}

INSTANTIATE_TEST_SUITE_P(All, EventWords, testing::Values("en", "fr", "es"),
                         [](const auto& info) { return std::string(info.param); });

TEST(EventKinds, AreThoseThatTheApiDescribes) {
  const Json api = *read_json_file(std::string(HOTLINE_ROOT) + "/gateway/api/openapi.json");
  std::vector<std::string> described;
  const JsonValue& kind =
      api["components"]["schemas"]["Events"]["properties"]["events"]["items"]["properties"]["kind"];
  for (const JsonValue& each : kind["enum"].GetArray()) described.emplace_back(as_text(each));
  EXPECT_EQ(described, kinds());
}

}  // namespace
}  // namespace hotline
