// What the tests of consent share: the real schema, policies and texts, and a way to write a record in a few
// lines.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "adapters/record/referral.h"
#include "config/policy.h"
#include "config/schema.h"
#include "consent/decide.h"
#include "consent/redact.h"
#include "consent/texts.h"
#include "i18n/codes.h"

namespace hotline::testing_world {

struct World {
  Schema schema;
  Policies policies;
  ConsentTexts texts;
  static const World& get();  // loaded once
};

// Replaces every @name@ in a template.
std::string with(std::string text, const std::vector<std::pair<std::string, std::string>>& values);

// One valid consent of `person` for the hotline "mx"; `categories` as in the schema, or "F" for all sixteen
// at full. `overrides` is a JSON object merged on top (null removes a member).
struct ConsentSpec {
  std::string person = "p1";
  std::string id = "consent-0001";
  std::string categories = "F";
  std::string overrides = "{}";
};
std::string consent_json(const ConsentSpec& spec);
std::string grants(const std::vector<std::pair<std::string, std::string>>& levels);  // {"needs","full"}, ...

// A record of these persons (JSON objects), consents and further top-level members ("" or `"narratives":
// [...]`).
Referral record(const std::vector<std::string>& persons, const std::vector<std::string>& consents,
                const std::string& more = "");
// An adult who speaks Spanish, with a value in every category.
std::string adult(const std::string& id = "p1");

Instant now();  // 2026-03-02T12:00:00Z; the consents above were given the day before
Request to_mexico();

Decision decided(const Referral& referral, const Request& request = to_mexico(),
                 const std::vector<Attestation>& attestations = {},
                 const std::vector<ConsentId>& withdrawn = {});
Result<std::vector<Disclosure>> disclosed(const Referral& referral, const Decision& decision);
// Danger to life, attested by a supervisor ten minutes before now(), for forty minutes.
Attestation emergency();
Level level(const Decision& decision, const std::string& person, const std::string& category);
std::string rule(const Decision& decision, const std::string& person, const std::string& category = "needs");

}  // namespace hotline::testing_world
