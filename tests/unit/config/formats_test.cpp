#include "config/formats.h"

#include <gtest/gtest.h>

namespace hotline {
namespace {

struct Case {
  const char* format;
  const char* text;
  std::optional<ErrorCode> fault;
};

void PrintTo(const Case& c, std::ostream* out) {
  *out << c.format << ' ' << c.text;
}

class FormatTest : public testing::TestWithParam<Case> {};

TEST_P(FormatTest, TakesWhatIsRightAndNamesWhatIsWrong) {
  const auto format = format_from(GetParam().format);
  ASSERT_TRUE(format);
  EXPECT_EQ(format_fault(*format, GetParam().text), GetParam().fault);
}

constexpr auto kFine = std::nullopt;

INSTANTIATE_TEST_SUITE_P(
    Each, FormatTest,
    testing::Values(
        Case{"civil_date", "2024-02", kFine}, Case{"civil_date", "2024-02-30", ErrorCode::date_impossible},
        Case{"instant", "2026-01-01T00:00:00Z", kFine}, Case{"language", "es-MX", kFine},
        Case{"language", "ES_mx", ErrorCode::language_unknown},  // not the canonical form
        Case{"country", "MX", kFine}, Case{"country", "mx", ErrorCode::code_unknown},
        Case{"subdivision", "MX-OAX", kFine}, Case{"subdivision", "US-NY", kFine},
        Case{"subdivision", "OAX", ErrorCode::code_unknown},
        Case{"subdivision", "MX-oax", ErrorCode::code_unknown}, Case{"e164", "+525500000017", kFine},
        Case{"e164", "+0525500000", ErrorCode::phone_invalid},
        Case{"e164", "5500000017", ErrorCode::phone_invalid}, Case{"time_zone", "America/Tijuana", kFine},
        Case{"time_zone", "PST8", ErrorCode::code_unknown}, Case{"currency", "CAD", kFine},
        Case{"currency", "cad", ErrorCode::code_unknown}, Case{"email", "ana@example.org", kFine},
        Case{"email", "ana@@example.org", ErrorCode::pattern_mismatch},
        Case{"email", "ana@localhost", ErrorCode::pattern_mismatch},
        Case{"email", "a b@example.org", ErrorCode::pattern_mismatch},
        Case{"email", "@example.org", ErrorCode::pattern_mismatch}, Case{"decimal", "-12.50", kFine},
        Case{"decimal", "12.", ErrorCode::pattern_mismatch},
        Case{"decimal", ".5", ErrorCode::pattern_mismatch},
        Case{"decimal", "1e3", ErrorCode::pattern_mismatch}, Case{"time_of_day", "18:30", kFine},
        Case{"time_of_day", "24:00", kFine}, Case{"time_of_day", "24:01", ErrorCode::pattern_mismatch},
        Case{"time_of_day", "12:60", ErrorCode::pattern_mismatch},
        Case{"time_of_day", "9:00", ErrorCode::pattern_mismatch}));

TEST(FormatNameTest, UnknownFormatsHaveNoMeaning) {
  EXPECT_FALSE(format_from("uri"));
}

}  // namespace
}  // namespace hotline
