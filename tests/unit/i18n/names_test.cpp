#include "i18n/names.h"

#include <gtest/gtest.h>

namespace hotline {
namespace {

std::pair<std::string, std::string> split(const char* name) {
  const auto surnames = split_surnames(name);
  return {surnames.first, surnames.second};
}
using Two = std::pair<std::string, std::string>;

TEST(SplitSurnames, SplitsOnlyWhatIsCertain) {
  EXPECT_EQ(split("Reyes Ortiz"), (Two{"Reyes", "Ortiz"}));
  EXPECT_EQ(split("de la Cruz Pérez"), (Two{"de la Cruz", "Pérez"}));
  EXPECT_EQ(split("Pérez de  la Cruz"), (Two{"Pérez", "de la Cruz"}));
  EXPECT_EQ(split("García-López"), (Two{"García-López", ""}));
  EXPECT_EQ(split("Ortega y Gasset"), (Two{"Ortega y Gasset", ""}));
  EXPECT_EQ(split("Uno Tres Cuatro"), (Two{"Uno Tres Cuatro", ""}));
  EXPECT_EQ(split("Smith"), (Two{"Smith", ""}));
  EXPECT_EQ(split(""), (Two{"", ""}));
}

TEST(SplitSurnames, JoinedAgainIsTheSameName) {
  for (const char* name :
       {"Reyes Ortiz", "de la Cruz Pérez", "García-López", "Ortega y Gasset", "Uno Tres Cuatro", "Smith"}) {
    const auto surnames = split_surnames(name);
    EXPECT_EQ(join_surnames(surnames.first, surnames.second), name);
  }
}

TEST(FormatName, LosesNoSurnameAndKeepsThePersonsOrder) {
  EXPECT_EQ(format_name({"María Fernanda", "Reyes", "Ortiz", false}, LanguageTag{"en-US"}),
            "María Fernanda Reyes Ortiz");
  EXPECT_EQ(format_name({"Minh", "Nguyễn", "", true}, LanguageTag{"en-CA"}), "Nguyễn Minh");
  EXPECT_EQ(format_name({"Suharto", "", "", false}, LanguageTag{"es-MX"}), "Suharto");
}

TEST(NameWords, LeaveParticlesOut) {
  EXPECT_EQ(name_words("Juana de la Cruz García-López"),
            (std::vector<std::string>{"Juana", "Cruz", "García", "López"}));
}

TEST(NameSearchForms, HoldEveryWayTheNameMayStand) {
  const auto forms = name_search_forms({"María Fernanda", "de la Cruz", "Ortiz", false});
  for (const char* form :
       {"maria", "fernanda", "cruz", "ortiz", "maria fernanda de la cruz ortiz", "maria de la cruz",
        "maria ortiz", "de la cruz ortiz maria fernanda", "de la cruz", "m de la cruz", "maria c"}) {
    EXPECT_NE(std::find(forms.begin(), forms.end(), form), forms.end()) << form;
  }
  for (const char* none : {"de", "la", "m", ""})
    EXPECT_EQ(std::find(forms.begin(), forms.end(), none), forms.end()) << none;
  EXPECT_TRUE(
      std::is_sorted(forms.begin(), forms.end(), [](auto& a, auto& b) { return a.size() > b.size(); }));
}

TEST(NameSearchForms, OfCompoundNamesAlsoRunTogether) {
  const auto forms = name_search_forms("Sinéad O’Brien");
  for (const char* form : {"sinead", "brien", "o brien", "obrien", "sinead o brien"}) {
    EXPECT_NE(std::find(forms.begin(), forms.end(), form), forms.end()) << form;
  }
}

TEST(NameSearchForms, OfNoNameAreNone) {
  EXPECT_TRUE(name_search_forms(PersonName{}).empty());
  EXPECT_TRUE(name_search_forms("").empty());
}

}  // namespace
}  // namespace hotline
