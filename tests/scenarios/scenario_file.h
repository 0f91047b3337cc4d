// A situation as a file that can be read aloud: given / send / later / expect, one sentence a line.
//
//   situation 9: the family abroad is called for money
//   given the record adapters/mx/cases/family-abroad-is-called-for-money
//   given the time 2026-11-21T12:00:00Z
//   vary the name Fermín
//   vary the number 55 0000 0061
//   vary the spelling of Alacranes
//   send from mx to us
//   expect both columns
#pragma once

#include <string>
#include <vector>

#include "i18n/base/clock.h"
#include "tests/scenarios/vary.h"

namespace hotline::test {

enum class StepKind {
  record,         // given the record FOLDER
  time,           // given the time INSTANT
  expectation,    // given the expectation FILE: stands beside the record; expect.json when nothing is said
  purpose,        // given the purpose PURPOSE: other than the record's own
  attestation,    // given the attestation by STAFF_ROLE of GROUND for ROLE over CATEGORY,... lasting N hours
  refused,        // refuse to send from NODE to NODE: without the attestation
  send,           // send from NODE to NODE: with it, when there is one
  both_columns,   // expect both columns
  referrals,      // expect N referrals
  pass,           // later N hours
  withdraw,       // withdraw every consent
  nothing_left,   // expect nothing left at the receiver
  purge_receipt,  // expect a purge receipt
  demand,         // demand everything as sheriff from NODE
  same_refusal,   // expect one refusal whoever is asked about
};

struct Step {
  StepKind kind;
  std::vector<std::string> words;  // what the sentence leaves open, in order
  int line = 0;
};

struct Scenario {
  std::string title;
  Vary vary;
  std::vector<Step> steps;
};

// Throws std::runtime_error with file and line for a sentence that it does not know.
Scenario read_scenario(const std::string& file);

}  // namespace hotline::test
