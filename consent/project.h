// The structured part of a disclosure: a copy of the record of which every field was asked whether it may go.
// Driven by the schema's labels alone; a field that the schema does not know does not go.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "adapters/record/referral.h"
#include "config/schema.h"
#include "consent/decision.h"
#include "consent/texts.h"

namespace hotline {

struct ProjectionInputs {
  const Schema& schema;
  const ConsentTexts& texts;
  const PersonDecision& terms;  // the same for every person of the group
  const std::map<std::string, std::string, std::less<>>& pseudonyms;  // of the group's persons only
  std::function<std::string()> new_uuid;
  CivilDate today;
  bool split;  // somebody of the record is not in the group: what is common to the case would link them
};

// Everything but the narratives, terms and withheld marks, as a canonical record.
Json project(const Referral& referral, const ProjectionInputs& inputs);

}  // namespace hotline
