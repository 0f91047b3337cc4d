// A sheet read back into what it promises, and that beside what a disclosure holds.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "config/registry.h"
#include "consent/redact.h"
#include "consent/sheet.h"

namespace hotline::testing_world {

const Catalog& catalog();  // of the repository

// The sheet's own words, as categories and levels again.
struct Said {
  std::map<std::string, std::string> shared;       // category -> level, or "some": chosen fields
  std::map<std::string, std::string> some_fields;  // category -> what is said of the chosen ones
  std::set<std::string> not_shared;
  std::string whom, until, because, change;
};
Said said(const Sheet& sheet);

// The three hotlines, named "Line US" and so on.
std::vector<Member> three_members();
Request request_between(const Member& from, const Member& to, std::string_view purpose, Instant now);

// One record that is sent, or would be.
struct Told {
  const Referral& referral;
  const Member& recipient;
  const Decision& decision;
  const std::vector<Disclosure>& disclosures;
};

// Everything in which a sheet of any person, in `language`, and the disclosures differ; empty when they say
// the same. `shared` counts the sheets that name something as shared.
std::vector<std::string> differences(const Told& told, const std::string& language, int* shared = nullptr);

}  // namespace hotline::testing_world
