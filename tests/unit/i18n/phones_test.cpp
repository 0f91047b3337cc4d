#include "i18n/phones.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace hotline {
namespace {

TEST(ParsePhone, GivesOneWireForm) {
  for (const char* text : {"+1 202 555 0147", "(202) 555-0147", "1-202-555-0147", "202.555.0147",
                           "２０２ 555 0147", "(202) 555-0147 ext. 9"}) {
    ASSERT_TRUE(parse_phone(text, "US").has_value()) << text;
    EXPECT_EQ(*parse_phone(text, "US"), "+12025550147") << text;
  }
  EXPECT_EQ(*parse_phone("(416) 555-0199", "CA"), "+14165550199");
}

TEST(PhoneExtension, IsWhatTheWireFormCannotHold) {
  for (const char* text : {"(202) 555-0147 x45", "202-555-0147 ext. 45", "202 555 0147 Ext 45",
                           "2025550147#45", "tel:+1-202-555-0147;ext=45", "202 555 0147 extensión 45"}) {
    ASSERT_TRUE(parse_phone(text, "US").has_value()) << text;
    EXPECT_EQ(*parse_phone(text, "US"), "+12025550147") << text;
    EXPECT_EQ(phone_extension(text), "45") << text;
  }
  for (const char* text : {"+1 202 555 0147", "tel:+12025550147", "202 555 0147 x", ""})
    EXPECT_EQ(phone_extension(text), "") << text;
}

TEST(ParsePhone, ForgetsMexicosOldPrefixes) {
  for (const char* text : {"+52 55 0000 0017", "044 55 0000 0017", "045 55 0000 0017", "01 55 0000 0017",
                           "+52 1 55 0000 0017", "55 0000 0017", "011 52 55 0000 0017", "52 55 0000 0017"}) {
    ASSERT_TRUE(parse_phone(text, "MX").has_value()) << text;
    EXPECT_EQ(*parse_phone(text, "MX"), "+525500000017") << text;
  }
}

TEST(ParsePhone, RefusesWhatIsNone) {
  for (const char* text : {"", "911", "555-0147", "+1 102 555 0147", "+52 5500 0017", "+52 155 0000 00178",
                           "call me", "+", "12345678901234567890"}) {
    ASSERT_FALSE(parse_phone(text, "MX").has_value()) << text;
    EXPECT_EQ(parse_phone(text, "MX").error().code, ErrorCode::phone_invalid);
  }
}

TEST(ParsePhone, IsTheInverseOfFormat) {
  rc::check([] {
    const bool mexican = *rc::gen::arbitrary<bool>();
    const int line = *rc::gen::inRange(0, 10000);
    const std::string digits = std::to_string(10000 + line).substr(1);
    const std::string e164 = mexican ? "+52550000" + digits : "+1202555" + digits;
    for (const char* region : {"US", "CA", "MX"})
      RC_ASSERT(*parse_phone(format_phone(e164, region), region) == e164);
  });
}

TEST(FormatPhone, IsNationalAtHomeAndInternationalAbroad) {
  EXPECT_EQ(format_phone("+12025550147", "CA"), "(202) 555-0147");
  EXPECT_EQ(format_phone("+12025550147", "MX"), "+1 202-555-0147");
  EXPECT_EQ(format_phone("+525500000017", "US"), "+52 55 0000 0017");
  EXPECT_EQ(format_phone("no number", "US"), "no number");
}

// What readers at home in Puerto Rico or Guatemala see is always written by libphonenumber, number by number.
TEST(FormatPhone, WritesWellKnownNumbersAsLibphonenumberDoes) {
  for (int area = 200; area < 1000; ++area)
    for (const char* line : {"2550147", "5550100", "9999999"}) {
      const std::string american = "+1" + std::to_string(area) + line;
      EXPECT_EQ(format_phone(american, "US"), format_phone(american, "PR"));
      EXPECT_EQ(format_phone(american, "MX"), format_phone(american, "GT"));
      const std::string mexican = "+52" + std::to_string(area) + line, abroad = format_phone(mexican, "GT");
      EXPECT_EQ(format_phone(mexican, "US"), abroad);
      EXPECT_EQ("+52 " + format_phone(mexican, "MX"), abroad);
    }
}

std::vector<std::string> found_in(const std::string& text, const char* region) {
  std::vector<std::string> found;
  for (const auto& span : find_phones(text, region)) {
    found.push_back(text.substr(span.begin, span.end - span.begin) + '=' + span.e164 +
                    (span.certain ? "" : "?"));
  }
  return found;
}
using Found = std::vector<std::string>;

TEST(FindPhones, FindsThemAsPeopleWriteThem) {
  EXPECT_EQ(found_in("Mi número es 55 0000 0017 o 044-55-0000-0018.", "MX"),
            (Found{"55 0000 0017=+525500000017", "044-55-0000-0018=+525500000018"}));
  EXPECT_EQ(found_in("call (202) 555-0147/202.555.0148", "US"),
            (Found{"(202) 555-0147=+12025550147", "202.555.0148=+12025550148"}));
  EXPECT_EQ(found_in("tél. 514 555 01 99", "CA"), (Found{"514 555 01 99=+15145550199"}));
  EXPECT_EQ(found_in("5 5 0 0 0 0 0 0 1 7", "MX"), (Found{"5 5 0 0 0 0 0 0 1 7=+525500000017"}));
  EXPECT_EQ(found_in("+509 22 22 0000 en Haití", "CA"), (Found{"+509 22 22 0000=+50922220000"}));
  EXPECT_EQ(found_in("whats +52 1 55 0000 0017", "US"), (Found{"+52 1 55 0000 0017=+525500000017"}));
}

// A country that joins later has numbers of its own length: eight digits in Guatemala, with or without a gap.
TEST(FindPhones, FindsThoseOfAnyOtherCountryThatWroteTheText) {
  for (const char* text : {"mi cel es 50123456", "mi cel es 5012 3456", "mi cel es 5012-3456"}) {
    const auto found = find_phones(text, "GT");
    ASSERT_EQ(found.size(), 1u) << text;
    EXPECT_EQ(found[0].e164, "+50250123456") << text;
    EXPECT_TRUE(found[0].certain) << text;
  }
  EXPECT_TRUE(find_phones("fui en 2024 2025", "GT").empty());
  EXPECT_TRUE(find_phones("folio 90123456", "GT").empty());  // no number begins so
  EXPECT_TRUE(find_phones("folio 50123456", "MX").empty());
}

TEST(FindPhones, MarksShortOnesAsUncertain) {
  EXPECT_EQ(found_in("room 12, 555-0147", "US"), (Found{"555-0147=?"}));
}

TEST(FindPhones, LeavesDatesYearsAndOtherNumbersAlone) {
  for (const char* text : {"2024-03-05 10:30", "05/03/1991 12", "from 2019-2024", "1991 2024", "130 000 003",
                           "002180000000000012", "PUEX900101MDFRJC06", "$1,500.00", "A000000017", "12 34"}) {
    EXPECT_EQ(found_in(text, "US"), (Found{})) << text;
    EXPECT_EQ(found_in(text, "MX"), (Found{})) << text;
  }
}

TEST(FindPhones, SpansRiseStayInBoundsAndDoNotOverlap) {
  rc::check([](const std::vector<std::uint8_t>& picks) {
    static const std::vector<std::string> pieces = {"5", "55", "202", "0000", " ", "-",  "(",
                                                    ")", "+",  "+52", "ñ",    "x", "044"};
    std::string text;
    for (auto pick : picks) text += pieces[pick % pieces.size()];
    std::size_t last = 0;
    for (const auto& span : find_phones(text, "MX")) {
      RC_ASSERT(span.begin >= last);
      RC_ASSERT(span.end > span.begin);
      RC_ASSERT(span.end <= text.size());
      last = span.end;
    }
  });
}

TEST(HotlineNumbers, AreKnownInEveryForm) {
  const auto known = HotlineNumbers::load(HOTLINE_ROOT);
  ASSERT_TRUE(known.has_value());
  for (const char* number :
       {"911", "1-888-373-7888", "+18883737888", "800 5533 000", "*2222", "233733", "(833) 900-1010"}) {
    EXPECT_TRUE(known->contains(number)) << number;
  }
  for (const char* number : {"", "+12025550147", "91"}) EXPECT_FALSE(known->contains(number)) << number;
}

}  // namespace
}  // namespace hotline
