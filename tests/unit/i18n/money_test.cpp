#include "i18n/money.h"

#include <gtest/gtest.h>

namespace hotline {
namespace {

std::string said(const char* amount, const char* currency, const char* language) {
  return format_money(amount, currency, LanguageTag{language});
}

TEST(Money, IsWrittenAsItsReaderWritesIt) {
  EXPECT_EQ(said("1200.5", "MXN", "en-US"), "MX$1,200.50");
  EXPECT_EQ(said("1200.5", "MXN", "es-MX"), "$1,200.50");
  EXPECT_EQ(said("1200.5", "USD", "en-CA"), "US$1,200.50");
  EXPECT_EQ(said("1200.5", "CAD", "en-CA"), "$1,200.50");
  EXPECT_EQ(said("1200.5", "CAD", "fr-CA"), "1\u00a0200,50\u00a0$");
  EXPECT_EQ(said("1200.5", "USD", "fr-CA"), "1\u00a0200,50\u00a0$\u00a0US");
  EXPECT_EQ(said("300", "GTQ", "es-MX"), "GTQ\u00a0300.00");
}

// Two people must not read two amounts.
TEST(Money, LosesNoDigit) {
  EXPECT_EQ(said("0.125", "USD", "en-US"), "$0.125");
  EXPECT_EQ(said("12345678901234567.89", "USD", "en-US"), "$12,345,678,901,234,567.89");
  EXPECT_EQ(said("5000", "JPY", "en-US"), "¥5,000");
}

TEST(Money, ThatCannotBeReadStandsAsItIs) {
  for (const char* amount : {"1e9", "NaN", "1.2.3", "", "12,50", "."})
    EXPECT_EQ(said(amount, "USD", "es-MX"), std::string(amount) + " USD");
  EXPECT_EQ(said("5", "usd", "en"), "5 usd");
  EXPECT_EQ(said("5", "pesos", "en"), "5 pesos");
}

}  // namespace
}  // namespace hotline
