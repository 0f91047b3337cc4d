// The measure itself: syllables as people say them, and texts of known difficulty.
#include "tests/support/reading.h"

#include <gtest/gtest.h>

namespace hotline::test {
namespace {

int in_en(const char* word) {
  return syllables_of(word, "en");
}
int in_es(const char* word) {
  return syllables_of(word, "es");
}
int in_fr(const char* word) {
  return syllables_of(word, "fr");
}

TEST(Syllables, English) {
  for (const char* word :
       {"share", "asked", "made", "sides", "laws", "court", "help", "yes", "don’t", "they"})
    EXPECT_EQ(in_en(word), 1) << word;
  for (const char* word : {"decide", "table", "people", "wanted", "going", "action", "services"})
    EXPECT_EQ(in_en(word), word == std::string("services") ? 3 : 2) << word;
  for (const char* word : {"family", "anybody", "confirmation", "interpreter"})
    EXPECT_EQ(in_en(word), word == std::string("family") ? 3 : 4) << word;
}

TEST(Syllables, Spanish) {
  for (const char* word : {"que", "quien", "bien", "muy", "más", "sin"}) EXPECT_EQ(in_es(word), 1) << word;
  for (const char* word : {"salud", "quiere", "seguir", "país", "ahora"})
    EXPECT_EQ(in_es(word), word == std::string("ahora") ? 3 : 2) << word;
  for (const char* word : {"familia", "policía", "compartiríamos", "averigüe"})
    EXPECT_EQ(in_es(word), word == std::string("familia")          ? 3
                           : word == std::string("compartiríamos") ? 6
                                                                   : 4)
        << word;
}

TEST(Syllables, French) {
  for (const char* word : {"que", "aide", "vous", "loi", "juge", "pays", "qu’on", "l’aide"})
    EXPECT_EQ(in_fr(word), 1) << word;
  for (const char* word : {"police", "santé", "service", "enfant", "arrêter"})
    EXPECT_EQ(in_fr(word), word == std::string("arrêter") ? 3 : 2) << word;
  for (const char* word : {"sécurité", "partagerions"}) EXPECT_EQ(in_fr(word), 4) << word;
}

TEST(Counts, ALineEndsASentenceAndAnAbbreviationInsideAWordDoesNot) {
  const Counts counts = count("For Yoli\nYou decide. You can say no!\n- your health\n", "en");
  EXPECT_EQ(counts.sentences, 4);
  EXPECT_EQ(counts.words, 10);
}

// The sentence that the tables of the formula are explained with: six words of one syllable.
TEST(ReadingGrade, IsThatOfThePublishedFormula) {
  EXPECT_NEAR(flesch_kincaid_grade(count("The cat sat on the mat.", "en")), -1.45, 0.01);
  EXPECT_NEAR(fernandez_huerta_ease({1, 10, 20}), 206.84 - 120 - 10.2, 0.001);
  EXPECT_NEAR(kandel_moles_ease({1, 10, 15}), 207 - 10.15 - 110.4, 0.001);
}

TEST(ReadingGrade, ToldFromLegalProse) {
  EXPECT_FALSE(is_plain_to_hear(
      "The undersigned hereby authorizes the disclosure of the aforementioned information pursuant to the "
      "applicable confidentiality provisions.",
      "en"));
  EXPECT_FALSE(
      is_plain_to_hear("La persona titular autoriza expresamente la transferencia de sus datos personales de "
                       "conformidad con las "
                       "disposiciones aplicables en materia de confidencialidad.",
                       "es"));
  EXPECT_FALSE(
      is_plain_to_hear("La personne soussignée autorise expressément la communication des renseignements "
                       "personnels susmentionnés "
                       "conformément aux dispositions législatives applicables.",
                       "fr"));
}

}  // namespace
}  // namespace hotline::test
