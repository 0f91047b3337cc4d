#include "config/check.h"

#include <gtest/gtest.h>

#include "tests/unit/config/data_root.h"

namespace hotline {
namespace {

std::string lines(const CheckReport& report) {
  std::string text;
  for (const CheckLine& line : report.problems) {
    text.append(line.file).append("#").append(line.pointer).append(" ").append(to_string(line.problem));
    text.append(" ").append(line.expected).append("\n");
  }
  return text;
}

bool names(const CheckReport& report, const std::string& file, const std::string& pointer) {
  return std::any_of(report.problems.begin(), report.problems.end(),
                     [&](const CheckLine& line) { return line.file == file && line.pointer == pointer; });
}

TEST(CheckTest, TheShippedDataIsClean) {
  const auto report = check_data(HOTLINE_ROOT);
  ASSERT_TRUE(report);
  EXPECT_TRUE(report->clean()) << lines(*report);
  const auto& files = report->files;
  for (const char* file : {"config/schema/referral.schema.json", "config/policy/mx.json"}) {
    EXPECT_NE(std::find(files.begin(), files.end(), file), files.end()) << file;
  }
}

TEST(CheckTest, EveryBrokenFileIsNamed) {
  DataRoot root;
  root.set("config/policy/ca.json", "/consent/max_seconds", "31536000");
  root.set("config/policy/us.json", "/override", "true");
  root.set("config/schema/referral.schema.json", "/anyOf", "[]");
  root.write("config/registry/members.json", R"({"signing_jwk": {}, "members": []})");
  root.write("config/examples/us.json", "{");
  const auto report = check_data(root.path());
  ASSERT_TRUE(report);
  EXPECT_TRUE(names(*report, "config/policy/ca.json", "/consent/max_seconds")) << lines(*report);
  EXPECT_TRUE(names(*report, "config/policy/us.json", "/override")) << lines(*report);
  EXPECT_TRUE(names(*report, "config/schema/referral.schema.json", "/anyOf")) << lines(*report);
  EXPECT_TRUE(names(*report, "config/registry/members.json", "/signing_jwk")) << lines(*report);
  EXPECT_TRUE(names(*report, "config/registry/members.json", "/members")) << lines(*report);
  EXPECT_FALSE(names(*report, "config/policy/mx.json", "")) << lines(*report);
  EXPECT_TRUE(std::any_of(report->problems.begin(), report->problems.end(),
                          [](const CheckLine& line) { return line.file == "config/examples/us.json"; }));
}

TEST(CheckTest, AFolderWithoutDataIsNoDataRoot) {
  DataRoot root;
  EXPECT_EQ(check_data(root.file("i18n")).error().code, ErrorCode::not_found);
}

TEST(CheckTest, SettingsOfANodeAreReportedByPlace) {
  DataRoot root;
  root.write("node/config.json", R"({"node": "us", "data_root": "..", "nonsense": 1})");
  const CheckReport report = check_settings(root.file("node/config.json"));
  EXPECT_TRUE(names(report, root.file("node/config.json"), "/nonsense")) << lines(report);
  EXPECT_TRUE(names(report, root.file("node/config.json"), "")) << lines(report);  // what is missing
}

}  // namespace
}  // namespace hotline
