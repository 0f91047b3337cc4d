#include "i18n/hygiene.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "i18n/base/utf8.h"
#include "i18n/fold.h"

namespace hotline {
namespace {

using Notes = std::vector<TextNote>;

TEST(Hygiene, PlainTextIsLeftAlone) {
  const TidyText tidy = tidy_text("Maria O'Neil, 12 Main St.\n", TextUse::value);
  EXPECT_EQ(tidy.text, "Maria O'Neil, 12 Main St.\n");
  EXPECT_TRUE(tidy.notes.empty());
  EXPECT_TRUE(tidy_text("Lucía Peña Ñuñoa", TextUse::value).notes.empty());
}

TEST(Hygiene, EachNoteStandsOnceInOrder) {
  const TidyText tidy =
      tidy_text("e\u0301\u200b\u200b\r\nе\u0301x", TextUse::value);  // the second e is Cyrillic
  EXPECT_EQ(tidy.notes, (Notes{TextNote::composed, TextNote::line_ends, TextNote::invisible_removed,
                               TextNote::mixed_scripts}));
}

TEST(Hygiene, OneWordOfAnotherAlphabetIsNoLookAlike) {
  EXPECT_TRUE(tidy_text("Мария (Maria)", TextUse::value).notes.empty());
  EXPECT_EQ(tidy_text("Mаria", TextUse::value).notes, Notes{TextNote::mixed_scripts});
}

TEST(Hygiene, NothingTurnsTheTextAroundItOnAScreen) {
  EXPECT_EQ(for_display("a\u202eb\u2066c\u200fd\U000E0041"), "abcd");
  EXPECT_EQ(for_display("مه\u200cسا"), "مه\u200cسا");
}

RC_GTEST_PROP(Hygiene, ATidyTextIsInNfcAndTidyingItAgainChangesNothing, ()) {
  const auto points = *rc::gen::container<std::u32string>(
      rc::gen::elementOf(std::u32string(U"aé "
                                        U"e\u0301n\u0303\r\n\u200b\u200d\u202e\u0647\u0915\u094dо\u1100\u1161"
                                        U"\u00ad\ufeff\U0001F469\U000E0041")));
  for (const TextUse use : {TextUse::value, TextUse::words}) {
    const std::string once = tidy_text(to_utf8(points), use).text;
    RC_ASSERT(nfc(once) == once);
    RC_ASSERT(tidy_text(once, use).text == once);
    RC_ASSERT(once.find('\r') == std::string::npos);
  }
}

TEST(Hygiene, CallsPlainOnlyWhatIsComposedAndVisible) {
  for (const char* text : {"Ramón Núñez, ¿sí?", "L’Écuyer – « oui »…", "Łódź"})
    EXPECT_TRUE(is_plain(text)) << text;
  for (const char* text :
       {"e\u0301", "a\u00ADb", "a\u200Bb", "a\u200Eb", "a\u202Eb", "a\u2060b", "\uFEFFa", "Ахмед", "a\rb"})
    EXPECT_FALSE(is_plain(text)) << text;
  for (char32_t c = 0xA0; c < 0xFFF0; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    const std::string text = to_utf8(std::u32string(1, c));
    if (!is_plain(text)) continue;
    EXPECT_EQ(nfc(text), text) << static_cast<std::uint32_t>(c);
    EXPECT_TRUE(tidy_text("x\r\n" + text, TextUse::words).notes == std::vector{TextNote::line_ends})
        << "looked at closely it is tidy too: " << static_cast<std::uint32_t>(c);
  }
}

}  // namespace
}  // namespace hotline
