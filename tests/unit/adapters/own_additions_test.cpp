// "Carried" means a field of the target's own: what we add to a published form counts as dropped.
#include <gtest/gtest.h>

#include "adapters/engine/own_additions.h"

namespace hotline {
namespace {

constexpr const char* kMapping =
    R"({"additions":{"members":["gateway_"],"extensions":["tag:ours.example,2026:"]}})";
constexpr const char* kRecord = R"({
  "name": "Rosa", "gateway_terms": {"until": "2027"}, "note": {"gateway_note": "x"}, "the_gateway_": "x",
  "extension": [{"url": "tag:ours.example,2026:safe", "valueBoolean": true},
                {"url": "http://hl7.example/known", "valueCode": "masked"}]})";

ReportLine said_of(const std::string& target, ReportLine line = {"/a", "", Fate::carried, {}, {}}) {
  MappingReport report;
  line.target = target;
  report.more.push_back(line);
  OwnAdditions::of(*parse_json(kMapping)).say_in(report, *parse_json(kRecord));
  return report.lines().front();
}

TEST(OwnAdditions, count_as_dropped_and_say_where_they_are_kept) {
  for (const char* target : {"/gateway_terms/until", "/note/gateway_note", "/extension/0/valueBoolean"}) {
    const ReportLine line = said_of(target);
    EXPECT_EQ(line.fate, Fate::dropped) << target;
    EXPECT_EQ(line.reason, "kept_in_extension") << target;
    EXPECT_EQ(line.target, target);
  }
}

TEST(OwnAdditions, are_not_the_fields_that_others_know) {
  for (const char* target : {"/name", "/the_gateway_", "/extension/1/valueCode"})
    EXPECT_EQ(said_of(target).fate, Fate::carried) << target;
}

TEST(OwnAdditions, leave_alone_what_brings_nothing_or_was_dropped_for_another_reason) {
  EXPECT_EQ(said_of("/gateway_terms", {"", "", Fate::carried, {}, "constant"}).fate, Fate::carried);
  EXPECT_EQ(said_of("/gateway_terms", {"/a", "", Fate::dropped, {}, "no_term"}).reason, "no_term");
  EXPECT_EQ(said_of("/gateway_terms", {"/a", "", Fate::carried, {}, "original_kept"}).fate, Fate::carried);
}

TEST(OwnAdditions, are_none_where_a_profile_names_none) {
  MappingReport report;
  report.more.push_back({"/a", "/gateway_terms", Fate::carried, {}, {}});
  OwnAdditions::of(*parse_json("{}")).say_in(report, *parse_json(kRecord));
  EXPECT_EQ(report.lines().front().fate, Fate::carried);
}

}  // namespace
}  // namespace hotline
