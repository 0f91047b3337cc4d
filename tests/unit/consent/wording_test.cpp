// Staff see which of their words wound, and a better one. The person's own words are never looked at.
#include "consent/wording.h"

#include "consent/check.h"
#include "consent/safe_contact.h"
#include "tests/unit/consent/world.h"

namespace hotline {
namespace {

using namespace testing_world;

const StaffWords& staff_words() {
  static const StaffWords loaded = *StaffWords::load(HOTLINE_ROOT);
  return loaded;
}

std::vector<std::string> flagged(const std::string& person, const std::string& more = "") {
  const Referral referral = record({person}, {}, more);
  std::vector<std::string> out;
  for (const Wording& each : staff_words().look(referral, LanguageTag("en")))
    out.push_back(each.pointer + " " + each.hit.entry);
  return out;
}

using Flagged = std::vector<std::string>;

TEST(Wording, FlagsWhatStaffWroteInTheRecordsLanguage) {
  EXPECT_EQ(flagged(R"({"id": "p1", "safety": {"plan": "Fue rescatada de la granja"}})"),
            Flagged{"/persons/0/safety/plan es/9"});
  EXPECT_EQ(flagged(R"({"id": "p1", "needs": {"items": [{"need": {"code": "food"},
                        "constraints": ["no es adicta", "es prostituta"]}]}})"),
            (Flagged{"/persons/0/needs/items/0/constraints/0 es/29",
                     "/persons/0/needs/items/0/constraints/1 es/1"}));
}

TEST(Wording, FlagsAnAccountByStaffInItsOwnLanguage) {
  EXPECT_EQ(flagged(R"({"id": "p1"})",
                    R"("narratives": [{"voice": "staff", "language": "en", "text": "She was rescued."}])"),
            Flagged{"/narratives/0/text en/12"});
}

TEST(Wording, NeverFlagsThePersonsOwnWords) {
  EXPECT_EQ(flagged(R"({"id": "p1", "employment": {"occupation": "prostituta", "promised": "vida fácil"}})",
                    R"("narratives": [
                       {"voice": "person", "language": "es-MX", "text": "Me rescató una vecina, yo era esclava."},
                       {"language": "es-MX", "text": "Fui prostituta."}])"),
            Flagged{});
}

TEST(Wording, ChangesNothing) {
  const std::string person = R"({"id": "p1", "safety": {"plan": "Fue rescatada"}})";
  const Referral referral = record({person}, {});
  const std::string before = to_text(referral.json());
  (void)staff_words().look(referral, LanguageTag("en"));
  EXPECT_EQ(to_text(referral.json()), before);
}

TEST(Wording, AnswersWithAPlaceAndABetterWord) {
  Json out(rapidjson::kArrayType);
  const Referral referral = record({R"({"id": "p1", "safety": {"plan": "Fue rescatada"}})"}, {});
  const auto found = staff_words().look(referral, LanguageTag("en"));
  const JsonValue list = wording_json(found, out.GetAllocator());
  EXPECT_EQ(to_text(list), R"([{"pointer":"/persons/0/safety/plan","start":4,"end":13,)"
                           R"("better":"apoyar; persona que salió; salida segura","class":"H"}])");
}

TEST(Wording, EveryPlaceOfStaffIsATextOfTheSchema) {
  for (const Fault& each : StaffWords::check(HOTLINE_ROOT, World::get().schema))
    ADD_FAILURE() << each.pointer << " " << each.expected;
}

// Nothing that the program says of itself wounds: labels, catalogs, sentences of policies, statements.
TEST(Labels, HoldNoWordThatWounds) {
  for (const Fault& each : check_terms(HOTLINE_ROOT)) ADD_FAILURE() << each.pointer << ": " << each.expected;
}

TEST(SafeContact, StandsThereForEverybodyAndIsNoWhereNobodyAsked) {
  Json out(rapidjson::kArrayType);
  const Referral referral =
      record({R"({"id": "p1", "contact": {"safe_contact": {"contact_allowed": "yes", "voicemail": "no"}}})",
              R"({"id": "p2"})"},
             {});
  EXPECT_EQ(
      to_text(safe_contacts(referral.json(), out.GetAllocator())),
      R"([{"person":"p1","contact_allowed":"yes","voicemail":"no"},{"person":"p2","contact_allowed":"no"}])");
}

}  // namespace
}  // namespace hotline
