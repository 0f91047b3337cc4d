// What a record says of itself in words and of the maps that made it: the coded summary, the list of maps.
#include "tests/unit/adapters/small_profile.h"

namespace hotline {
namespace {

// The codes of a person in words: needs, then gender.
void with_summary(SmallProfile& small,
                  const std::string& of = R"("/needs/items/*/need", "/orientation_gender/gender")",
                  const std::string& words = R"({"type": "string", "maxLength": 400})") {
  person_rule(small, "\"words\": " + words,
              R"({"national": "/words", "canonical": "", "as": "summary", "direction": "out",
      "reason": "filled_by_gateway", "of": [)" +
                  of + "]}");
}
const char* const kCodes = R"("needs": {"items": [{"need": {"code": "food"}}, {"need": {"code": "food"}},
    {"need": {"relation": "not-mapped", "original": {"system": "qq:n", "code": "H", "label": "Horse boarding"}}},
    {"need": {"code": "of_next_year"}}]}, "orientation_gender": {"gender": {"code": "woman"}})";

TEST(Summary, says_the_codes_in_the_readers_language_under_the_names_of_their_fields) {
  SmallProfile small;
  with_summary(small);
  const auto profile = loaded(small);
  for (const char* language : {"en", "fr-CA", "es-MX"}) {
    const LanguageTag reader(language);
    const auto out = profile->from_canonical(canonical(kCodes), reader).value();
    const auto title = [&](const char* path) {
      return std::string(canonical_schema().at(std::string("/persons/0") + path)->title(reader));
    };
    const std::string colon = reader.get() == "fr-CA" ? "\u00a0: " : ": ";
    EXPECT_EQ(std::string(text_at(out.record, "words")),
              title("/needs/items/0/need") + colon + *shipped_codes().label("need_service", "food", reader) +
                  "; \"Horse boarding\"; \"of_next_year\"\n" + title("/orientation_gender/gender") + colon +
                  *shipped_codes().label("gender", "woman", reader));
    EXPECT_TRUE(line_from(out.report, "/persons/0/needs/items/0/need")) << "it reads nothing of its own";
  }
}

TEST(Summary, is_not_read_and_is_not_there_when_nothing_is_coded) {
  SmallProfile small;
  with_summary(small);
  const auto profile = loaded(small);
  EXPECT_EQ(at(profile->from_canonical(canonical(""), LanguageTag()).value().record, "/words"), "(absent)");
  const auto in = profile->to_canonical(national(R"("words": "Needs: Food")"));
  ASSERT_TRUE(in);
  EXPECT_EQ(line_from(in->report, "/words")->reason, "filled_by_gateway");
}

TEST(Summary, keeps_whole_lines_within_the_fields_length) {
  SmallProfile small;
  with_summary(small, R"("/orientation_gender/gender", "/needs/items/*/need")",
               R"({"type": "string", "maxLength": 40})");
  const auto out = loaded(small)->from_canonical(canonical(kCodes), LanguageTag("en")).value();
  EXPECT_EQ(text_at(out.record, "words").find('\n'), std::string_view::npos);
  EXPECT_LE(text_at(out.record, "words").size(), 40u);
  EXPECT_FALSE(text_at(out.record, "words").empty());
}

TEST(Summary, of_what_is_no_coded_field_is_refused_at_load) {
  for (const char* of : {R"("/identity/given_names")", R"("/needs/items/*")", R"("/nothing")"}) {
    SmallProfile small;
    with_summary(small, of);
    const auto made = small.load();
    ASSERT_FALSE(made) << of;
    EXPECT_NE(made.error().pointer.find("/of"), std::string::npos);
  }
}

TEST(Translation, names_the_maps_that_made_the_record_and_all_that_it_went_through) {
  SmallProfile small;
  small.file("codes/gender.json") =
      R"({"system": "gender", "version": "9", "language": "en", "national": [], "inbound": {},
      "outbound": {)" +
      [] {
        std::string all;
        for (const std::string& code : shipped_codes().codes("gender"))
          all += (all.empty() ? "\"" : ", \"") + code +
                 R"(": {"relation": "not-mapped", "reason": "no_term", "ev": "general"})";
        return all;
      }() +
      "}}";
  const auto profile = loaded(small);
  const auto in = profile->to_canonical(national(""));
  ASSERT_TRUE(in) << in.error().pointer;
  const std::string maps = at(in->referral.json(), "/translation/maps");
  EXPECT_EQ(maps, R"(["zz@7.0.0","zz/codes@3","zz/codes/gender@9"])");
  EXPECT_EQ(at(in->report.to_json(), "/maps"), maps);
  const auto out = profile->from_canonical(in->referral, LanguageTag()).value();
  EXPECT_EQ(at(out.report.to_json(), "/maps"),
            R"(["zz@7.0.0","zz/codes@3","zz/codes/gender@9","zz@7.0.0","zz/codes@3","zz/codes/gender@9"])");
}

}  // namespace
}  // namespace hotline
