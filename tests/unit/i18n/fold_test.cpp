#include "i18n/fold.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace hotline {
namespace {

std::string any_text() {
  const auto points = *rc::gen::container<std::vector<char32_t>>(rc::gen::oneOf(
      rc::gen::inRange<char32_t>(0x20, 0x7F), rc::gen::inRange<char32_t>(0xA0, 0x600),
      rc::gen::inRange<char32_t>(0x300, 0x370), rc::gen::inRange<char32_t>(0x1100, 0x3100),
      rc::gen::inRange<char32_t>(0xFB00, 0xFFEF), rc::gen::inRange<char32_t>(0x10000, 0x20000)));
  std::string text;
  for (char32_t c : points) append_utf8(c, text);
  return text;
}

TEST(Fold, MakesOneFormOfWhatPeopleType) {
  for (const char* typed : {"MARÍA", "maria",
                            "Mari\xCC\x81"
                            "a",
                            "Ｍａｒｉａ", "Ma\xE2\x80\x8Bria", "Ma\xC2\xADr\u00EDa"}) {
    EXPECT_EQ(fold_for_search(typed), "maria") << typed;
  }
  EXPECT_EQ(fold_for_search("Muñoz Ñandú"), "munoz nandu");
  EXPECT_EQ(fold_for_search("Sœur Łukasz Ørsted Straße"), "soeur lukasz orsted strasse");
  EXPECT_EQ(fold_for_search("O’Brien–D´Angelo"), "o'brien-d'angelo");
  EXPECT_EQ(fold_for_search("a\u00A0b\tc\nd"), "a b c d");
  EXPECT_EQ(fold_for_search("٠١٢ ５５"), "012 55");
  EXPECT_EQ(fold_for_search("й"), fold_for_search("и"));
}

TEST(Fold, SeesThroughLettersOfOtherScriptsWhenAsked) {
  EXPECT_NE(fold_for_search("Mаriа"), "maria");  // two Cyrillic letters
  EXPECT_EQ(fold_for_search("Mаriа", Confusables::map), "maria");
  EXPECT_EQ(fold_for_search("María", Confusables::map), "maria");
}

TEST(Fold, IsIdempotent) {
  rc::check([] {
    const std::string once = fold_for_search(any_text());
    RC_ASSERT(fold_for_search(once) == once);
  });
}

TEST(Fold, OffsetsRiseStayInBoundsAndAgreeWithThePlainFold) {
  rc::check([] {
    const std::string text = any_text();
    const FoldedText folded = fold_with_offsets(text);
    RC_ASSERT(folded.text == fold_to_utf32(text));
    RC_ASSERT(folded.begin.size() == folded.text.size() && folded.end.size() == folded.text.size());
    RC_ASSERT(std::is_sorted(folded.begin.begin(), folded.begin.end()));
    RC_ASSERT(std::is_sorted(folded.end.begin(), folded.end.end()));
    for (std::size_t i = 0; i < folded.text.size(); ++i) {
      RC_ASSERT(folded.begin[i] < folded.end[i]);
      RC_ASSERT(folded.end[i] <= text.size());
    }
    const FoldedBytes bytes = to_bytes(folded);
    RC_ASSERT(bytes.text == to_utf8(folded.text));
    RC_ASSERT(bytes.begin.size() == bytes.text.size() && bytes.end.size() == bytes.text.size());
  });
}

TEST(Fold, AMatchIsCutOutOfTheOriginalWhole) {
  const std::string text = "Habló con José Ángel, ayer";
  const FoldedText folded = fold_with_offsets(text);
  const auto at = folded.text.find(U"jose angel");
  ASSERT_NE(at, std::u32string::npos);
  const auto begin = folded.begin[at];
  EXPECT_EQ(text.substr(begin, folded.end[at + 9] - begin), "José Ángel");
}

TEST(Fold, LongRunsOfMarksDoNotTakeLong) {
  std::string text = "a";
  for (int i = 0; i < 300'000; ++i) text += (i % 2 == 0) ? "\xCC\x81" : "\xCC\xA7";
  EXPECT_EQ(fold_for_search(text), "a");
  EXPECT_FALSE(nfc(text).empty());
}

TEST(Words, AreRunsOfLettersAndDigits) {
  const std::u32string folded = fold_to_utf32("¿Doña Ana, tel. 55-00?");
  std::vector<std::string> found;
  for (const auto& word : words(folded))
    found.push_back(to_utf8(folded.substr(word.begin, word.end - word.begin)));
  EXPECT_EQ(found, (std::vector<std::string>{"dona", "ana", "tel", "55", "00"}));
}

TEST(Nfc, ComposesAndKeepsWhatIsComposed) {
  EXPECT_EQ(nfc("Jose\xCC\x81"), "José");
  rc::check([] {
    const std::string once = nfc(any_text());
    RC_ASSERT(nfc(once) == once);
  });
}

TEST(Utf8, CountsCodePointsBeforeAByte) {
  EXPECT_EQ(code_point_index("añb", 0), 0u);
  EXPECT_EQ(code_point_index("añb", 3), 2u);
  EXPECT_EQ(code_point_index("añb", 99), 3u);
}

}  // namespace
}  // namespace hotline
