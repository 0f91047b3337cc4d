// What ends the waiting for a crisis, and what does not.
#include "gateway/referral/crisis.h"

#include <gtest/gtest.h>

#include <vector>

namespace hotline {
namespace {

using S = ReferralStatus;
using C = CrisisStep;

const std::vector<C> kTimed = {C::acknowledge, C::escalate_first, C::accept, C::escalate_again,
                               C::second_partner};

std::vector<C> open_in(S status, bool by_human) {
  std::vector<C> open;
  for (const C step : kTimed) {
    if (!ends(step, status, by_human)) open.push_back(step);
  }
  return open;
}

TEST(Crisis, ThatOnlyASystemHasTakenIsNotAcknowledged) {
  EXPECT_EQ(open_in(S::delivered, false), kTimed);
  EXPECT_EQ(open_in(S::acknowledged, false), kTimed);
  EXPECT_EQ(open_in(S::acknowledged, true),
            (std::vector<C>{C::accept, C::escalate_again, C::second_partner}));
}

TEST(Crisis, IsTakenOnlyByAYesANoOrAnotherWay) {
  for (const S seen : {S::more_info_requested, S::waitlisted, S::contact_paused})
    EXPECT_EQ(open_in(seen, true), (std::vector<C>{C::accept, C::escalate_again, C::second_partner}));
  for (const S answered : {S::accepted, S::declined_capacity, S::declined_scope, S::declined_eligibility,
                           S::redirected, S::in_service})
    EXPECT_TRUE(open_in(answered, true).empty());
  for (const S over : {S::completed, S::withdrawn_by_person, S::revoked_by_sender, S::expired})
    EXPECT_TRUE(open_in(over, false).empty());
}

TEST(Crisis, ThatWasNotDeliveredStaysAnAlarmOfItsSender) {
  for (const S nowhere : {S::sent, S::failed_delivery, S::refused_by_policy})
    EXPECT_FALSE(ends(C::delivery, nowhere, false));
  EXPECT_TRUE(ends(C::delivery, S::delivered, false));
  EXPECT_TRUE(ends(C::delivery, S::withdrawn_by_person, false));
}

TEST(Crisis, ThatWasDeclinedWaitsUntilSomebodyTakesItAfterAll) {
  EXPECT_FALSE(ends(C::next_option, S::declined_capacity, true));
  EXPECT_TRUE(ends(C::next_option, S::accepted, true));
  EXPECT_TRUE(ends(C::next_option, S::revoked_by_sender, true));
}

TEST(Crisis, ClocksAreTheStricterOnesOfBothCountries) {
  const CrisisClocks one{900, 7200, 1800, 7200, 14400};
  const CrisisClocks other{1200, 3600, 1800, 9000, 10800};
  const auto times = crisis_times(stricter(one, other), Instant{});
  EXPECT_EQ(times, (CrisisTimes{Instant{900'000}, Instant{1'800'000}, Instant{3'600'000}, Instant{7'200'000},
                                Instant{10'800'000}}));
  EXPECT_EQ(earlier(times, crisis_times(one, Instant{})), times);
}

TEST(Crisis, StepsHaveNamesThatAreRead) {
  for (const C step : kTimed) EXPECT_EQ(crisis_step_from(to_string(step)), step);
  EXPECT_EQ(crisis_step_from(to_string(C::delivery)), C::delivery);
  EXPECT_EQ(crisis_step_from("tomorrow"), std::nullopt);
}

}  // namespace
}  // namespace hotline
