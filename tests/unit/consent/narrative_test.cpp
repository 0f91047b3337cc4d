// What is found in free text, and what the receiver reads instead.
#include "consent/narrative.h"

#include "tests/unit/consent/world.h"

namespace hotline {
namespace {

using namespace testing_world;

FindableValue value(const std::string& text, FindAs as, int owner = 1) {
  return {text, as, "", false, false, owner};
}

struct Masking {
  std::vector<FindableValue> hidden = {};
  std::vector<FindableValue> granted = {};
  std::set<std::string, std::less<>> withheld = {};
  bool generalised = false;
  std::string operator()(const std::string& text, const std::string& language = "es-MX") const {
    const NarrativeMask mask(World::get().texts, {hidden, granted, withheld, generalised, "US"});
    return mask.mask(text, LanguageTag(language)).text;
  }
};

TEST(Narrative, WithNothingWithheldStaysAsItIs) {
  EXPECT_EQ(Masking{}("Quiere volver a Veracruz. Está cansada."), "Quiere volver a Veracruz. Está cansada.");
}

TEST(Narrative, FindsANameHoweverItIsWritten) {
  const Masking mask{.hidden = {value("Ximena Zaldívar", FindAs::name)}};
  for (const char* text : {"Vio a Ximena Zaldívar.", "Vio a XIMENA ZALDIVAR.", "Vio a Zaldivar, Ximena.",
                           "Vio a ximena   zaldivar.", "Vio a XimenaZaldivar.", "Vio a Ximena-Zaldívar."}) {
    EXPECT_EQ(mask(text), "Vio a [persona 1].") << text;
  }
}

TEST(Narrative, FindsANameWrittenWithCombiningAccentsOrInvisibleCharacters) {
  const Masking mask{.hidden = {value("Zaldívar", FindAs::name)}};
  EXPECT_EQ(mask("Vio a Zaldi\u0301var ayer."), "Vio a [persona 1] ayer.");
  EXPECT_EQ(mask("Vio a Zal\u200Bdívar ayer."), "Vio a [persona 1] ayer.");
}

TEST(Narrative, NumbersItsTokensAndRepeatsThemForTheSameValue) {
  const Masking mask{.hidden = {value("Ximena", FindAs::name, 1), value("Evaristo", FindAs::name, 2)}};
  EXPECT_EQ(mask("Ximena vio a Evaristo. Evaristo no vio a Ximena."),
            "[persona 1] vio a [persona 2]. [persona 2] no vio a [persona 1].");
}

TEST(Narrative, SpeaksTheTextsLanguage) {
  const Masking mask{.hidden = {value("Ximena", FindAs::name)}};
  EXPECT_EQ(mask("She saw Ximena.", "en-US"), "She saw [person 1].");
  EXPECT_EQ(mask("Elle a vu Ximena.", "fr-CA"), "Elle a vu [personne 1].");
}

TEST(Narrative, AShortWithheldWordIsNoPartOfAnother) {
  const Masking mask{.hidden = {value("Ana", FindAs::name)}};
  EXPECT_EQ(mask("Ana llamó en la mañana desde Banamex."), "[persona 1] llamó en la mañana desde Banamex.");
}

TEST(Narrative, FromSixLettersAlsoInsideAWord) {
  const Masking mask{.hidden = {value("Grandview", FindAs::text)}};
  EXPECT_EQ(mask("correo de grandviewcarnival ayer"), "correo de [dato 1] ayer");
}

TEST(Narrative, DoesNotMaskWhatIsGranted) {
  const Masking mask{.hidden = {value("Reyes", FindAs::name, 1), value("Ximena", FindAs::name, 1)},
                     .granted = {value("Reyes", FindAs::name, 2)}};
  EXPECT_EQ(mask("Ximena y la señora Reyes"), "[persona 1] y la señora Reyes");
}

FindableValue employer(const std::string& name) {
  return {name, FindAs::text, "employment", false, true, 7};
}

// Whoever reads it must see who is not to be phoned, and where the passport is.
TEST(Narrative, AnEmployersNameDoesNotReachBackIntoTheSentenceBefore) {
  const Masking mask{.hidden = {value("Walter Pruett", FindAs::name), employer("Pruett Greenhouses")},
                     .withheld = {"employment"}};
  EXPECT_EQ(mask("Not to phone Walter Pruett. At PRUETT GREENHOUSES his passport was kept.", "en"),
            "Not to phone [person 1]. [employer 1] his passport was kept.");
  EXPECT_EQ(mask("It was Wm. Zwick Farms.", "en"), "It was [employer 1].");
}

// Situation 3: "la granja de ..."
TEST(Narrative, AnEmployerIsFoundByItsOwnWordsToo) {
  const Masking mask{.hidden = {employer("Granja Los Pinares S.A.")}, .withheld = {"employment"}};
  EXPECT_EQ(mask("Trabajó en la granja de Los Pinares."), "Trabajó en la granja de [empleador 1].");
  EXPECT_EQ(mask("Trabajó en los pinares."), "Trabajó en los [empleador 1].");
}

TEST(Narrative, AnEmployerThatNoFieldNamesIsFoundBehindItsKind) {
  const Masking mask{.withheld = {"employment"}};
  EXPECT_EQ(mask("Estuvo en la granja de don Hermenegildo Paz."),
            "Estuvo en la granja de don Hermenegildo Paz.")
      << "a title in lower case ends the search";
  EXPECT_EQ(mask("Estuvo en la granja de Hermenegildo Paz y salió."),
            "Estuvo en la granja de [empleador 1] y salió.");
  EXPECT_EQ(mask("She was at Thornbury Farms.", "en-CA"), "She was at [employer 1].");
  EXPECT_EQ(mask("Il était à la ferme des Aubépines.", "fr-CA"), "Il était à la ferme des [employeur 1].");
}

TEST(Narrative, PhonesAreMaskedUnlessGranted) {
  const Masking mask{.granted = {value("+12025550147", FindAs::phone)}};
  EXPECT_EQ(mask("Call 202-555-0147 or (202) 555-0188.", "en-US"), "Call 202-555-0147 or [phone 1].");
}

TEST(Narrative, MailAddressesAndNationalNumbersAreAlwaysMasked) {
  EXPECT_EQ(Masking{}("Escribió de ximena@correo.example ayer."), "Escribió de [correo 1] ayer.");
  EXPECT_EQ(Masking{}("Su CURP es PUEX900101MDFRJC06."), "Su CURP es [número 1].");
  EXPECT_EQ(Masking{}("Mon NAS est 900 000 001.", "fr-CA"), "Mon NAS est [numéro 1].");
}

TEST(Narrative, ADateIsFoundInEveryNotation) {
  const Masking mask{.hidden = {value("1991-05-03", FindAs::date)}};
  for (const char* text : {"Nació el 3 de mayo de 1991.", "Nació el 03/05/1991.", "Nació el 1991-05-03."}) {
    EXPECT_EQ(mask(text), "Nació el [fecha 1].") << text;
  }
}

// Situation 4: immigration status in any wording.
TEST(Narrative, ASentenceThatSpeaksOfAWithheldCategoryGoesAsAWhole) {
  const Masking mask{.withheld = {"immigration"}};
  EXPECT_EQ(mask("Je suis partie en mai. Je n'ai plus de permis de travail. J'ai besoin d'une interprète.",
                 "fr-CA"),
            "Je suis partie en mai. [non communiqué] J'ai besoin d'une interprète.");
  EXPECT_EQ(mask("Elle est sans statut. Elle parle créole.", "fr-CA"), "[non communiqué] Elle parle créole.");
  EXPECT_EQ(mask("She overstayed her visa! She needs a bed.", "en-CA"), "[not shared] She needs a bed.");
}

TEST(Narrative, ATitleDoesNotEndASentence) {
  const Masking mask{.withheld = {"immigration"}};
  EXPECT_EQ(mask("La Sra. del consulado llamó. Está bien."), "[no se comparte] Está bien.");
}

TEST(Narrative, HintsAtOrientationGo) {
  const Masking mask{.withheld = {"orientation_gender"}};
  EXPECT_EQ(mask("He left with his boyfriend. He needs a shelter.", "en-CA"),
            "[not shared] He needs a shelter.");
}

TEST(Narrative, ATextInALanguageWithoutLexiconIsSearchedInAllOfThem) {
  const Masking mask{.withheld = {"immigration"}};
  EXPECT_EQ(mask("Sin papeles. No permis de travail. Lacks a visa.", "ht"),
            "[not shared] [not shared] [not shared]");
}

TEST(Narrative, GeneralisedKeepsTheMonthAndNoPlaceBelowTheRegion) {
  const Masking mask{.granted = {{"Amarillo", FindAs::place, "location", true, false, 3}},
                     .generalised = true};
  EXPECT_EQ(mask("Llegó el 12 de abril de 2025 a Amarillo, calle Juniper 1200."),
            "Llegó el abril de 2025 a [lugar 1], calle [lugar 2].");
  EXPECT_EQ(mask("She left on May 12, 2025.", "en-US"), "She left on May 2025.");
}

TEST(Narrative, SpansAreBytesOfTheTextGiven) {
  const NarrativeMask mask(World::get().texts, {{value("Ximena", FindAs::name)}, {}, {}, false, "MX"});
  const std::string text = "Ñandú œuvre: Ximena.";
  const auto spans = mask.find(text, LanguageTag("es-MX"));
  ASSERT_EQ(spans.size(), 1u);
  EXPECT_EQ(text.substr(spans[0].begin, spans[0].end - spans[0].begin), "Ximena");
}

TEST(Narrative, WorkGrowsWithTheTextAndNotFaster) {
  const Masking names{
      .hidden = {value(std::string(40, 'a') + "b", FindAs::name), value("aaaaaab", FindAs::name)}};
  const NarrativeMask mask(World::get().texts, {names.hidden, {}, {"immigration"}, false, "US"});
  const auto steps = [&](std::size_t bytes, const std::string& unit) {
    std::string text;
    while (text.size() < bytes) text += unit;
    std::size_t work = 0;
    mask.find(text, LanguageTag("en"), &work);
    return work;
  };
  for (const char* unit : {"a", "visa ", "a.", "(202) 555-01 ", "aaaaaa aaaaaaa "}) {
    const std::size_t small = steps(64 * 1024, unit);
    const std::size_t large = steps(1024 * 1024, unit);
    EXPECT_LE(large, small * 17) << unit;
  }
}

}  // namespace
}  // namespace hotline
