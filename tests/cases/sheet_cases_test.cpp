// Sheet and disclosure say the same, for every example of every hotline that is sent anywhere: what the
// disclosure holds was named as shared, at that level; what is withheld was named as not shared; the
// recipient and the last day are the same. And each sheet can be read out in two minutes.
#include <filesystem>
#include <map>
#include <set>

#include "config/registry.h"
#include "consent/consent.h"
#include "consent/sheet.h"
#include "consent/values.h"
#include "i18n/base/text_files.h"
#include "i18n/dates.h"
#include "i18n/language_tag.h"
#include "tests/support/reading.h"
#include "tests/unit/consent/world.h"

namespace hotline {
namespace {

namespace fs = std::filesystem;
using namespace testing_world;

const std::string kRoot = HOTLINE_ROOT;

const Catalog& catalog() {
  static const Catalog loaded = *Catalog::load(kRoot);
  return loaded;
}

std::vector<Member> members() {
  std::vector<Member> out;
  for (const auto& [id, country, zone] :
       {std::tuple{"us", "US", "America/New_York"}, std::tuple{"ca", "CA", "America/Toronto"},
        std::tuple{"mx", "MX", "America/Mexico_City"}}) {
    Member member;
    member.id = MemberId(id);
    member.country = country;
    member.name = std::string("Line ") + country;
    member.time_zone = zone;
    member.policy_version = std::string(id) + "-2026.1";
    out.push_back(std::move(member));
  }
  return out;
}

// Every canonical record that ships, to everybody but its own hotline, the day after its consents were given.
struct Sent {
  std::string name;
  Referral referral;
  Member recipient;
  Decision decision;
  std::vector<Disclosure> disclosures;
};

Instant day_after_consent(const Referral& referral) {
  Instant latest = *parse_instant("2026-11-21T12:00:00Z");
  for (const Consent& each : consents_of(referral)) {
    if (each.given_at) latest = each.given_at->plus_seconds(3600);
  }
  return latest;
}

std::vector<Sent> everything_sent(const std::string& profile) {
  std::vector<Sent> out;
  for (const auto& folder : fs::directory_iterator(fs::path(kRoot) / "adapters" / profile / "cases")) {
    const auto json = read_json_file((folder.path() / "canonical.json").string());
    if (!json) continue;
    for (const Member& from : members()) {
      for (const Member& to : members()) {
        if (from.id == to.id || (profile.size() == 2 && from.id.get() != profile)) continue;
        Json copy;
        copy.CopyFrom(*json, copy.GetAllocator());
        auto referral = Referral::from(std::move(copy), World::get().schema);
        if (!referral) continue;
        const Request request =
            request_to(from, to, Purpose(std::string(referral->purpose())), day_after_consent(*referral));
        Decision decision = decided(*referral, request);
        auto made = disclosed(*referral, decision);
        if (!made) continue;
        out.push_back({folder.path().filename().string() + " to " + to.id.get(), std::move(*referral), to,
                       std::move(decision), std::move(*made)});
      }
    }
  }
  return out;
}

// The sheet's own words, read back into categories and levels.
struct Said {
  std::map<std::string, std::string> shared;  // category -> level, or "some": chosen fields
  std::set<std::string> not_shared;
  std::string whom, until;
};

Said said(const Sheet& sheet) {
  const auto word = [&](const std::string& key) { return catalog().text(key, sheet.language); };
  const auto category_of = [&](const std::string& item) {
    for (const Category& each : all_categories()) {
      const std::string name = word("sheet.category." + each.get());
      if (item == name || item.rfind(name + ":", 0) == 0 || item.rfind(name + "\u00a0:", 0) == 0)
        return each.get();
    }
    return std::string("?" + item);
  };
  Said out;
  for (const SheetPart& part : sheet.parts) {
    for (const SheetBlock& block : part.blocks) {
      if (part.heading == word("sheet.whom")) out.whom += block.text;
      if (part.heading == word("sheet.until")) out.until = block.text;
      if (part.heading == word("sheet.not"))
        for (const std::string& item : block.items) out.not_shared.insert(category_of(item));
      if (part.heading != word("sheet.what")) continue;
      for (const char* level : {"full", "some", "generalised", "pseudonymised"}) {
        if (block.text != word(std::string("sheet.level.") + level)) continue;
        for (const std::string& item : block.items) out.shared[category_of(item)] = level;
      }
    }
  }
  return out;
}

bool holds_nothing(const JsonValue& value) {
  return (value.IsObject() && value.ObjectEmpty()) || (value.IsArray() && value.Empty());
}

// The categories that a disclosure holds values of, by the schema's labels and not by what it says of itself.
std::set<std::string> held_in(const JsonValue& record) {
  std::set<std::string> out;
  const auto below = [&](const JsonValue& object, const std::string& at) {
    for (const auto& each : object.GetObject()) {
      const std::string path = at + "/" + std::string(as_text(each.name));
      const SchemaNode* node = World::get().schema.at(path);
      const std::string category = node == nullptr ? "" : node->labels().category;
      if (!holds_nothing(each.value) && category != "structural" && category != "source_only")
        out.insert(category);
    }
  };
  for (const JsonValue& person : member(record, "persons")->GetArray()) below(person, "/persons/0");
  for (const char* common : {"alleged_exploiters", "narratives", "case"}) {
    const JsonValue* list = member(record, common);
    if (list == nullptr || holds_nothing(*list)) continue;
    out.insert(World::get().schema.at(std::string("/") + common)->labels().category);
  }
  return out;
}

class SheetOf : public testing::TestWithParam<std::string> {};

// The person stands at `place` in the disclosure, under another name.
void expect_same(const Sheet& sheet, const Sent& sent, const Disclosure& disclosure, std::size_t place) {
  const Said words = said(sheet);
  const Json body = *parse_json(disclosure.bytes());
  const JsonValue& record = *member(body, "referral");
  const PersonDecision& decided = *sent.decision.of(sheet.person);
  for (const std::string& category : held_in(record)) {
    const auto named = words.shared.find(category);
    ASSERT_NE(named, words.shared.end()) << category << " leaves and was not named";
    const CategoryDecision& of = decided.of(category);
    const bool some = of.level == Level::full && !of.fields.empty();
    EXPECT_EQ(named->second, some ? "some" : to_string(of.level)) << category;
  }
  std::set<std::string> withheld;
  const auto read_marks = [&](const JsonValue& of) {
    for (const JsonValue& mark : member(of, "withheld")->GetArray()) {
      const std::string category(text_at(mark, "category"));
      const std::string level(text_at(mark, "level"));
      if (level == "withheld") {
        withheld.insert(category);
      } else {
        // To whoever receives it, some fields of a category are less than all of it.
        const std::string& told = words.shared.at(category);
        EXPECT_EQ(told == "some" ? "generalised" : told, level) << category;
      }
    }
  };
  read_marks(record);
  read_marks((*member(record, "persons"))[static_cast<rapidjson::SizeType>(place)]);
  // A story that was agreed to and that the second reader holds back is named as shared: once a human has
  // looked at it, it goes.
  if (disclosure.narrative_held() == "leak_gate") withheld.erase("narrative");
  EXPECT_EQ(words.not_shared, withheld);
  EXPECT_NE(words.whom.find(sent.recipient.name), std::string::npos) << words.whom;
  const JsonValue& terms = *member(record, "terms");
  EXPECT_EQ(text_at(terms, "recipient"), sent.recipient.id.get());
  const auto last = civil_date_in(*parse_instant(text_at(terms, "until")), sent.recipient.time_zone);
  EXPECT_NE(words.until.find(format_date_long(*last, sheet.language)), std::string::npos) << words.until;
}

TEST_P(SheetOf, EveryRecordSaysWhatItsDisclosureHolds) {
  std::size_t compared = 0;
  for (const Sent& sent : everything_sent(GetParam())) {
    SCOPED_TRACE(sent.name);
    for (const char* language : {"en", "es-MX", "fr-CA"}) {
      const auto made =
          sheets(sent.decision, {sent.referral, sent.recipient, World::get().policies, World::get().schema,
                                 catalog(), LanguageTag(language), LanguageTag("en")});
      for (std::size_t i = 0; i < sent.disclosures.size(); ++i) {
        const auto& group = sent.decision.groups[i].persons;
        for (std::size_t place = 0; place < group.size(); ++place) {
          const PersonId& person = group[place];
          const auto sheet = std::find_if(made.begin(), made.end(),
                                          [&](const Sheet& each) { return each.person == person; });
          ASSERT_NE(sheet, made.end());
          expect_same(*sheet, sent, sent.disclosures[i], place);
          ++compared;
        }
      }
      // Of whom nothing goes, nothing is said to go.
      for (const Sheet& each : made) {
        if (sent.decision.of(each.person)->anything()) continue;
        EXPECT_TRUE(said(each).shared.empty());
      }
    }
  }
  if (GetParam().size() == 2) {
    EXPECT_GT(compared, 0u) << "no example of this hotline is sent anywhere";
  }
}

TEST_P(SheetOf, EveryRecordIsPlainAndShort) {
  for (const Sent& sent : everything_sent(GetParam())) {
    SCOPED_TRACE(sent.name);
    for (const char* language : {"en", "es-MX", "fr-CA"}) {
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

INSTANTIATE_TEST_SUITE_P(All, SheetOf, testing::Values("us", "ca", "mx", "fhir", "primero", "htcds"),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace hotline
