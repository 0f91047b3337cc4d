// The sheet that an advocate reads out to the person: what would be shared, what not, with whom, why, until
// when, what could go wrong, their choice, how to stop. It says the same as the decision, because it is made
// from it. Each person has a sheet of their own, which speaks of nobody else.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "adapters/record/referral.h"
#include "config/policy.h"
#include "config/registry.h"
#include "config/schema.h"
#include "consent/decision.h"
#include "i18n/catalog.h"

namespace hotline {

// A paragraph, and the list that it leads to, if there is one.
struct SheetBlock {
  std::string text;  // "" when the list stands alone
  std::vector<std::string> items;
};

struct SheetPart {
  std::string heading;  // "" for what is said first
  std::vector<SheetBlock> blocks;
};

struct Sheet {
  PersonId person;
  LanguageTag language;          // in which it is written: always one of the catalog's
  SheetPart staff;               // for the advocate, before anything else and never read out: what is safe
  std::string heading;           // "For Yoli"
  std::vector<SheetPart> parts;  // read out, in this order
};

struct SheetInputs {
  const Referral& referral;  // the one that was decided on
  const Member& recipient;
  const Policies& policies;
  const Schema& canonical;  // names the fields that a person chose one by one
  const Catalog& catalog;   // keys sheet.*
  LanguageTag language;     // the one asked for; empty: to each person their own
  LanguageTag otherwise;    // when a person says no language, or none that the catalog has
  // Names those to whom it may be passed on; nobody, or nullptr of it: by their id.
  std::function<const Member*(const MemberId&)> find = nullptr;
};

// One for each person of the decision, in its order. Of the record they hold only the name that the person
// wants to be called, and for the advocate what the person said is safe.
std::vector<Sheet> sheets(const Decision& decision, const SheetInputs& inputs);

// What is read out of one sheet: a line for each heading, paragraph and item of a list.
std::string read_aloud(const Sheet& sheet);

// All of them, each beginning with what the advocate must know. UTF-8, lines end in LF.
std::string sheets_text(const std::vector<Sheet>& sheets);
// One document: headings, lists, the language of each sheet; no script, nothing fetched. On paper the part
// for the advocate is left out, and each person's sheet begins a page.
std::string sheets_html(const std::vector<Sheet>& sheets, const Catalog& catalog);

}  // namespace hotline
