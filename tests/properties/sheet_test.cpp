// Generated consents over the examples that ship and over groups made up here: for each person and category
// the sheet says, in every language, what the disclosure holds; and with whom, until when, to whom further.
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <filesystem>

#include "consent/consent.h"
#include "tests/cases/agreements.h"
#include "tests/unit/consent/told.h"
#include "tests/unit/consent/world.h"

namespace hotline {
namespace {

namespace fs = std::filesystem;
using namespace testing_world;

const std::string kRoot = HOTLINE_ROOT;

std::vector<std::string> example_files() {
  std::vector<std::string> out;
  for (const char* profile : {"us", "ca", "mx", "fhir", "primero", "htcds"}) {
    for (const auto& folder : fs::directory_iterator(fs::path(kRoot) / "adapters" / profile / "cases")) {
      const fs::path file = folder.path() / "canonical.json";
      if (fs::exists(file)) out.push_back(file.string());
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

Referral an_example() {
  static const std::vector<std::string> files = example_files();
  auto json = read_json_file(*rc::gen::elementOf(files));
  return *Referral::from(std::move(*json), World::get().schema);
}

Referral a_group() {
  std::vector<std::string> persons;
  const int size = *rc::gen::inRange(1, 5);
  for (int i = 1; i <= size; ++i) persons.push_back(adult("p" + std::to_string(i)));
  return record(persons, {});
}

// Paths that the person has something at: section/field, by the category of the section.
std::map<std::string, std::vector<std::string>> choosable(const JsonValue& person) {
  std::map<std::string, std::vector<std::string>> out;
  for (const auto& section : person.GetObject()) {
    const std::string name(as_text(section.name));
    const SchemaNode* node = World::get().schema.at("/persons/0/" + name);
    if (node == nullptr || !section.value.IsObject()) continue;
    for (const auto& field : section.value.GetObject())
      out[node->labels().category].push_back(name + "/" + std::string(as_text(field.name)));
  }
  return out;
}

Agreement an_agreement(const JsonValue& person) {
  Agreement out;
  const auto paths = choosable(person);
  for (const Category& each : all_categories()) {
    const auto level = *rc::gen::elementOf(
        std::vector<std::string>{"none", "withheld", "pseudonymised", "generalised", "full", "full", "some"});
    const auto choice = paths.find(each.get());
    if (level == "some" && choice != paths.end()) {
      std::vector<std::string> chosen;
      const int count = *rc::gen::inRange(1, 3);
      for (int i = 0; i < count; ++i) {
        std::string path = *rc::gen::elementOf(choice->second);
        if (std::find(chosen.begin(), chosen.end(), path) == chosen.end()) chosen.push_back(std::move(path));
      }
      out.fields.emplace_back(each.get(), std::move(chosen));
    } else if (level != "none" && level != "some") {
      out.levels.emplace_back(each.get(), level);
    }
  }
  out.days = *rc::gen::inRange(1, 91);
  if (*rc::gen::inRange(0, 3) == 0) out.onward = {"shelter-9", "clinic-2"};
  return out;
}

RC_GTEST_PROP(SheetOfGeneratedConsents, SaysWhatTheDisclosureHolds, ()) {
  const Referral bare = *rc::gen::arbitrary<bool>() ? an_example() : a_group();
  const auto everybody = three_members();
  const auto from = *rc::gen::inRange<std::size_t>(0, everybody.size());
  const Member& to =
      everybody[(from + *rc::gen::inRange<std::size_t>(1, everybody.size())) % everybody.size()];
  const Instant now = *parse_instant("2026-11-21T12:00:00Z");
  // People of one record agree to the same, to different things, or to nothing.
  const Agreement common = an_agreement(bare.persons()[0]);
  std::vector<std::optional<Agreement>> agreed;
  for (const JsonValue& person : bare.persons().GetArray()) {
    const int how = *rc::gen::inRange(0, 4);
    agreed.push_back(how == 0 ? std::nullopt : std::optional(how == 1 ? an_agreement(person) : common));
  }
  const Referral referral = with_agreements(bare, to, bare.purpose(), agreed, now);
  const Decision decision = decided(referral, request_between(everybody[from], to, referral.purpose(), now));
  const auto disclosures = disclosed(referral, decision);
  if (!disclosures) RC_DISCARD("held back by the second reader: there is no disclosure to compare with");
  int shared = 0;
  for (const char* language : {"en", "es-MX", "fr-CA"}) {
    const auto found = differences({referral, to, decision, *disclosures}, language, &shared);
    if (!found.empty()) RC_FAIL(found.front());
  }
  RC_TAG(shared > 0 ? "shares something" : "shares nothing");
}

}  // namespace
}  // namespace hotline
