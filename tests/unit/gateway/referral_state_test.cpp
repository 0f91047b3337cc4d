// Which step may follow which.
#include "gateway/referral/state.h"

#include <gtest/gtest.h>

namespace hotline {
namespace {

using S = ReferralStatus;

std::vector<S> all() {
  std::vector<S> statuses;
  for (int i = 0; i <= static_cast<int>(S::refused_by_policy); ++i) statuses.push_back(static_cast<S>(i));
  return statuses;
}

TEST(ReferralState, NothingFollowsTheEndButAWithdrawal) {
  for (const S now : all()) {
    if (!is_over(now)) continue;
    for (const S wanted : all()) {
      EXPECT_EQ(may_follow(now, wanted), wanted == now || wanted == S::withdrawn_by_person)
          << to_string(now) << " -> " << to_string(wanted);
    }
  }
}

TEST(ReferralState, APersonMayWithdrawAtAnyTime) {
  for (const S now : all()) EXPECT_TRUE(may_follow(now, S::withdrawn_by_person)) << to_string(now);
}

TEST(ReferralState, SayingTheSameAgainIsAlwaysAllowed) {
  for (const S now : all()) EXPECT_TRUE(may_follow(now, now));
}

TEST(ReferralState, ADeclineIsNotTheEnd) {
  for (const S now : all()) {
    if (!is_decline(now)) continue;
    EXPECT_FALSE(is_over(now));
    EXPECT_TRUE(may_follow(now, S::accepted));
  }
}

TEST(ReferralState, ReadingUndoesNothingThatWasSaid) {
  for (const S now : {S::accepted, S::declined_scope, S::in_service, S::waitlisted, S::more_info_requested}) {
    EXPECT_FALSE(may_follow(now, S::acknowledged)) << to_string(now);
  }
  EXPECT_TRUE(may_follow(S::delivered, S::acknowledged));
}

TEST(ReferralState, ADeliveredOneIsNeverAgainOnItsWay) {
  for (const S now : all()) {
    if (now != S::draft && now != S::consent_pending && now != S::ready && now != S::sent) {
      EXPECT_FALSE(may_follow(now, S::sent)) << to_string(now);
    }
  }
}

TEST(ReferralState, EachSideSaysOnlyWhatIsItsOwn) {
  for (const S wanted : all()) {
    EXPECT_FALSE(may_say(Side::sender, wanted) && may_say(Side::receiver, wanted)) << to_string(wanted);
  }
  for (const S gateways_own :
       {S::sent, S::delivered, S::expired, S::failed_delivery, S::withdrawn_by_person}) {
    EXPECT_FALSE(may_say(Side::sender, gateways_own));
    EXPECT_FALSE(may_say(Side::receiver, gateways_own));
  }
}

TEST(ReferralState, ARefusedChangeSaysWhereItStands) {
  const auto refused = check_change(Side::receiver, S::completed, S::accepted);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::state_conflict);
  EXPECT_EQ(refused.error().expected, "completed");
}

}  // namespace
}  // namespace hotline
