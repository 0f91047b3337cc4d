// A plan to contact somebody, held against what that person said is safe. 23 November 2026 is a Monday.
#include "consent/safe_contact.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace hotline {
namespace {

constexpr const char* kRules = R"({
  "contact_allowed": "yes", "channels": ["phone", "text_sms"], "device_monitored": "no",
  "windows": [{"days": ["mon", "wed"], "from": "18:00", "to": "20:00", "time_zone": "America/Tijuana"}]})";
constexpr const char* kPlan =
    R"({"who": "receiver", "channel": "phone",
        "window": {"date": "2026-11-23", "from": "18:30", "to": "19:30", "time_zone": "America/Tijuana"}})";

Json parsed(std::string_view text) {
  auto json = parse_json(text);
  if (!json) throw std::runtime_error(std::string(text));
  return std::move(*json);
}

// `text` with the members of `change` in the place of its own; null takes one away.
Json changed(const char* text, const char* change) {
  Json out = parsed(text);
  Json other = parsed(change);
  for (const auto& each : other.GetObject()) {
    out.RemoveMember(each.name);
    if (!each.value.IsNull())
      set_member(out, as_text(each.name), JsonValue(each.value, out.GetAllocator()), out.GetAllocator());
  }
  return out;
}

Instant at(const char* text) {
  return parse_instant(text).value();
}

std::vector<std::string> findings(const JsonValue* rules, const JsonValue& plan, Instant now) {
  const auto read = read_contact_plan(plan, now);
  if (!read) return {read.error().pointer + " " + std::string(to_string(read.error().code))};
  std::vector<std::string> codes;
  for (const auto& each : check_contact(rules, *read, now))
    codes.push_back((each.refuses ? "" : "warning ") + std::string(each.code) + " " + each.pointer);
  return codes;
}

struct PlanCase {
  const char* what;
  const char* rules;
  const char* plan;
  std::vector<std::string> found;
  const char* now = "2026-11-21T12:00:00Z";
};
void PrintTo(const PlanCase& c, std::ostream* out) {
  *out << c.what;
}

class Plan : public testing::TestWithParam<PlanCase> {};

TEST_P(Plan, IsHeldToWhatThePersonSaid) {
  const auto& c = GetParam();
  const Json rules = changed(kRules, c.rules);
  EXPECT_EQ(findings(&rules, changed(kPlan, c.plan), at(c.now)), c.found);
}

INSTANTIATE_TEST_SUITE_P(
    WhoAndHow, Plan,
    testing::Values(
        PlanCase{"a call in a safe hour", "{}", "{}", {}},
        PlanCase{
            "the person said no", R"({"contact_allowed":"no"})", "{}", {"contact_not_allowed /contact/who"}},
        PlanCase{"nobody wrote down a yes",
                 R"({"contact_allowed":null})",
                 "{}",
                 {"contact_not_allowed /contact/who"}},
        PlanCase{"they will call themselves",
                 R"({"contact_allowed":"person_will_contact"})",
                 "{}",
                 {"person_will_contact /contact/who"}},
        PlanCase{"and do, whenever they like",
                 R"({"contact_allowed":"person_will_contact"})",
                 R"({"who":"person","window":null})",
                 {}},
        PlanCase{"a channel that is not listed",
                 "{}",
                 R"({"channel":"whatsapp"})",
                 {"channel_not_safe /contact/channel"}},
        PlanCase{
            "no channel is listed at all", R"({"channels":[]})", "{}", {"channel_not_safe /contact/channel"}},
        PlanCase{"through somebody who must never know",
                 R"({"channels":["through_third_party"],"never_contact":["employer"]})",
                 R"({"channel":"through_third_party","through":"employer"})",
                 {"never_contact /contact/through"}},
        PlanCase{"through the police, whatever is written",
                 R"({"channels":["through_third_party"]})",
                 R"({"channel":"through_third_party","through":"law_enforcement"})",
                 {"never_contact /contact/through"}},
        PlanCase{"through somebody else",
                 R"({"channels":["through_third_party"],"never_contact":["employer"]})",
                 R"({"channel":"through_third_party","through":"friend"})",
                 {}},
        PlanCase{"a voicemail nobody asked about",
                 "{}",
                 R"({"voicemail":true})",
                 {"voicemail_not_safe /contact/voicemail"}},
        PlanCase{"a voicemail that may only be vague",
                 R"({"voicemail":"vague_only"})",
                 R"({"voicemail":true})",
                 {"voicemail_not_safe /contact/voicemail"}},
        PlanCase{"and is", R"({"voicemail":"vague_only"})", R"({"voicemail":true,"vague":true})", {}},
        PlanCase{"a text beside the call",
                 R"({"text":"no"})",
                 R"({"text":true})",
                 {"text_not_safe /contact/text"}},
        PlanCase{"a text where only vague ones are safe",
                 R"({"text":"vague_only"})",
                 R"({"channel":"text_sms"})",
                 {"text_not_safe /contact/channel"}},
        PlanCase{"an e-mail that is not safe",
                 R"({"channels":["email"],"email":"no"})",
                 R"({"channel":"email"})",
                 {"email_not_safe /contact/channel"}},
        PlanCase{"a device that nobody asked about counts as watched",
                 R"({"device_monitored":"unknown"})",
                 R"({"channel":"text_sms"})",
                 {"device_watched /contact/vague"}},
        PlanCase{"so does one of which nothing is written",
                 R"({"device_monitored":null,"voicemail":"yes"})",
                 R"({"voicemail":true})",
                 {"device_watched /contact/vague"}},
        PlanCase{"a watched device may ring", R"({"device_monitored":"yes"})", "{}", {}},
        PlanCase{"our number is hidden unless they said otherwise",
                 "{}",
                 R"({"caller_id":"shown"})",
                 {"caller_id_not_safe /contact/caller_id"}},
        PlanCase{
            "less than they allow", R"({"caller_id":"neutral_label"})", R"({"caller_id":"blocked"})", {}},
        PlanCase{"nobody to interpret",
                 R"({"interpreter":true})",
                 "{}",
                 {"interpreter_needed /contact/interpreter"}},
        PlanCase{"everything wrong at once is said at once",
                 R"({"windows":[]})",
                 R"({"channel":"mail","voicemail":true})",
                 {"channel_not_safe /contact/channel", "warning times_not_known /contact/window",
                  "voicemail_not_safe /contact/voicemail"}}));

INSTANTIATE_TEST_SUITE_P(
    When, Plan,
    testing::Values(
        PlanCase{
            "an hour too long",
            "{}",
            R"({"window":{"date":"2026-11-23","from":"19:00","to":"20:30","time_zone":"America/Tijuana"}})",
            {"outside_safe_times /contact/window"}},
        PlanCase{
            "to the minute",
            "{}",
            R"({"window":{"date":"2026-11-23","from":"18:00","to":"20:00","time_zone":"America/Tijuana"}})",
            {}},
        PlanCase{
            "the right hour of the wrong day",
            "{}",
            R"({"window":{"date":"2026-11-24","from":"18:30","to":"19:30","time_zone":"America/Tijuana"}})",
            {"outside_safe_times /contact/window"}},
        PlanCase{
            "the same hour on another country's wall",
            "{}",
            R"({"window":{"date":"2026-11-23","from":"18:30","to":"19:30","time_zone":"America/Toronto"}})",
            {"outside_safe_times /contact/window"}},
        PlanCase{"Tuesday in UTC is still Monday where the person is",
                 "{}",
                 R"({"window":null,"at":"2026-11-24T02:30:00Z"})",
                 {}},
        PlanCase{"Monday in UTC is Sunday there",
                 "{}",
                 R"({"window":null,"at":"2026-11-23T02:30:00Z"})",
                 {"outside_safe_times /contact/at"}},
        PlanCase{"the last moment is not in it",
                 "{}",
                 R"({"window":null,"at":"2026-11-24T04:00:00Z"})",
                 {"outside_safe_times /contact/at"}},
        PlanCase{
            "after midnight of a window that began on Wednesday",
            R"({"windows":[{"days":["wed"],"from":"22:00","to":"02:00","time_zone":"America/Toronto"}]})",
            R"({"window":{"date":"2026-11-26","from":"00:30","to":"01:30","time_zone":"America/Toronto"}})",
            {}},
        PlanCase{
            "after midnight of the day before",
            R"({"windows":[{"days":["thu"],"from":"22:00","to":"02:00","time_zone":"America/Toronto"}]})",
            R"({"window":{"date":"2026-11-26","from":"00:30","to":"01:30","time_zone":"America/Toronto"}})",
            {"outside_safe_times /contact/window"}},
        PlanCase{
            "over the seam of two windows that touch",
            R"({"windows":[{"from":"12:00","to":"14:00","time_zone":"America/Toronto"},
                                {"from":"08:00","to":"12:00","time_zone":"America/Toronto"}]})",
            R"({"window":{"date":"2026-11-26","from":"11:30","to":"12:30","time_zone":"America/Toronto"}})",
            {}},
        PlanCase{
            "over a gap between two",
            R"({"windows":[{"from":"12:01","to":"14:00","time_zone":"America/Toronto"},
                                {"from":"08:00","to":"12:00","time_zone":"America/Toronto"}]})",
            R"({"window":{"date":"2026-11-26","from":"11:30","to":"12:30","time_zone":"America/Toronto"}})",
            {"outside_safe_times /contact/window"}},
        PlanCase{"no times were asked for: nobody knows",
                 R"({"windows":[]})",
                 "{}",
                 {"warning times_not_known /contact/window"}},
        PlanCase{"a safe time in a zone that nobody knows is no safe time",
                 R"({"windows":[{"from":"00:00","to":"00:00","time_zone":"America/Atlantis"}]})",
                 "{}",
                 {"outside_safe_times /contact/window"}},
        PlanCase{
            "a plan in a zone that nobody knows",
            "{}",
            R"({"window":{"date":"2026-11-23","from":"18:30","to":"19:30","time_zone":"America/Atlantis"}})",
            {"/contact/window/time_zone value_not_allowed"}},
        PlanCase{"an offset is no zone",
                 "{}",
                 R"({"window":{"date":"2026-11-23","from":"18:30","to":"19:30","time_zone":"-08:00"}})",
                 {"/contact/window/time_zone value_not_allowed"}},
        PlanCase{"the rules end before it",
                 R"({"safe_until":"2026-11-23T00:00:00Z"})",
                 "{}",
                 {"rules_ended /contact/window"}},
        PlanCase{"the rules end while it lasts",
                 R"({"safe_until":"2026-11-24T03:00:00Z"})",
                 "{}",
                 {"rules_ended /contact/window"}},
        PlanCase{"the rules end with it", R"({"safe_until":"2026-11-24T03:30:00Z"})", "{}", {}},
        PlanCase{"to be asked again before then",
                 R"({"recheck_at":"2026-11-22T00:00:00Z"})",
                 "{}",
                 {"recheck_due /contact/window"}}));

// Toronto's clocks go back from 02:00 to 01:00 on 1 November 2026, and went from 02:00 to 03:00 on 8 March.
INSTANTIATE_TEST_SUITE_P(
    WhenClocksChange, Plan,
    testing::Values(
        PlanCase{"an hour that comes twice: which of the two was meant?",
                 R"({"windows":[{"from":"01:10","to":"01:50","time_zone":"America/Toronto"}]})",
                 R"({"window":null,"at":"2026-11-01T05:30:00Z"})",
                 {"outside_safe_times /contact/at"},
                 "2026-10-30T00:00:00Z"},
        PlanCase{"neither of them",
                 R"({"windows":[{"from":"01:10","to":"01:50","time_zone":"America/Toronto"}]})",
                 R"({"window":null,"at":"2026-11-01T06:30:00Z"})",
                 {"outside_safe_times /contact/at"},
                 "2026-10-30T00:00:00Z"},
        PlanCase{
            "both are inside a longer window",
            R"({"windows":[{"from":"00:30","to":"02:30","time_zone":"America/Toronto"}]})",
            R"({"window":{"date":"2026-11-01","from":"01:00","to":"01:45","time_zone":"America/Toronto"}})",
            {},
            "2026-10-30T00:00:00Z"},
        PlanCase{
            "a plan for that hour may mean the second",
            R"({"windows":[{"from":"00:00","to":"01:45","time_zone":"America/Toronto"}]})",
            R"({"window":{"date":"2026-11-01","from":"00:30","to":"01:45","time_zone":"America/Toronto"}})",
            {"outside_safe_times /contact/window"},
            "2026-10-30T00:00:00Z"},
        PlanCase{"an hour that is skipped is no time at all",
                 R"({"windows":[{"from":"02:10","to":"02:50","time_zone":"America/Toronto"}]})",
                 R"({"window":null,"at":"2026-03-08T07:10:00Z"})",
                 {"outside_safe_times /contact/at"},
                 "2026-03-01T00:00:00Z"},
        PlanCase{"a window over the skipped hour is shorter and goes on",
                 R"({"windows":[{"from":"01:30","to":"03:30","time_zone":"America/Toronto"}]})",
                 R"({"window":null,"at":"2026-03-08T07:10:00Z"})",
                 {},
                 "2026-03-01T00:00:00Z"},
        PlanCase{"Tijuana changes with California and Mexico City does not change at all",
                 R"({"windows":[{"from":"18:00","to":"19:00","time_zone":"America/Mexico_City"}]})",
                 R"({"window":null,"at":"2026-07-02T00:30:00Z"})",
                 {},
                 "2026-07-01T00:00:00Z"}));

TEST(ContactPlan, OfWhatNobodyKnowsIsNeverSilentlyFine) {
  const Instant now = at("2026-11-21T12:00:00Z");
  const std::vector<std::string> unknown{"warning rules_not_known /contact"};
  EXPECT_EQ(findings(nullptr, parsed(kPlan), now), unknown);
  const JsonValue null;
  EXPECT_EQ(findings(&null, parsed(kPlan), now), unknown);
}

TEST(ContactPlan, SaysWhatIsSafeInstead) {
  const Instant now = at("2026-11-21T12:00:00Z");
  const Json rules = parsed(kRules);
  const auto plan = read_contact_plan(changed(kPlan, R"({"channel":"whatsapp"})"), now);
  ASSERT_TRUE(plan);
  const auto found = check_contact(&rules, *plan, now);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_TRUE(is_refused(found));
  EXPECT_EQ(to_text(found.front().allowed), R"(["phone","text_sms"])");
}

TEST(ContactPlan, HoldsClosedMembersOnly) {
  const Instant now = at("2026-11-21T12:00:00Z");
  const auto refused = [&](const char* change) {
    return findings(nullptr, changed(kPlan, change), now).front();
  };
  EXPECT_EQ(refused(R"({"note":"call her sister"})"), "/contact/note field_unknown");
  EXPECT_EQ(refused(R"({"who":"her brother"})"), "/contact/who value_not_allowed");
  EXPECT_EQ(refused(R"({"channel":"+52 55 0000 0001"})"), "/contact/channel value_not_allowed");
  EXPECT_EQ(refused(R"({"channel":"through_third_party"})"), "/contact/through field_missing");
  EXPECT_EQ(refused(R"({"voicemail":"yes"})"), "/contact/voicemail type_mismatch");
  EXPECT_EQ(refused(R"({"window":null})"), "/contact/at field_missing");
  EXPECT_EQ(refused(R"({"at":"2026-11-24T02:30:00Z"})"), "/contact/window value_not_allowed");
  EXPECT_EQ(refused(R"({"window":null,"at":"2026-11-20T02:30:00Z"})"), "/contact/at number_out_of_range");
}

TEST(ContactRules, AreClosedCodesAndHoursOnly) {
  const Json record = parsed(R"({"persons":[
    {"id":"p1","contact":{"phones":[{"number":"+525500000001"}],"safe_contact":{
      "contact_allowed":"yes","channels":[{"code":"phone","said":"al celular de su tia"}],
      "say_we_are":"la panaderia","never_contact":[{"code":"employer"}],"interpreter":{"needed":true,"language":"mix"},
      "windows":[{"days":["mon"],"from":"18:00","to":"20:00","time_zone":"America/Tijuana","note":"x"}]}}},
    {"id":"p2","contact":{"phones":[]}}]})");
  EXPECT_EQ(to_text(contact_rules(record)),
            R"({"p1":{"contact_allowed":"yes","channels":["phone"],"never_contact":["employer"],)"
            R"("windows":[{"days":["mon"],"from":"18:00","to":"20:00","time_zone":"America/Tijuana"}],)"
            R"("interpreter":true},"p2":null})");
  EXPECT_NE(member(contact_rules(record, {"own-1", "own-2"}), "own-2"), nullptr);
}

}  // namespace
}  // namespace hotline
