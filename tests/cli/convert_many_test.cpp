// convert over many records: JSON Lines and tables, one at a time.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "i18n/base/json.h"
#include "tests/support/gateways.h"

namespace hotline::test {
namespace {

std::size_t lines(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

TEST(ConvertTable, AThousandRowsAreAThousandRecordsWithAReportEach) {
  std::string table = "prs_FirstName,vic_TypeOfExploitation\n";
  for (int i = 0; i < 1000; ++i) table += "Ana,ForcedLabour\n";
  const TemporaryFolder folder;
  const Outcome outcome = run_gateway_command(
      {"convert", "--from", "htcds", "--to", "us", "--report", folder.path("report.jsonl"), "-"}, table);
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(lines(outcome.out), 1000u);
  EXPECT_EQ(lines(read_whole(folder.path("report.jsonl"))), 1000u);
  EXPECT_FALSE(std::filesystem::exists(folder.path("report.jsonl") + ".part"));
}

TEST(ConvertTable, ABadRowSaysItsNumberAndColumnAndDoesNotEndTheRun) {
  const std::string table = "prs_FirstName,prs_Birthdate\nAna,05/04/1990\nEva,1990-04-05\n";
  const Outcome outcome =
      run_gateway_command({"convert", "--from", "htcds", "--to", "canonical", "-"}, table);
  EXPECT_EQ(outcome.status, 3);
  ASSERT_EQ(lines(outcome.out), 2u) << outcome.err;
  const Json bad = parse_json(outcome.out.substr(0, outcome.out.find('\n'))).value();
  EXPECT_EQ(integer_at(bad, "row"), 2);
  EXPECT_EQ(text_at(bad, "column"), "prs_Birthdate");
  EXPECT_EQ(outcome.out.find("05/04"), std::string::npos) << "a problem never holds a value";
}

TEST(ConvertTable, WithCsvOutRowsGoOutAndProblemsGoBeside) {
  const std::string table = "prs_FirstName,prs_Birthdate\nAna,soon\nEva,1990-04-05\n";
  const Outcome outcome =
      run_gateway_command({"convert", "--from", "htcds", "--to", "htcds", "--csv", "-"}, table);
  EXPECT_EQ(lines(outcome.out), 2u);
  EXPECT_NE(outcome.out.find("Eva"), std::string::npos);
  EXPECT_NE(outcome.err.find("\"row\":2"), std::string::npos);
}

TEST(ConvertTable, IsOnlyForProfilesThatHaveTables) {
  EXPECT_EQ(run_gateway_command({"convert", "--from", "htcds", "--to", "us", "--csv", "-"}, "prs_FirstName\n")
                .status,
            2);
}

TEST(ConvertLines, ALineThatIsTooLongDoesNotEndTheRun) {
  const std::string input = "\"" + std::string(3 << 20, 'x') + "\"\n{\"prs_FirstName\": \"Eva\"}\n";
  const Outcome outcome = run_gateway_command(
      {"convert", "--from", "htcds", "--to", "canonical", "--jsonl", "-"}, "{}\n" + input);
  EXPECT_EQ(lines(outcome.out), 3u) << outcome.err;
  EXPECT_NE(outcome.out.find("json_too_large"), std::string::npos);
}

TEST(ConvertLines, AnOutputThatCannotBeWrittenIsSaidAndGivesStatusOne) {
  std::string input;
  for (int i = 0; i < 2000; ++i) input += "{\"prs_FirstName\": \"Ana\"}\n";
  const TemporaryFolder folder;
  std::ofstream(folder.path("in.jsonl")) << input;
  const std::string convert = "\"$0\" convert --from htcds --to canonical --jsonl " + folder.path("in.jsonl");
  for (const std::string& gone : {std::string("> /dev/full"), std::string("| head -n 1 > /dev/null")}) {
    const Outcome outcome =
        run_program({"/bin/bash", "-c", convert + " " + gone + "; exit ${PIPESTATUS[0]}", program()}, "",
                    {{"HOTLINE_ROOT", repository()}});
    EXPECT_EQ(outcome.status, 1) << gone << outcome.err;
    EXPECT_NE(outcome.err.find("internal"), std::string::npos) << gone;
  }
  const Outcome report = run_gateway_command({"convert", "--from", "htcds", "--to", "canonical", "--jsonl",
                                              "--report", "/nowhere/at/all.json", folder.path("in.jsonl")});
  EXPECT_EQ(report.status, 5);
}

TEST(ConvertLines, AnInputThatCannotBeReadIsNoEmptyOne) {
  const TemporaryFolder folder;
  EXPECT_EQ(run_gateway_command({"convert", "--from", "us", "--to", "mx", "--jsonl", folder.path("")}).status,
            5);
}

TEST(ConvertLines, AReportNeverReplacesWhatIsRead) {
  const TemporaryFolder folder;
  const std::string input = "{\"prs_FirstName\": \"Ana\"}\n";
  std::ofstream(folder.path("in.jsonl")) << input;
  const Outcome outcome = run_gateway_command({"convert", "--from", "htcds", "--to", "canonical", "--jsonl",
                                               "--report", folder.path("in.jsonl"), folder.path("in.jsonl")});
  EXPECT_EQ(outcome.status, 2) << outcome.err;
  EXPECT_EQ(read_whole(folder.path("in.jsonl")), input);
}

}  // namespace
}  // namespace hotline::test
