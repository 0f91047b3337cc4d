// What the canonical schema cannot say: who is spoken of must be there, and only once.
#include "tests/unit/adapters/small_profile.h"

namespace hotline {
namespace {

Result<Referral> with(const std::string& more) {
  return Referral::from(
      json(R"({"schema_version": "1.0.0", "envelope": {"kind": "referral", "purpose": "services",
    "urgency": {"code": "crisis_24h"}}, "persons": [{"id": "a"}, {"id": "b"}], "alleged_exploiters": [{"id": "x"}])" +
           more + "}"),
      canonical_schema());
}

void expect_broken(const Result<Referral>& referral, const std::string& pointer) {
  ASSERT_FALSE(referral);
  EXPECT_EQ(referral.error().code, ErrorCode::reference_broken);
  EXPECT_EQ(referral.error().pointer, pointer);
}

TEST(Referral, knows_its_persons_and_whether_it_is_a_crisis) {
  const auto referral = with("");
  ASSERT_TRUE(referral);
  EXPECT_TRUE(referral->is_crisis());
  EXPECT_EQ(referral->purpose(), "services");
  EXPECT_NE(referral->person(PersonId("b")), nullptr);
  EXPECT_EQ(referral->person(PersonId("c")), nullptr);
}

TEST(Referral, is_about_people_who_are_born) {
  const auto born = [](const std::string& date) {
    return Referral::from(
        json(R"({"schema_version": "1.0.0", "envelope": {"kind": "referral", "purpose": "services",
        "urgency": {"code": "standard"}}, "persons": [{"id": "a", "identity": {"birth_date": ")" +
             date + R"("}}]})"),
        canonical_schema());
  };
  EXPECT_TRUE(born("2001-02-03"));
  EXPECT_TRUE(born("2001"));
  for (const char* date : {"9999-12-31", "9998", "9998-02"}) {
    const auto refused = born(date);
    ASSERT_FALSE(refused) << date;
    EXPECT_EQ(refused.error().code, ErrorCode::date_impossible);
    EXPECT_EQ(refused.error().pointer, "/persons/0/identity/birth_date");
  }
}

TEST(Referral, has_at_least_one_person) {
  auto document = json(R"({"schema_version": "1.0.0", "envelope": {"kind": "referral", "purpose": "services",
    "urgency": {"code": "standard"}}, "persons": []})");
  const auto referral = Referral::from(std::move(document), canonical_schema());
  ASSERT_FALSE(referral);
  EXPECT_EQ(referral.error().pointer, "/persons");
}

TEST(Referral, speaks_only_of_persons_who_are_there) {
  EXPECT_TRUE(with(R"(, "narratives": [{"text": "t", "language": "en", "about": ["a", "b"]}])"));
  expect_broken(with(R"(, "narratives": [{"text": "t", "language": "en", "about": ["a", "z"]}])"),
                "/narratives/0/about/1");
  expect_broken(with(R"(, "consents": [{"consent_id": "c1", "person": "z", "state": "given"}])"),
                "/consents/0/person");
  expect_broken(with(R"(, "caller": {"person": "x"})"), "/caller/person");
}

TEST(Referral, lets_a_giver_be_a_person_or_an_alleged_exploiter) {
  const auto given_by = [](const std::string& id) {
    return with(R"(, "consents": [{"consent_id": "c1", "person": "a", "state": "given", "giver":
        {"relation": {"code": "parent_guardian"}, "person": ")" +
                id + "\"}}]");
  };
  EXPECT_TRUE(given_by("b"));
  EXPECT_TRUE(given_by("x"));
  expect_broken(given_by("nobody"), "/consents/0/giver/person");
}

TEST(Referral, has_no_id_twice) {
  expect_broken(with(R"(, "consents": [{"consent_id": "c1", "person": "a", "state": "given"},
                                       {"consent_id": "c1", "person": "b", "state": "given"}])"),
                "/consents/1/consent_id");
}

}  // namespace
}  // namespace hotline
