#include "i18n/dates.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace hotline {
namespace {

const LanguageTag kUs{"en-US"}, kEnCa{"en-CA"}, kFrCa{"fr-CA"}, kMx{"es-MX"};
const CivilDate kDay{1991, 3, 5};

TEST(ParseDate, FollowsTheWriter) {
  EXPECT_EQ(*parse_date("03/05/1991", kUs), kDay);
  EXPECT_EQ(*parse_date("05/03/1991", kMx), kDay);
  EXPECT_EQ(*parse_date("5/3/1991", kFrCa), kDay);
  for (const auto& language : {kUs, kEnCa, kFrCa, kMx}) {
    for (const char* text : {"1991-03-05", "March 5, 1991", "5 mars 1991", "5 de marzo de 1991",
                             "5 de Marzo del 1991", "Mar. 5 1991"}) {
      ASSERT_TRUE(parse_date(text, language).has_value()) << text;
      EXPECT_EQ(*parse_date(text, language), kDay) << text;
    }
  }
  EXPECT_EQ(*parse_date("1er août 2020", kFrCa), (CivilDate{2020, 8, 1}));
  EXPECT_EQ(*parse_date("mayo de 2024", kMx), (CivilDate{2024, 5, 0}));
  EXPECT_EQ(*parse_date("1991", kMx), (CivilDate{1991, 0, 0}));
}

TEST(ParseDate, TellsNoDateFromAnImpossibleOne) {
  for (const char* text : {"", "tomorrow", "05/03/91", "5 de brumario de 1991"}) {
    EXPECT_EQ(parse_date(text, kMx).error().code, ErrorCode::pattern_mismatch) << text;
  }
  for (const char* text :
       {"31/02/1991", "2024-02-30", "30 de febrero de 1991", "05/13/1991", "0 de mayo de 1991"}) {
    EXPECT_EQ(parse_date(text, kMx).error().code, ErrorCode::date_impossible) << text;
  }
}

TEST(FormatDate, IsInTheReadersForm) {
  EXPECT_EQ(format_date(kDay, kUs), "03/05/1991");
  EXPECT_EQ(format_date(kDay, kMx), "05/03/1991");
  EXPECT_EQ(format_date(kDay, kFrCa), "1991-03-05");
  EXPECT_EQ(format_date_long(kDay, kUs), "March 5, 1991");
  EXPECT_EQ(format_date_long({1991, 8, 1}, kFrCa), "1er août 1991");
  EXPECT_EQ(format_date_long(kDay, kMx), "5 de marzo de 1991");
  EXPECT_EQ(format_date_long({1991, 3, 0}, kMx), "marzo de 1991");
}

TEST(FormatDate, IsTheInverseOfParse) {
  rc::check([] {
    CivilDate date{*rc::gen::inRange(1900, 2100), *rc::gen::inRange(0, 13), *rc::gen::inRange(0, 29)};
    if (date.month == 0) date.day = 0;
    for (const auto& language : {kUs, kEnCa, kFrCa, kMx}) {
      RC_ASSERT(*parse_date(format_date(date, language), language) == date);
      RC_ASSERT(*parse_date(format_date_long(date, language), language) == date);
    }
  });
}

TEST(DateSearchForms, HoldWhatPeopleWrite) {
  const auto forms = date_search_forms(kDay);
  for (const char* form :
       {"march 5 1991", "5 mars 1991", "5 de marzo de 1991", "05/03/1991", "3/5/1991", "1991-03-05",
        "march 5", "5 de marzo", "march 1991", "5th of march 1991", "05 03 91"}) {
    EXPECT_NE(std::find(forms.begin(), forms.end(), form), forms.end()) << form;
  }
  EXPECT_TRUE(date_search_forms({1991, 0, 0}).empty());
  EXPECT_TRUE(
      std::is_sorted(forms.begin(), forms.end(), [](auto& a, auto& b) { return a.size() > b.size(); }));
}

TEST(Age, CountsFullYearsOrSaysNothing) {
  EXPECT_EQ(age_in_years({2006, 3, 5}, {2024, 3, 4}), 17);
  EXPECT_EQ(age_in_years({2006, 3, 5}, {2024, 3, 5}), 18);
  EXPECT_EQ(age_in_years({2006, 3, 0}, {2024, 4, 1}), 18);
  EXPECT_EQ(age_in_years({2006, 3, 0}, {2024, 3, 1}), std::nullopt);
  EXPECT_EQ(age_in_years({2006, 0, 0}, {2024, 4, 1}), std::nullopt);
}

TEST(TimeZones, AreNamesOfPlaces) {
  for (const char* zone : {"America/Tijuana", "America/Toronto", "America/Ciudad_Juarez", "UTC"})
    EXPECT_TRUE(is_time_zone(zone)) << zone;
  for (const char* zone : {"", "GMT+5", "Etc/GMT+5", "America/Atlantis", "EST", "-05:00"})
    EXPECT_FALSE(is_time_zone(zone)) << zone;
}

TEST(Windows, AreConvertedOnThatDay) {
  const auto window = parse_window("09:00", "18:30");
  ASSERT_TRUE(window.has_value());
  // Chicago is an hour behind Windsor all year; Mexico City has had no summer time since 2022.
  EXPECT_EQ(convert_window(*window, "America/Chicago", "America/Toronto", {2024, 7, 1})->window,
            (DailyWindow{600, 1170}));
  EXPECT_EQ(convert_window(*window, "America/Mexico_City", "America/New_York", {2024, 7, 1})->window,
            (DailyWindow{660, 1230}));
  EXPECT_EQ(convert_window(*window, "America/Mexico_City", "America/New_York", {2024, 1, 1})->window,
            (DailyWindow{600, 1170}));
  const auto late = convert_window({1380, 60}, "America/Tijuana", "America/Toronto", {2024, 7, 1});
  EXPECT_EQ(late->window, (DailyWindow{120, 240}));
  EXPECT_EQ(late->days, 1);
  EXPECT_EQ(convert_window(*window, "Nowhere/Else", "America/Toronto", {2024, 7, 1}).error().code,
            ErrorCode::value_not_allowed);
}

TEST(Windows, AreReadAndWritten) {
  EXPECT_EQ(*parse_window("18:00", "24:00"), (DailyWindow{1080, 0}));
  EXPECT_EQ(format_minute(1110), "18:30");
  for (const char* text : {"", "9:00", "25:00", "12:60", "24:01", "ab:cd"})
    EXPECT_FALSE(parse_window(text, "12:00").has_value()) << text;
}

TEST(Instants, AreThoseOfTheWallClock) {
  EXPECT_EQ(format_instant(*to_instant({2024, 7, 1}, 1110, "America/Chicago")), "2024-07-01T23:30:00Z");
  // 02:30 does not exist on the night when the clocks go forward.
  EXPECT_EQ(format_instant(*to_instant({2024, 3, 10}, 150, "America/Chicago")), "2024-03-10T08:00:00Z");
  EXPECT_EQ(*civil_date_in(*parse_instant("2024-07-02T03:00:00Z"), "America/Chicago"),
            (CivilDate{2024, 7, 1}));
  const auto said = format_instant_in(*parse_instant("2024-07-01T23:30:00Z"), "America/Toronto", kFrCa);
  ASSERT_TRUE(said.has_value());
  EXPECT_NE(said->find("1 juillet 2024"), std::string::npos) << *said;
  EXPECT_NE(said->find("19"), std::string::npos) << *said;
}

TEST(WindowSpans, BeginOnTheirOwnDayAndMayEndOnTheNext) {
  const auto at = [](const char* text) { return parse_instant(text).value(); };
  // Wednesday 22:00 to Thursday 02:00 in Toronto, asked for a moment of Thursday.
  const auto spans = window_spans({22 * 60, 2 * 60}, {2}, "America/Toronto", at("2026-11-26T06:00:00Z"),
                                  at("2026-11-26T06:01:00Z"));
  ASSERT_TRUE(spans);
  EXPECT_EQ(*spans, (std::vector<Span>{{at("2026-11-26T03:00:00Z"), at("2026-11-26T07:00:00Z")}}));
  EXPECT_FALSE(window_spans({0, 60}, {}, "America/Atlantis", {}, {}));
}

TEST(WindowSpans, OfAnHourThatComesTwiceAreNarrowAndAPlanForItIsWide) {
  const auto at = [](const char* text) { return parse_instant(text).value(); };
  const auto spans = window_spans({60 + 30, 3 * 60}, {}, "America/Toronto", at("2026-11-01T05:00:00Z"),
                                  at("2026-11-01T12:00:00Z"));
  ASSERT_TRUE(spans);
  EXPECT_EQ(*spans, (std::vector<Span>{{at("2026-11-01T06:30:00Z"), at("2026-11-01T08:00:00Z")}}));
  const auto plan = span_on({2026, 11, 1}, {60, 60 + 30}, "America/Toronto");
  ASSERT_TRUE(plan);
  EXPECT_EQ(*plan, (Span{at("2026-11-01T05:00:00Z"), at("2026-11-01T06:30:00Z")}));
}

}  // namespace
}  // namespace hotline
