// Sheet and disclosure say the same, for every example of every hotline that is sent anywhere: what the
// disclosure holds was named as shared, at that level; what is withheld was named as not shared; the
// recipient and the last day are the same. Each record as it ships, and once more with people who agreed to
// something (agreed.json). And each sheet can be read out in two minutes.
#include <filesystem>

#include "config/registry.h"
#include "consent/consent.h"
#include "consent/sheet.h"
#include "i18n/base/text_files.h"
#include "i18n/language_tag.h"
#include "tests/cases/agreements.h"
#include "tests/support/reading.h"
#include "tests/unit/consent/told.h"
#include "tests/unit/consent/world.h"

namespace hotline {
namespace {

namespace fs = std::filesystem;
using namespace testing_world;

const std::string kRoot = HOTLINE_ROOT;
const char* const kLanguages[] = {"en", "es-MX", "fr-CA"};
const char* const kProfiles[] = {"us", "ca", "mx", "fhir", "primero", "htcds"};

// Every canonical record that ships, to everybody but its own hotline, an hour after its consents were given.
struct Sent {
  std::string name;
  Referral referral;
  Member recipient;
  Decision decision;
  std::vector<Disclosure> disclosures;
  Told told() const { return {referral, recipient, decision, disclosures}; }
};

Instant hour_after_consent(const Referral& referral) {
  Instant latest = *parse_instant("2026-11-21T12:00:00Z");
  for (const Consent& each : consents_of(referral)) {
    if (each.given_at) latest = each.given_at->plus_seconds(3600);
  }
  return latest;
}

std::optional<Sent> sent(std::string name, Referral referral, const Member& from, const Member& to) {
  const Request request = request_between(from, to, referral.purpose(), hour_after_consent(referral));
  Decision decision = decided(referral, request);
  auto made = disclosed(referral, decision);
  if (!made) return std::nullopt;
  return Sent{std::move(name), std::move(referral), to, std::move(decision), std::move(*made)};
}

// Each person takes the next agreement in turn, and of a larger group one person none.
Referral agreeing(const Referral& referral, const Member& to, std::size_t turn) {
  static const std::vector<Agreement> all = agreements();
  std::vector<std::optional<Agreement>> agreed;
  for (std::size_t i = 0; i < referral.persons().Size(); ++i)
    agreed.push_back(i == 3 ? std::nullopt : std::optional(all[(turn + i) % all.size()]));
  return with_agreements(referral, to, referral.purpose(), agreed, *parse_instant("2026-11-21T12:00:00Z"));
}

std::vector<Sent> everything_sent(const std::string& profile) {
  std::vector<Sent> out;
  std::size_t turn = 0;
  const auto add = [&](std::optional<Sent> each) {
    if (each) out.push_back(std::move(*each));
  };
  for (const auto& folder : fs::directory_iterator(fs::path(kRoot) / "adapters" / profile / "cases")) {
    const auto json = read_json_file((folder.path() / "canonical.json").string());
    if (!json) continue;
    for (const Member& from : three_members()) {
      for (const Member& to : three_members()) {
        if (from.id == to.id || (profile.size() == 2 && from.id.get() != profile)) continue;
        Json copy;
        copy.CopyFrom(*json, copy.GetAllocator());
        auto referral = Referral::from(std::move(copy), World::get().schema);
        if (!referral) continue;
        const std::string name = folder.path().filename().string() + " to " + to.id.get();
        for (int times = 0; times < 2 && !asked_about(*referral, to); ++times)
          add(sent(name + ", agreed", agreeing(*referral, to, turn++), from, to));
        add(sent(name, std::move(*referral), from, to));
      }
    }
  }
  return out;
}

class SheetOf : public testing::TestWithParam<const char*> {};

TEST_P(SheetOf, EveryRecordSaysWhatItsDisclosureHolds) {
  int shared = 0;
  for (const Sent& each : everything_sent(GetParam())) {
    for (const char* language : kLanguages) {
      for (const std::string& what : differences(each.told(), language, &shared))
        ADD_FAILURE() << each.name << ": " << what;
    }
  }
  EXPECT_GT(shared, 0) << "no example of this hotline is sent anywhere";
}

TEST_P(SheetOf, EveryRecordIsPlainAndShort) {
  for (const Sent& sent : everything_sent(GetParam())) {
    SCOPED_TRACE(sent.name);
    for (const char* language : kLanguages) {
      for (const Sheet& each :
           sheets(sent.decision, {sent.referral, sent.recipient, World::get().policies, World::get().schema,
                                  catalog(), LanguageTag(language), LanguageTag("en")})) {
        const std::string text = read_aloud(each);
        const std::string base = base_language(LanguageTag(language));
        double figure = 0;
        EXPECT_TRUE(test::is_plain_to_hear(text, base, &figure)) << language << " " << figure;
        EXPECT_LT(test::seconds_to_read_out(text, base), 120) << language << "\n" << text;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, SheetOf, testing::ValuesIn(kProfiles),
                         [](const auto& info) { return std::string(info.param); });

// Otherwise the comparison above would compare nothing with nothing most of the time.
TEST(Sheets, AtLeastHalfOfThemShareSomething) {
  std::size_t all = 0, share = 0;
  for (const char* profile : kProfiles) {
    for (const Sent& each : everything_sent(profile)) {
      ++all;
      share += each.disclosures.empty() ? 0 : 1;
    }
  }
  RecordProperty("records", std::to_string(all));
  RecordProperty("sharing", std::to_string(share));
  EXPECT_GE(share * 2, all) << share << " of " << all;
}

}  // namespace
}  // namespace hotline
