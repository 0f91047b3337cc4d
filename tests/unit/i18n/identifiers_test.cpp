#include "i18n/identifiers.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace hotline {
namespace {

struct Fixture {
  IdKind kind;
  std::vector<const char*> valid;
  std::vector<const char*> invalid;
};

const std::vector<Fixture>& fixtures() {
  using K = IdKind;
  static const std::vector<Fixture> table = {
      {K::ssn, {"536-90-4399", "899-45-6789"}, {"666-12-3456", "123-00-4567", "078-05-1120", "900-45-6789"}},
      {K::itin, {"900-70-0000", "912-50-1234"}, {"912-93-4567", "812-70-1234"}},
      {K::atin, {"900-93-0001", "912-93-4567"}, {"900-92-0001", "800-93-0001"}},
      {K::a_number, {"A000000017", "A12345678", "A-123456789"}, {"A123456", "B123456789"}},
      {K::uscis_receipt, {"IOE0000000017", "EAC0000000017"}, {"IOE123", "1OE0000000017"}},
      {K::i94, {"00000000017", "000000001A7"}, {"00000000A17", "0000000017"}},
      {K::sevis, {"N0000000017", "N0012345678"}, {"N000000017", "M0000000017"}},
      {K::us_passport, {"A00000017", "123456789"}, {"AA0000017", "A0000017"}},
      {K::sin, {"900 000 001", "130 000 003", "130-000-003"}, {"900 000 002", "830 000 000"}},
      {K::uci, {"1234-5678", "11-1234-5678"}, {"123-4567", "1-1234-5678"}},
      {K::ircc_application, {"W000000017", "E00000017"}, {"1W0000017", "W0017"}},
      {K::ca_passport, {"AB123456", "A123456BC"}, {"A12345BC", "ABC12345"}},
      {K::curp,
       {"PUEX900101MDFRJC06", "EEPR050714HNEJRMA2", "puex900101mdfrjc06"},
       {"PUEX900101MDFRJC07", "PUEX901301MDFRJC06"}},
      {K::rfc,
       {"PUEX900101224", "EEPR850714CX4", "GODE561231GR8", "XAXX010101000"},
       {"PUEX900101225", "EEPR851314CX4"}},
      {K::nss, {"01159000015", "90999912349"}, {"01159000016", "0115900001"}},
      {K::clave_elector,
       {"PREJXC90010109M100", "EJPRRM85071487H200"},
       {"PREJXC90130109M100", "PREJXC90010145M100"}},
      {K::ine_cic,
       {"IDMEX0000000170<<0000000000017", "IDMEX1234567897<<0000000000017"},
       {"IDMEX1234567890<<0000000000017", "IDMEX12345678<<0000000000017"}},
      {K::ine_ocr, {"0000000000017", "0001000000017"}, {"000000000017A", "00000000017"}},
      {K::mx_passport, {"G00000017", "N00000017"}, {"G0000017", "000000017"}},
      {K::clabe,
       {"002180000000000012", "032180000000000024", "032180000118359719"},
       {"002180000000000013", "00218000000000001"}},
      {K::zip, {"20001", "20001-0017"}, {"2000", "20001-017"}},
      {K::postal_code_ca, {"K1A 0B1", "H0H0H0"}, {"D1A 0B1", "K1A-0BI"}},
      {K::codigo_postal, {"C.P. 06000", "CP 29950"}, {"C.P. 6000", "CP 299500"}},
      {K::card, {"4111 1111 1111 1111"}, {"4111 1111 1111 1112"}},
      {K::email,
       {"ana@correo.example", "josé.ñ@ejemplo.mx"},
       {"ana@", "@correo.example", "ana correo.example"}},
  };
  return table;
}

TEST(Identifiers, OfTheFixturesAreValidOrNot) {
  for (const auto& fixture : fixtures()) {
    for (const char* text : fixture.valid)
      EXPECT_TRUE(is_valid(fixture.kind, text)) << to_string(fixture.kind) << ' ' << text;
    for (const char* text : fixture.invalid)
      EXPECT_FALSE(is_valid(fixture.kind, text)) << to_string(fixture.kind) << ' ' << text;
  }
}

std::vector<std::string> found_in(const std::string& text) {
  std::vector<std::string> found;
  for (const auto& span : find_identifiers(text)) {
    found.push_back(std::string(to_string(span.kind)) + std::to_string(static_cast<int>(span.tier)) + ' ' +
                    text.substr(span.begin, span.end - span.begin));
  }
  return found;
}

using Found = std::vector<std::string>;

TEST(FindIdentifiers, TakesAValidCheckDigitAsProof) {
  EXPECT_EQ(found_in("Mi CURP es PUEX900101MDFRJC06, gracias"), (Found{"curp1 PUEX900101MDFRJC06"}));
  EXPECT_EQ(found_in("son número 130 000 003."), (Found{"sin1 130 000 003"}));
  EXPECT_EQ(found_in("depósito a 002180000000000012"), (Found{"clabe1 002180000000000012"}));
  EXPECT_EQ(found_in("rfc GODE561231GR8"), (Found{"rfc1 GODE561231GR8"}));
}

TEST(FindIdentifiers, TakesAWordNearby) {
  EXPECT_EQ(found_in("Her passport no. is G00000017"), (Found{"us_passport2 G00000017"}));
  EXPECT_EQ(found_in("NAS: 900 000 002"), (Found{"sin2 900 000 002"}));
  EXPECT_EQ(found_in("alien number 000000017"), (Found{"a_number2 000000017"}));
  EXPECT_EQ(found_in("vive en Oaxaca, C.P. 06000"), (Found{"codigo_postal2 C.P. 06000"}));
  EXPECT_EQ(found_in("Detroit, MI 48201"), (Found{"zip2 48201"}));
  EXPECT_EQ(found_in("placas ABC-12-34"), (Found{"plate2 ABC-12-34"}));
}

TEST(FindIdentifiers, KnowsThatSinIsASpanishWord) {
  EXPECT_EQ(found_in("sin dinero y con 900000002 deudas"), (Found{}));
}

TEST(FindIdentifiers, LeavesOrdinaryNumbersAlone) {
  for (const char* text : {"She worked 16 hours a day from 2019 to 2024.", "Le debe 1500 dólares",
                           "on 2024-03-05 at 10:30", "12345678", "there were 12 of us in 3 trailers"}) {
    EXPECT_EQ(found_in(text), (Found{})) << text;
  }
}

TEST(FindIdentifiers, SeesThroughSpacingCaseAndHiddenSigns) {
  EXPECT_EQ(found_in("puex900101 mdfrjc06").size(), 1u);
  EXPECT_EQ(found_in("PUEX\xE2\x80\x8B"
                     "900101MDFRJC06")
                .size(),
            1u);
  EXPECT_EQ(found_in("５３６-９０-４３９９"), (Found{"ssn2 ５３６-９０-４３９９"}));
  EXPECT_EQ(found_in("536\u201390\u20134399"), (Found{"ssn2 536\u201390\u20134399"}));
}

TEST(FindIdentifiers, FindsAddressesOfTheWeb) {
  EXPECT_EQ(found_in("Escríbeme a ana.ruiz@correo.example."), (Found{"email1 ana.ruiz@correo.example"}));
  EXPECT_EQ(found_in("ana (at) correo (dot) example").size(), 1u);
  EXPECT_EQ(found_in("ana arroba correo punto com").size(), 1u);
  EXPECT_EQ(found_in("see https://social.example/u/ana?x=1, please"),
            (Found{"url1 https://social.example/u/ana?x=1"}));
  EXPECT_EQ(found_in("facebook.com/ana.ruiz"), (Found{"url1 facebook.com/ana.ruiz"}));
  EXPECT_EQ(found_in("su cuenta @ana_ruiz"), (Found{"handle1 @ana_ruiz"}));
}

TEST(FindIdentifiers, FindsEveryValidFixtureAfterItsContextWord) {
  const std::vector<std::pair<IdKind, std::string>> said = {
      {IdKind::curp, "CURP "},     {IdKind::rfc, "RFC "},
      {IdKind::nss, "NSS "},       {IdKind::ssn, "SSN "},
      {IdKind::sin, "SIN "},       {IdKind::clave_elector, "clave de elector "},
      {IdKind::ine_ocr, "OCR "},   {IdKind::clabe, "CLABE "},
      {IdKind::sevis, "SEVIS "},   {IdKind::uscis_receipt, "receipt "},
      {IdKind::postal_code_ca, ""}};
  for (const auto& [kind, word] : said) {
    for (const auto& fixture : fixtures()) {
      if (fixture.kind != kind) continue;
      for (const char* id : fixture.valid) {
        if (std::string(id) == "XAXX010101000") continue;  // the generic one names nobody
        const auto spans = find_identifiers(word + id + " y más");
        ASSERT_FALSE(spans.empty()) << word << id;
        EXPECT_LE(static_cast<int>(spans.front().tier), 2) << word << id;
        EXPECT_EQ(spans.front().end - spans.front().begin, std::string(id).size()) << word << id;
      }
    }
  }
}

TEST(FindIdentifiers, SpansRiseStayInBoundsAndDoNotOverlap) {
  rc::check([](const std::vector<std::uint8_t>& picks) {
    static const std::vector<std::string> pieces = {"A",    "1", "22",    "333",       " ", "-", "@",
                                                    ".com", "ñ", "CURP ", "130000003", "x", "/", "é"};
    std::string text;
    for (auto pick : picks) text += pieces[pick % pieces.size()];
    std::size_t last = 0;
    for (const auto& span : find_identifiers(text)) {
      RC_ASSERT(span.begin >= last);
      RC_ASSERT(span.end > span.begin);
      RC_ASSERT(span.end <= text.size());
      last = span.end;
    }
  });
}

}  // namespace
}  // namespace hotline
