#include "consent/stages.h"

#include <algorithm>

#include "consent/consent.h"

namespace hotline {
namespace {

Level most_of(const Policy& base, const Category& category) {
  for (const FirstShare& each : base.first_stage) {
    if (each.category == category) return level_from(each.level).value_or(Level::withheld);
  }
  return Level::withheld;
}

}  // namespace

std::string_view to_string(Stage stage) {
  switch (stage) {
    case Stage::whole:
      return "";
    case Stage::pseudonymous:
      return "pseudonymous";
    case Stage::complete:
      return "complete";
  }
  return "";
}

std::optional<Stage> stage_from(std::string_view text) {
  for (const Stage each : {Stage::whole, Stage::pseudonymous, Stage::complete}) {
    if (to_string(each) == text) return each;
  }
  return std::nullopt;
}

Decision first_stage(Decision decision, const Policy& base) {
  for (PersonDecision& person : decision.persons) {
    person.onward.clear();
    for (CategoryDecision& each : person.categories) {
      const Level most = most_of(base, each.category);
      if (each.level <= most) continue;
      each.level = most;
      each.rule = base.first_stage_rule;
      if (most == Level::withheld) each.fields.clear();
    }
  }
  return decision;
}

}  // namespace hotline
