// The sheet says what the decision says, in plain words, in the person's language, to one person alone.
#include "consent/sheet.h"

#include <algorithm>
#include <set>

#include "consent/check.h"
#include "consent/consent.h"
#include "tests/unit/consent/world.h"

namespace hotline {
namespace {

using namespace testing_world;

const Catalog& catalog() {
  static const Catalog loaded = *Catalog::load(HOTLINE_ROOT);
  return loaded;
}

Member mexico() {
  Member member;
  member.id = MemberId("mx");
  member.name = "Línea Nacional";
  member.country = "MX";
  member.time_zone = "America/Mexico_City";
  return member;
}

std::vector<Sheet> sheets_of(const Referral& referral, const std::string& language,
                             const Request& request = to_mexico(),
                             const std::vector<Attestation>& attestations = {}) {
  const Member recipient = mexico();
  return sheets(decided(referral, request, attestations),
                {referral, recipient, World::get().policies, World::get().schema, catalog(),
                 LanguageTag(language), LanguageTag("en")});
}

std::string sheet(const std::string& language, const std::vector<std::string>& consents) {
  return sheets_text(sheets_of(record({adult()}, consents), language));
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(Sheet, SaysWhatWithWhomWhyAndUntilWhen) {
  const std::string text = sheet(
      "en",
      {consent_json({.categories = grants(
                         {{"needs", "full"}, {"identity", "generalised"}, {"location", "pseudonymised"}})})});
  EXPECT_TRUE(has(text, "For Yoli\n"));
  EXPECT_TRUE(
      has(text,
          "What we would share\nEverything you told us about:\n- the help you need and your languages\n"
          "In general, no details:\n- who you are\nWithout showing who you are:\n- where you are\n"));
  EXPECT_TRUE(has(text, "What we would not share\n- how to reach you\n"));
  EXPECT_TRUE(has(text, "- your papers\n"));
  EXPECT_TRUE(has(text, "Línea Nacional, in Mexico"));
  EXPECT_TRUE(has(text, "Until March 31, 2026."));
}

// Somebody who chose single fields hears which, in words and not in the names that a schema has for them.
TEST(Sheet, NamesTheFieldsThatThePersonChose) {
  const std::string chosen = consent_json(
      {.categories = R"([{"category": "needs", "level": "full"}, {"category": "identity", "level": "full",
          "fields": ["identity/called_name", "identity/age_band"]}])"});
  EXPECT_TRUE(has(sheet("en-US", {chosen}), "Only what you chose:\n- who you are: Age group, Name to use\n"));
  EXPECT_TRUE(has(sheet("fr-CA", {chosen}), "- qui vous êtes\u00a0: Tranche d’âge, Nom à employer\n"));
  EXPECT_TRUE(has(sheet("es-MX", {chosen}), "- quién es usted: Grupo de edad, Cómo quiere que le llamen\n"));
}

// Also what stands inside a list, and what no field is called: nothing that was chosen goes unsaid.
TEST(Sheet, NamesEveryPathThatThePersonChose) {
  const std::string chosen = consent_json({.categories = R"([{"category": "family", "level": "full",
      "fields": ["/persons/*/family/relatives/*/phone", "family/cat"]}])"});
  EXPECT_TRUE(has(sheet("en", {chosen}), "- your family: Family and loved ones, Relative’s phone\n"));
}

TEST(Sheet, TellsTheLimitsOfTheReceivingCountryAndHowToStop) {
  const std::string text = sheet("es-MX", {consent_json({})});
  EXPECT_TRUE(has(text, "quizá tenga que denunciarlo"));
  EXPECT_TRUE(has(text, "Cómo parar"));
  EXPECT_TRUE(has(text, "31 de marzo de 2026"));
}

TEST(Sheet, NamesThoseToWhomItMayBePassedOn) {
  EXPECT_TRUE(has(sheet("en", {consent_json({})}), "They may not pass it on."));
  const Referral referral = record({adult()}, {consent_json({})});
  Decision decision = decided(referral);
  decision.persons.front().onward = {MemberId("ca"), MemberId("shelter-9")};
  Member canada;
  canada.name = "Canadian line";
  const Member recipient = mexico();
  const auto made =
      sheets(decision,
             {referral, recipient, World::get().policies, World::get().schema, catalog(), LanguageTag("en"),
              LanguageTag("en"), [&](const MemberId& id) { return id.get() == "ca" ? &canada : nullptr; }});
  EXPECT_TRUE(
      has(read_aloud(made.front()), "They may pass it on to: Canadian line, shelter-9. Nobody else."));
  EXPECT_FALSE(has(read_aloud(made.front()), "may not"));
}

TEST(Sheet, OffersYesNoNotNowAndChangeAlike) {
  EXPECT_TRUE(has(sheet("en", {consent_json({})}), "You can say yes, no, not now, or change something."));
}

TEST(Sheet, WhenNothingWouldGoSaysSoAndWhyToThePerson) {
  const std::string text = sheet("en", {});
  EXPECT_TRUE(has(text, "We would share nothing about you with Línea Nacional.\n"));
  EXPECT_TRUE(has(text, "What would change this\nIf you want to, you can say yes. It is your choice.\n"));
  EXPECT_TRUE(has(text, "We help you whatever you say."));
  EXPECT_TRUE(has(text, "do not press the person to say yes"));
  EXPECT_TRUE(has(text, "You have not said yes to sharing anything."));
  EXPECT_FALSE(has(text, "With whom"));
  EXPECT_FALSE(has(text, "The person has not"));
}

// No reason twice, no heading without words, whatever it was that decided.
TEST(Sheet, WhenNothingWouldGoSaysEachReasonOnce) {
  const std::string expired = consent_json({.overrides = R"({"until": "2026-03-02T00:00:00Z"})"});
  for (const auto& [consents, language] :
       {std::pair<std::vector<std::string>, const char*>{{}, "en"}, {{expired}, "es-MX"}, {{}, "fr-CA"}}) {
    const auto made = sheets_of(record({adult()}, consents), language);
    for (const SheetPart& part : made.front().parts) {
      EXPECT_FALSE(part.blocks.empty()) << part.heading;
      std::set<std::string> once;
      for (const SheetBlock& block : part.blocks) EXPECT_TRUE(once.insert(block.text).second) << block.text;
    }
  }
}

// Whoever agreed in the person's place may be sitting beside them.
TEST(Sheet, WarnsWhenSomebodyElseDecided) {
  const std::string by_another =
      consent_json({.overrides = R"({"giver": {"relation": {"code": "parent_guardian"}}})"});
  EXPECT_TRUE(has(sheet("en", {by_another}), "Make sure that whoever did cannot hear this."));
  EXPECT_FALSE(has(sheet("en", {}), "Make sure that whoever did cannot hear this."));
}

// A rule that comes with a new policy has its own sentence there, until it has one for the sheet.
TEST(Sheet, EveryRuleThatLetsNothingGoHasWords) {
  for (const auto& [override, rule] :
       {std::pair<const char*, const char*>{R"({"state": "refused"})", "base.consent.state"},
        {R"({"purposes": ["legal"]})", "base.consent.purpose"}}) {
    for (const char* language : {"en", "es", "fr"}) {
      const std::string key = std::string("sheet.because.") + rule;
      EXPECT_TRUE(has(sheet(language, {consent_json({.overrides = override})}),
                      catalog().text(key, LanguageTag(language))))
          << rule;
    }
  }
}

// What goes without consent is said as that: there is no question, and no promise to undo it.
TEST(Sheet, UnderAnExceptionAsksNothingAndSaysThatNobodyAsked) {
  const Request request = to_mexico();
  Attestation attestation;
  attestation.id = "att-1";
  attestation.ground = "imminent_harm_emergency";
  attestation.recipient = MemberId("mx");
  attestation.recipient_role = "emergency_services";
  attestation.categories = {Category("location")};
  attestation.attested_by = "staff-4";
  attestation.staff_role = "supervisor";
  attestation.at = now();
  attestation.until = now().plus_seconds(1800);
  const Referral referral = record({adult()}, {});
  ASSERT_TRUE(decided(referral, request, {attestation}).persons.front().anything());
  const std::string text = sheets_text(sheets_of(referral, "en", request, {attestation}));
  EXPECT_TRUE(has(text, "We share this without asking you first."));
  EXPECT_TRUE(has(text, "In general, no details:\n") || has(text, "- where you are\n"));
  EXPECT_FALSE(has(text, "Your choice"));
  EXPECT_FALSE(has(text, "How to stop"));
  // Half an hour is no day, the hotline is only on the way, and those who come may be the police.
  EXPECT_TRUE(has(text, "Until March 2, 2026, 06:30 (Mexico City time).")) << text;
  EXPECT_TRUE(has(text, "They may pass it on only to those who help in an emergency there."));
  EXPECT_FALSE(has(text, "They may not pass it on."));
  EXPECT_FALSE(has(text, "We tell the police nothing else"));
}

// "What you tell us stays with us", and then a list of what leaves, would not be true.
TEST(Sheet, BeginsWithWhatMakesItLeave) {
  EXPECT_TRUE(has(sheet("en", {consent_json({})}), "What you tell us stays with us, unless you say yes."));
  EXPECT_TRUE(has(sheet("fr-CA", {consent_json({})}), "sauf si vous dites oui"));
  EXPECT_TRUE(has(sheet("es-MX", {consent_json({})}), "si no dice que sí"));
}

// A child neither told it, nor asked for it, nor said the yes that it goes by.
TEST(Sheet, WhenAGuardianAgreedSpeaksTruly) {
  const std::string child = R"({"id": "p1", "identity": {"called_name": "Yoli", "birth_date": "2014-05-01"},
      "languages": {"spoken": [{"language": "es-MX"}]}})";
  const std::string by_guardian = consent_json({.overrides = R"({"giver": {
      "relation": {"code": "parent_guardian"}, "not_abuser_checked": true,
      "not_other_parent_abuser_checked": true, "capacity_confirmed": true}})"});
  const Referral referral = record({child}, {by_guardian});
  Decision decision = decided(record({adult()}, {consent_json({})}));
  const Member recipient = mexico();
  const auto made = sheets(decision, {referral, recipient, World::get().policies, World::get().schema,
                                      catalog(), LanguageTag("en"), LanguageTag("en")});
  const std::string text = sheets_text(made);
  EXPECT_TRUE(has(text, "Make sure that whoever did cannot hear this."));
  EXPECT_TRUE(has(text, "Everything that we were told about:"));
  EXPECT_TRUE(has(text, "Somebody who may decide for you said yes."));
  for (const char* untrue : {"you told us", "you asked for", "you chose"})
    EXPECT_FALSE(has(text, untrue)) << untrue;
}

// What is masked in a story is not there: less than everything.
TEST(Sheet, SaysThatPartsOfTheStoryAreLeftOut) {
  const auto told = [](const char* work) {
    std::vector<std::pair<std::string, std::string>> levels;
    for (const Category& each : all_categories())
      levels.emplace_back(each.get(), each.get() == "employment" ? work : "full");
    return sheet("en", {consent_json({.categories = grants(levels)})});
  };
  EXPECT_TRUE(has(told("withheld"), "- your story: with parts left out\n"));
  EXPECT_TRUE(has(told("full"), "- your story\n"));
}

TEST(Sheet, HoldsNoValueOfTheRecordButTheChosenName) {
  const std::string text = sheet("en", {consent_json({})});
  for (const char* value : {"Quintanilla", "5550147", "Amarillo", "Grandview"})
    EXPECT_FALSE(has(text, value)) << value;
}

// A group never hears of each other, and each gets their own language.
TEST(Sheet, OfEachPersonSpeaksOfNobodyElse) {
  const std::string other = R"({"id": "p2", "identity": {"called_name": "Ana"},
      "languages": {"spoken": [{"language": "mix"}, {"language": "fr-CA"}]}})";
  const Referral referral = record({adult(), other}, {consent_json({})});
  const auto made = sheets_of(referral, "");
  ASSERT_EQ(made.size(), 2u);
  EXPECT_EQ(made[0].language.get(), "es-MX");
  EXPECT_EQ(made[1].language.get(), "fr-CA");
  EXPECT_TRUE(has(read_aloud(made[0]), "Para Yoli"));
  EXPECT_FALSE(has(read_aloud(made[0]), "Ana"));
  EXPECT_TRUE(has(read_aloud(made[1]), "Pour Ana"));
  EXPECT_TRUE(has(sheets_text(made), "no delante de las demás"));
}

TEST(Sheet, InALanguageThatNobodyWroteItInFallsBackToTheHotlines) {
  EXPECT_EQ(sheets_of(record({adult()}, {}), "ht").front().language.get(), "en");
}

// --- what the advocate reads first

std::string staff_of(const std::string& safe_contact, const std::string& language = "en") {
  const std::string person =
      R"({"id": "p1", "identity": {"called_name": "Yoli"}, "contact": {"safe_contact": )" + safe_contact +
      "}}";
  const std::string text = sheets_text(sheets_of(record({person}, {consent_json({})}), language));
  return text.substr(0, text.find(language == "en" ? "For Yoli" : "Para Yoli"));
}

TEST(SheetForStaff, BeginsWithWhenItIsSafe) {
  const std::string staff = staff_of(R"({"contact_allowed": "yes", "device_monitored": "no",
      "channels": [{"code": "phone"}, {"code": "text_sms"}], "say_we_are": "the dentist",
      "someone_else_answers": "hang_up", "safe_until": "2026-04-01T00:00:00Z",
      "windows": [{"days": ["mon", "wed"], "from": "09:00", "to": "11:00", "time_zone": "America/Chicago"}]})");
  EXPECT_EQ(
      staff.rfind("For you who read this out\nRead this only when the person says that they are alone", 0),
      0u)
      << staff;
  EXPECT_TRUE(has(staff, "Only at these times:\n- Monday, Wednesday, 09:00 to 11:00 (Chicago time)\n"));
  EXPECT_TRUE(has(staff, "Only by: phone call, text message."));
  EXPECT_TRUE(has(staff, "“the dentist”"));
  EXPECT_TRUE(has(staff, "If somebody else answers, hang up."));
  EXPECT_TRUE(has(staff, "until March 31, 2026, 19:00 (Chicago time)"));
  EXPECT_FALSE(has(staff, "may see or hear"));
}

// Rules that are over are no leave to call: at noon of 2 March these ended the evening before.
TEST(SheetForStaff, RulesThatAreOverGiveNoLeaveToCall) {
  for (const char* over : {"safe_until", "recheck_at"}) {
    const std::string rules = with(R"({"contact_allowed": "yes", "device_monitored": "no",
        "channels": [{"code": "phone"}], "@over@": "2026-03-02T01:30:00Z",
        "windows": [{"days": ["mon"], "from": "09:00", "to": "11:00", "time_zone": "America/Chicago"}]})",
                                   {{"over", over}});
    const std::string staff = staff_of(rules);
    EXPECT_TRUE(has(staff, "March 1, 2026")) << staff;
    EXPECT_TRUE(has(staff, "19:30 (Chicago time)")) << staff;
    EXPECT_TRUE(has(staff, "Ask the person first what is safe now.")) << staff;
    for (const char* leave : {"You may contact", "Only at these times", "phone call", "These rules hold"})
      EXPECT_FALSE(has(staff, leave)) << leave;
    EXPECT_TRUE(has(staff_of(rules, "es-MX"), "1 de marzo de 2026"));
  }
}

// A no outlives its date, and whoever waits for the person goes on waiting.
TEST(SheetForStaff, ANoDoesNotEnd) {
  EXPECT_TRUE(has(staff_of(R"({"contact_allowed": "no", "safe_until": "2026-03-02T01:30:00Z"})"),
                  "Do not contact the person."));
  EXPECT_TRUE(has(staff_of(R"({"contact_allowed": "person_will_contact",
                              "safe_until": "2026-03-02T01:30:00Z"})"),
                  "The person will contact you. Do not call or write."));
}

// At half past midnight in UTC it is the evening before where she is.
TEST(SheetForStaff, TellsTheEndOfTheRulesByThePersonsClock) {
  const std::string rules = R"({"contact_allowed": "yes", "safe_until": "2026-11-21T00:30:00Z",
      "windows": [{"from": "09:00", "to": "18:30", "time_zone": "America/Chicago"}]})";
  EXPECT_TRUE(has(staff_of(rules), "until November 20, 2026, 18:30 (Chicago time)."));
  const std::string person =
      R"({"id": "p1", "identity": {"called_name": "Yoli"}, "contact": {"safe_contact": )" + rules + "}}";
  const std::string french = sheets_text(sheets_of(record({person}, {}), "fr-CA"));
  EXPECT_TRUE(has(french, "20 novembre 2026, 18\u00a0h\u00a030 (heure locale\u00a0: Chicago)")) << french;
  EXPECT_TRUE(has(french, "de 9\u00a0h à 18\u00a0h\u00a030"));
}

TEST(SheetForStaff, WithoutHoursOfThePersonTellsTheEndByTheCommonClock) {
  EXPECT_TRUE(has(staff_of(R"({"contact_allowed": "yes", "safe_until": "2026-11-21T00:30:00Z"})"),
                  "until November 21, 2026, 00:30 (UTC time)."));
}

// A neighbour called: nothing of this is for the neighbour.
TEST(SheetForStaff, SaysWhenSomebodyElseCalled) {
  const auto told = [](const std::string& caller) {
    const Referral referral = record({adult(), adult("p2")}, {}, R"("caller": )" + caller);
    const SheetPart staff = sheets_of(referral, "en").front().staff;
    return std::any_of(staff.blocks.begin(), staff.blocks.end(),
                       [](const SheetBlock& each) { return has(each.text, "Do not read it to the caller"); });
  };
  EXPECT_TRUE(told(R"({"relation": {"code": "community_member"}})"));
  EXPECT_TRUE(told(R"({"person": "p2"})"));
  EXPECT_FALSE(told(R"({"relation": {"code": "self"}})"));
  EXPECT_FALSE(told(R"({"relation": {"code": "self_labour"}})"));
  EXPECT_FALSE(told(R"({"relation": {"code": "not_specified"}})"));
  EXPECT_FALSE(told(R"({"person": "p1", "relation": {"code": "parent_guardian"}})"));
}

TEST(SheetForStaff, TakesWhatIsNotSaidForNotAllowed) {
  const std::string staff = staff_of(R"({"contact_allowed": "no", "device_monitored": "unknown"})", "es-MX");
  EXPECT_TRUE(has(staff, "No se comunique con la persona."));
  EXPECT_TRUE(has(staff, "Alguien más puede ver u oír el aparato."));
}

// An hour beside "do not contact" reads like leave to call at that hour.
TEST(SheetForStaff, NamesNoHoursToWhoeverMayNotCall) {
  const std::string staff = staff_of(R"({"contact_allowed": "no", "device_monitored": "no",
      "channels": [{"code": "phone"}],
      "windows": [{"days": ["mon"], "from": "09:00", "to": "11:00", "time_zone": "America/Chicago"}]})");
  EXPECT_TRUE(has(staff, "Do not contact the person."));
  EXPECT_FALSE(has(staff, "09:00"));
  EXPECT_FALSE(has(staff, "phone call"));
}

// Nobody finds an interpreter for "xtn"; and an interpreter of another Zapotec is not understood.
TEST(SheetForStaff, NamesTheVarietyAndNotItsCode) {
  for (const auto& [code, en, fr, es] :
       {std::tuple{"nhe", "Eastern Huasteca Nahuatl", "nahuatl de la Huasteca orientale",
                   "náhuatl de la Huasteca oriental"},
        std::tuple{"zai", "Isthmus Zapotec", "zapotèque de l’Isthme", "zapoteco del Istmo"},
        std::tuple{"fcs", "Quebec Sign Language", "langue des signes québécoise",
                   "lengua de señas quebequense"}}) {
    const std::string person = R"({"id": "p1", "languages": {"interpreter": {"needed": true, "language": ")" +
                               std::string(code) + R"("}}})";
    for (const auto& [language, name] : {std::pair{"en", en}, std::pair{"fr-CA", fr}, std::pair{"es-MX", es}})
      EXPECT_TRUE(has(sheets_text(sheets_of(record({person}, {}), language)), name)) << name;
  }
}

TEST(SheetForStaff, SaysToAskWhenNothingIsWrittenDown) {
  const std::string text = sheets_text(sheets_of(record({R"({"id": "p1"})"}, {consent_json({})}), "fr-CA"));
  EXPECT_TRUE(has(text, "Personne n’a noté ce qui est sûr. Demandez d’abord"));
  EXPECT_TRUE(has(text, "y a-t-il quelqu’un près de vous?"));
}

TEST(SheetForStaff, IsNeverReadOut) {
  const auto made = sheets_of(record({adult()}, {consent_json({})}), "en");
  EXPECT_FALSE(has(read_aloud(made.front()), "only when"));
}

TEST(SheetForStaff, SaysThatTheTextIsADraftAndWhichInterpreterToHave) {
  const std::string text = sheet("fr-CA", {consent_json({})});
  EXPECT_TRUE(has(text, "ébauche"));
  EXPECT_TRUE(has(text, "Ayez l’interprète avec vous"));
}

// --- on a screen and on paper

TEST(SheetHtml, IsOneAccessiblePageThatReachesNowhere) {
  const std::string page = sheets_html(sheets_of(record({adult()}, {consent_json({})}), "es-MX"), catalog());
  EXPECT_EQ(page.rfind("<!doctype html>\n<html lang=\"es-MX\">", 0), 0u);
  for (const char* part :
       {"<title>", "<h1>", "<main>", "<article lang=\"es-MX\">", "<aside class=\"staff\">",
        "<h2>Para Yoli</h2>", "<h3>Lo que compartiríamos</h3>",
        "<li>la ayuda que necesita y sus lenguas</li>", "@media print", "default-src 'none'"})
    EXPECT_TRUE(has(page, part)) << part;
  for (const char* reach : {"<script", "src=", "href=", "url(", "@import", "://"})
    EXPECT_FALSE(has(page, reach)) << reach;
}

TEST(SheetHtml, EscapesWhatAPersonIsCalled) {
  const std::string person = R"({"id": "p1", "identity": {"called_name": "<b onload=\"x\">& Co"}})";
  const std::string page = sheets_html(sheets_of(record({person}, {}), "en"), catalog());
  EXPECT_TRUE(has(page, "For &lt;b onload=&quot;x&quot;&gt;&amp; Co"));
  EXPECT_FALSE(has(page, "<b onload"));
}

TEST(SheetHtml, SaysWhatTheTextSays) {
  const auto made = sheets_of(record({adult()}, {consent_json({})}), "en");
  std::string page = sheets_html(made, catalog());
  page = page.substr(page.find("<article"));
  std::string words;
  bool inside = false;
  for (const char c : page) {
    if (c == '<') inside = true;
    if (!inside) words += c;
    if (c == '>') inside = false;
  }
  for (std::string line; const char c : sheets_text(made) + "\n") {
    if (c != '\n') {
      line += c;
      continue;
    }
    if (line.rfind("- ", 0) == 0) line.erase(0, 2);
    EXPECT_TRUE(has(words, line)) << line;
    line.clear();
  }
}

TEST(ConsentData, IsComplete) {
  for (const Fault& each : check_consent_data(HOTLINE_ROOT))
    ADD_FAILURE() << each.pointer << ": " << each.expected;
}

TEST(ConsentData, MissingLexiconsAreFound) {
  EXPECT_FALSE(check_consent_data(HOTLINE_ROOT "/tests").empty());
}

}  // namespace
}  // namespace hotline
