// What a compiled mapping must show before it may run. Each fault's pointer is a place in mapping.json, its
// `expected` a word of the catalogs (`check.<word>`) and, after a blank, what the sentence speaks of.
#pragma once

#include <vector>

#include "adapters/engine/plan.h"
#include "config/schema.h"
#include "i18n/codes.h"

namespace hotline {

struct Proof {
  const Plan& plan;
  const Schema& national;
  const Schema& canonical;
  const CodeSystems& codes;
};

// Both ends of every rule are of the same kind, and what either schema allows the other side can say.
std::vector<Fault> prove_types(const Proof& proof);

// The elements of a list that are told apart: no two rules take the same one, and none is left without a
// rule.
std::vector<Fault> prove_conditions(const Proof& proof);

// No place is written by two rules: of the record inbound, of the hotline's record outbound.
std::vector<Fault> prove_writes(const Proof& proof);

// All of them, in this order.
std::vector<Fault> prove(const Proof& proof);

// The same for one file of codes/, which is a document by itself: what is an equivalent one way is one the
// other way, wider and narrower change places, or an entry's `note` says why not.
std::vector<Fault> prove_codes(const JsonValue& codes);

inline Fault unproven(std::string at, std::string_view word, std::string_view what = {}) {
  return {ErrorCode::data_invalid, std::move(at),
          std::string(word) + (what.empty() ? "" : " " + std::string(what))};
}

}  // namespace hotline
