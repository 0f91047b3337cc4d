#include "tests/properties/proof/classes.h"

#include "tests/properties/proof/space.h"

namespace hotline::proof {
namespace {

Instant from_now(std::int64_t seconds) {
  return kNow.plus_seconds(seconds);
}

void set_spoken(ConsentFacts& c, bool witnessed, bool fits, std::int64_t hours_ago) {
  c.form = "oral_two_person";
  c.witnessed = witnessed;
  c.needs_fit_oral = fits;
  c.given_at = from_now(-3600 * hours_ago);
}

void set_times(ConsentFacts& c, std::size_t i) {
  if (i == 0) c.until = c.given_at;
  if (i == 1) c.given_at = from_now(301);
  if (i == 2) c.until = c.given_at->plus_seconds(90 * 86400 + 1);
  if (i == 3) c.until = kNow;
  if (i == 4) c.of_age_at = kNow;
  if (i == 5) c.of_age_at = from_now(86400);
  if (i == 6) c.given_at.reset();
  if (i == 7) c.until.reset();
}

}  // namespace

void set_rest(ConsentFacts& c, std::size_t i) {
  switch (i) {
    case 1:
      c.withdrawn = true;
      break;
    case 2:
      c.state = StateFact::refused;
      break;
    case 3:
      c.state = StateFact::other;
      break;
    case 4:
      c.complete = false;
      break;
    case 5:
      c.informed = false;
      break;
    case 6:
      c.statement_known = false;
      break;
    case 7:
      c.form.clear();
      break;
    case 8:
      c.relative_interpreted = true;
      break;
    case 9:
      set_spoken(c, false, true, 24);
      break;
    case 10:
      set_spoken(c, true, false, 24);
      break;
    case 11:
      set_spoken(c, true, true, 24);
      break;
    case 12:
      set_spoken(c, true, true, 72);
      break;
    case 13:
      c.policy_version_fits = false;
      break;
    case 0:
      break;
    default:
      set_times(c, i - 14);
  }
}

void set_who(ConsentFacts& c, std::size_t i) {
  c = i < 5 ? own_consent() : guardians_consent();
  if (i == 1) c.giver.named = GiverNamed::another;
  if (i == 2) c.alone = AgeFact::below;
  if (i == 3) c.alone = AgeFact::straddles;
  if (i == 4) c.giver.exploiter = true;
  if (i == 6) c.giver.relation = "friend";
  if (i == 7) c.giver.not_abuser = false;
  if (i == 8) c.adult = AgeFact::straddles;
  if (i >= 9 && i <= 10) c.adult = AgeFact::reached;
  if (i == 10) c.adult_when_given = AgeFact::reached;
  if (i == 11) c.for_recipient = false;
  if (i == 12) c.for_purpose = false;
}

}  // namespace hotline::proof
