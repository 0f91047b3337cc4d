#include "i18n/base/clock.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace hotline {
namespace {

TEST(Instants, AreReadWithAnyOffsetAndWrittenInUtc) {
  EXPECT_EQ(format_instant(*parse_instant("2024-03-05T10:00:00-07:00")), "2024-03-05T17:00:00Z");
  EXPECT_EQ(format_instant(*parse_instant("2024-03-05t10:00:00.25z")), "2024-03-05T10:00:00.250Z");
  EXPECT_EQ(parse_instant("1970-01-01T00:00:00Z")->ms, 0);
  EXPECT_EQ(format_instant({-1}), "1969-12-31T23:59:59.999Z");
}

TEST(Instants, ThatAreNoneAreRefused) {
  for (const char* shape : {"", "2024-03-05", "2024-03-05T10:00:00", "2024-03-05 10:00:00Z",
                            "2024-03-05T10:00:00.Z", "2024-03-05T10:00:00+7:00", "2024-03-05T10:00:00Zx"}) {
    EXPECT_EQ(parse_instant(shape).error().code, ErrorCode::pattern_mismatch) << shape;
  }
  for (const char* impossible :
       {"2024-02-30T10:00:00Z", "2024-13-01T10:00:00Z", "2024-03-05T24:00:00Z", "2023-02-29T00:00:00Z"}) {
    EXPECT_EQ(parse_instant(impossible).error().code, ErrorCode::date_impossible) << impossible;
  }
}

TEST(Instants, SurviveWritingAndReading) {
  rc::check([](std::int64_t any) {
    const Instant at{any % 64'000'000'000'000};
    RC_PRE(at.ms > -60'000'000'000'000);
    RC_ASSERT(*parse_instant(format_instant(at)) == at);
  });
}

TEST(CivilDates, MayBePartial) {
  EXPECT_EQ(*parse_civil_date("1991"), (CivilDate{1991, 0, 0}));
  EXPECT_EQ(*parse_civil_date("1991-03"), (CivilDate{1991, 3, 0}));
  EXPECT_EQ(*parse_civil_date("1991-03-05"), (CivilDate{1991, 3, 5}));
  for (const char* text : {"1991", "1991-03", "1991-03-05"})
    EXPECT_EQ(format_civil_date(*parse_civil_date(text)), text);
}

TEST(CivilDates, ThatCannotBeAreRefused) {
  EXPECT_EQ(parse_civil_date("2024-02-30").error().code, ErrorCode::date_impossible);
  EXPECT_EQ(parse_civil_date("2023-02-29").error().code, ErrorCode::date_impossible);
  EXPECT_EQ(parse_civil_date("2023-00").error().code, ErrorCode::date_impossible);
  EXPECT_TRUE(parse_civil_date("2024-02-29").has_value());
  for (const char* shape : {"", "91", "1991-3-5", "1991-03-", "05/03/1991", "1991-03-055"}) {
    EXPECT_EQ(parse_civil_date(shape).error().code, ErrorCode::pattern_mismatch) << shape;
  }
}

TEST(CivilDates, OfAnInstantAreThoseOfUtc) {
  EXPECT_EQ(civil_date_utc(*parse_instant("2024-03-05T23:30:00-07:00")), (CivilDate{2024, 3, 6}));
  EXPECT_EQ(civil_date_utc({-1}), (CivilDate{1969, 12, 31}));
}

}  // namespace
}  // namespace hotline
