// Several words about one consent: the latest counts; of one moment, what each of them permits.
#include "consent/history.h"

#include "consent/consent.h"
#include "tests/unit/consent/world.h"

namespace hotline {
namespace {

using namespace testing_world;

Json word(const std::string& overrides, const std::string& categories = "F") {
  ConsentSpec spec;
  spec.overrides = overrides;
  spec.categories = categories;
  return parse_json(consent_json(spec)).value();
}

Json counted(const Json& brought, const Json& known) {
  return word_that_counts(brought, {&static_cast<const JsonValue&>(known)});
}

Level level_of(const Json& consent, const char* category) {
  const Consent read = read_consent(consent);
  const Grant* grant = read.grant(category);
  return grant == nullptr ? Level::withheld : grant->level;
}

TEST(WordThatCounts, WithoutAnotherItIsTheOneThatIsBrought) {
  const Json brought = word("{}");
  EXPECT_EQ(word_that_counts(brought, {}), brought);
}

TEST(WordThatCounts, TheLaterOneWiderOrNarrower) {
  const Json first = word("{}", grants({{"needs", "full"}}));
  const Json later = word(R"({"given_at": "2026-03-01T18:00:00Z"})", grants({{"health", "full"}}));
  for (const auto& [brought, known] : {std::pair{&first, &later}, std::pair{&later, &first}}) {
    const Json counts = counted(*brought, *known);
    EXPECT_EQ(level_of(counts, "health"), Level::full);
    EXPECT_EQ(level_of(counts, "needs"), Level::withheld);
  }
}

TEST(WordThatCounts, ARefusalWithoutATimeIsTheLast) {
  const Json refused = word(R"({"state": "refused", "given_at": null})");
  EXPECT_EQ(text_at(counted(word("{}"), refused), "state"), "refused");
  EXPECT_EQ(text_at(counted(refused, word("{}")), "state"), "refused");
}

TEST(WordThatCounts, AWithdrawalCountsFromItsOwnMoment) {
  const Json withdrawn = word(R"({"withdrawn_at": "2026-03-01T20:00:00Z", "state": "withdrawn"})");
  EXPECT_EQ(text_at(counted(word("{}"), withdrawn), "state"), "withdrawn");
  const Json again = word(R"({"given_at": "2026-03-01T21:00:00Z"})");
  EXPECT_EQ(text_at(counted(again, withdrawn), "state"), "given");
}

TEST(WordThatCounts, OfOneMomentTheLowerLevelAndTheEarlierEnd) {
  const Json wide = word("{}", grants({{"needs", "full"}, {"health", "full"}, {"contact", "full"}}));
  const Json narrow =
      word(R"({"until": "2026-03-10T12:00:00Z"})", grants({{"needs", "generalised"}, {"health", "full"}}));
  for (const auto& [brought, known] : {std::pair{&wide, &narrow}, std::pair{&narrow, &wide}}) {
    const Json counts = counted(*brought, *known);
    EXPECT_EQ(level_of(counts, "needs"), Level::generalised);
    EXPECT_EQ(level_of(counts, "health"), Level::full);
    EXPECT_EQ(level_of(counts, "contact"), Level::withheld);
    EXPECT_EQ(text_at(counts, "until"), "2026-03-10T12:00:00Z");
  }
}

TEST(WordThatCounts, OfOneMomentAnEndedStateEndsIt) {
  for (const char* state : {"terminated", "invalidated", "expired", "unknown", "requested"}) {
    const Json ended = word(with(R"({"state": "@s@"})", {{"s", state}}));
    EXPECT_EQ(text_at(counted(word("{}"), ended), "state"), state);
    EXPECT_EQ(text_at(counted(ended, word("{}")), "state"), state);
  }
}

TEST(WordThatCounts, OfOneMomentOnlyPurposesThatBothName) {
  const Json one = word(R"({"purposes": ["services", "statistics"]})");
  const Json other = word(R"({"purposes": ["services", "legal"]})");
  const Json counts = counted(one, other);
  ASSERT_EQ(counts["purposes"].Size(), 1u);
  EXPECT_EQ(as_text(counts["purposes"][0]), "services");
  EXPECT_NE(text_at(counted(word(R"({"purposes": ["legal"]})"), one), "state"), "given");
}

TEST(WordThatCounts, OfOneMomentForTwoRecipientsIsNone) {
  const Json elsewhere = word(R"({"recipient": {"member": "ca", "country": "CA"}})");
  EXPECT_NE(text_at(counted(word("{}"), elsewhere), "state"), "given");
}

TEST(WordThatCounts, OnwardAndConfirmationsAreThoseOfBoth) {
  const Json wide = word(R"({"onward": {"allowed": true, "recipients": ["ca", "us"]}})");
  const Json narrow =
      word(R"({"onward": {"allowed": true, "recipients": ["ca"]}, "risks_explained": false})");
  const Json counts = counted(wide, narrow);
  ASSERT_EQ(counts["onward"]["recipients"].Size(), 1u);
  EXPECT_FALSE(flag_at(counts, "risks_explained"));
  EXPECT_FALSE(flag_at(counted(wide, word("{}"))["onward"], "allowed"));
}

// "p1" of this record may be somebody else in another: which consent it is, its id says.
TEST(WordThatCounts, PersonsAreCalledAsInTheRecord) {
  const Json known =
      word(R"({"person": "p7", "given_at": "2026-03-01T18:00:00Z", "giver": {"person": "p7"}})");
  const Json counts = counted(word("{}"), known);
  EXPECT_EQ(text_at(counts, "person"), "p1");
  EXPECT_EQ(text_at(counts["giver"], "person", "nobody"), "nobody");
}

// Whatever two words of one moment say: what counts never gives more of anything than either of them.
TEST(WordThatCounts, NeverGivesMoreThanEachWordOfThatMoment) {
  const std::vector<std::string> changes{"{}",
                                         R"({"until": "2026-03-05T12:00:00Z"})",
                                         R"({"purposes": ["services", "legal"]})",
                                         R"({"purposes": ["legal"]})",
                                         R"({"state": "terminated"})",
                                         R"({"form": "oral_two_person"})",
                                         R"({"risks_explained": false})",
                                         R"({"recipient": {"member": "ca", "country": "CA"}})",
                                         R"({"withdrawn_at": "2026-03-01T12:00:00Z"})"};
  const std::vector<std::string> given{
      "F", grants({{"needs", "full"}}), grants({{"needs", "generalised"}, {"identity", "full"}}),
      grants({{"identity", "pseudonymised"}, {"contact", "full"}}),
      R"([{"category": "identity", "level": "full", "fields": ["identity/called_name"]}])"};
  const auto decided_with = [](const Json& consent) {
    return decided(record({adult()}, {to_text(consent)}));
  };
  int compared = 0;
  for (const auto& change : changes) {
    for (const auto& one : given) {
      for (const auto& other : given) {
        const Json a = word("{}", one);
        const Json b = word(change, other);
        const Decision counts = decided_with(counted(a, b));
        for (const Json* each : {&a, &b}) {
          const Decision alone = decided_with(*each);
          for (const Category& category : all_categories()) {
            EXPECT_LE(level(counts, "p1", category.get()), level(alone, "p1", category.get()))
                << change << one << other << category.get();
            ++compared;
          }
        }
      }
    }
  }
  EXPECT_EQ(compared, 9 * 5 * 5 * 2 * 16);
}

}  // namespace
}  // namespace hotline
