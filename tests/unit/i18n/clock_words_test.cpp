// Times of day and their cities, as a text says them.
#include "i18n/clock_words.h"

#include <gtest/gtest.h>

namespace hotline {
namespace {

TEST(ClockWords, ATimeOfDayIsWrittenAsItsLanguageDoes) {
  for (const char* language : {"en", "es-MX"}) {
    EXPECT_EQ(format_time_of_day(9 * 60, LanguageTag(language)), "09:00");
    EXPECT_EQ(format_time_of_day(24 * 60, LanguageTag(language)), "24:00");
  }
  EXPECT_EQ(format_time_of_day(9 * 60, LanguageTag("fr-CA")), "9\u00a0h");
  EXPECT_EQ(format_time_of_day(18 * 60 + 5, LanguageTag("fr-CA")), "18\u00a0h\u00a005");
}

TEST(ClockWords, AZoneIsSaidByItsCityInTheLanguage) {
  EXPECT_EQ(city_of_zone("America/Mexico_City", LanguageTag("es-MX")), "Ciudad de México");
  EXPECT_EQ(city_of_zone("America/Mexico_City", LanguageTag("en")), "Mexico City");
  EXPECT_EQ(city_of_zone("America/New_York", LanguageTag("fr-CA")), "New York");
  // Younger than the library's list of cities.
  EXPECT_EQ(city_of_zone("America/Ciudad_Juarez", LanguageTag("en")), "Ciudad Juarez");
  EXPECT_EQ(city_of_zone("UTC", LanguageTag("fr")), "UTC");
}

TEST(ClockWords, TheMinuteOfTheDayIsThatOfTheWall) {
  const Instant at = *parse_instant("2026-11-21T00:30:00Z");
  EXPECT_EQ(*minute_of_day_in(at, "America/Chicago"), 18 * 60 + 30);
  EXPECT_EQ(*minute_of_day_in(at, "UTC"), 30);
  EXPECT_FALSE(minute_of_day_in(at, "CST"));
}

}  // namespace
}  // namespace hotline
