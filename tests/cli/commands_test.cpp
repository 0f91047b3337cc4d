// The command line on good input: what each command prints, and what its help says.
#include <gtest/gtest.h>

#include <filesystem>

#include "i18n/base/json.h"
#include "tests/support/gateways.h"

namespace hotline::test {
namespace {

constexpr const char* kRecord =
    "/adapters/ca/cases/seasonal-worker-goes-home-without-the-employer/national.json";
constexpr const char* kThen = "2026-11-21T12:00:00Z";   // while his consent holds
constexpr const char* kLater = "2027-06-01T12:00:00Z";  // long after

std::string record_file() {
  return repository() + kRecord;
}

class HelpTest : public testing::TestWithParam<const char*> {};

TEST_P(HelpTest, IsAManualPage) {
  std::vector<std::string> words = {GetParam(), "--help"};
  if (words.front().empty()) words.erase(words.begin());
  const Outcome outcome = run_gateway_command(words);
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  for (const char* section :
       {"NAME\n", "SYNOPSIS\n", "DESCRIPTION\n", "OPTIONS\n", "EXIT STATUS\n", "EXAMPLES\n"}) {
    EXPECT_NE(outcome.out.find(section), std::string::npos) << section;
  }
}

INSTANTIATE_TEST_SUITE_P(Commands, HelpTest,
                         testing::Values("", "init", "registry", "serve", "convert", "preview", "redact",
                                         "send", "inbox", "show", "status", "accept", "decline", "withdraw",
                                         "audit", "check", "version"),
                         [](const auto& info) {
                           return std::string(info.param).empty() ? std::string("program") : info.param;
                         });

TEST(Convert, GivesTheRecordAndSaysWhatBecameOfEveryField) {
  const TemporaryFolder folder;
  const Outcome outcome = run_gateway_command(
      {"convert", "--from", "ca", "--to", "mx", "--report", folder.path("report.json"), record_file()});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_TRUE(parse_json(outcome.out));
  const std::string report = read_whole(folder.path("report.json"));
  EXPECT_NE(report.find("\"carried\""), std::string::npos);
  EXPECT_EQ(report.find("Celerino"), std::string::npos) << "a report holds paths and codes, no values";
}

TEST(Convert, ReadsStandardInputAsItReadsAFile) {
  const Outcome file = run_gateway_command({"convert", "--from", "ca", "--to", "canonical", record_file()});
  const Outcome input =
      run_gateway_command({"convert", "--from", "ca", "--to", "canonical", "-"}, read_whole(record_file()));
  EXPECT_EQ(file.status, 0) << file.err;
  EXPECT_EQ(file.out, input.out);
}

TEST(Preview, NamesTheRuleForEveryCategory) {
  const Outcome outcome =
      run_gateway_command({"preview", "--from", "ca", "--to", "mx", "--now", kThen, record_file()});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const auto preview = parse_json(outcome.out);
  ASSERT_TRUE(preview);
  const auto& categories = (*preview)["decision"]["persons"][0]["categories"];
  ASSERT_EQ(categories.Size(), 16u);
  for (const JsonValue& each : categories.GetArray()) {
    const std::string rule(text_at(each, "rule"));
    EXPECT_NE(rule, "");
    EXPECT_NE(member((*preview)["rules"], rule), nullptr) << rule << " has no words";
  }
}

TEST(Preview, TheSheetExistsInEveryLanguage) {
  std::vector<std::string> sheets;
  for (const char* language : {"en", "fr-CA", "es-MX"}) {
    const Outcome outcome = run_gateway_command({"preview", "--from", "ca", "--to", "mx", "--format", "text",
                                                 "--lang", language, "--now", kThen, record_file()});
    ASSERT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_GT(outcome.out.size(), 200u);
    for (const std::string& other : sheets) EXPECT_NE(outcome.out, other);
    sheets.push_back(outcome.out);
  }
}

TEST(Preview, HtmlIsOnePageThatFetchesNothing) {
  const Outcome outcome = run_gateway_command(
      {"preview", "--from", "ca", "--to", "mx", "--format", "html", "--now", kThen, record_file()});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(outcome.out.rfind("<!doctype html>", 0), 0u);
  for (const char* reach : {"://", "<script", "src=", "href=", "@import", "url("})
    EXPECT_EQ(outcome.out.find(reach), std::string::npos) << reach;
}

TEST(Redact, LetsOutWhatWasAgreedAndNothingElse) {
  const Outcome outcome =
      run_gateway_command({"redact", "--from", "ca", "--to", "mx", "--now", kThen, record_file()});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("Celerino"), std::string::npos);
  EXPECT_EQ(outcome.out.find("Pruett"), std::string::npos);
}

TEST(Redact, IsRefusedOnceTheConsentIsOver) {
  const Outcome outcome =
      run_gateway_command({"redact", "--from", "ca", "--to", "mx", "--now", kLater, record_file()});
  EXPECT_EQ(outcome.status, 4) << outcome.err;
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err.find("Celerino"), std::string::npos);
}

TEST(Redact, GivesNothingToAHotlineThatWasNotNamed) {
  const Outcome outcome =
      run_gateway_command({"redact", "--from", "ca", "--to", "us", "--now", kThen, record_file()});
  EXPECT_EQ(outcome.status, 4) << outcome.err;
  EXPECT_EQ(outcome.out, "");
}

TEST(Version, NamesProgramSchemaProfilesAndPolicies) {
  const Outcome outcome = run_gateway_command({"version"});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const auto versions = parse_json(outcome.out);
  ASSERT_TRUE(versions);
  for (const char* part : {"program", "schema"}) EXPECT_NE(text_at(*versions, part), "") << part;
  for (const char* profile : {"us", "ca", "mx", "canonical"}) {
    EXPECT_NE(text_at((*versions)["profiles"], profile), "") << profile;
  }
  for (const char* policy : {"base", "US", "CA", "MX"})
    EXPECT_NE(text_at((*versions)["policies"], policy), "") << policy;
}

TEST(Check, FindsNothingInTheDataThatShips) {
  const Outcome outcome = run_gateway_command({"check", repository()});
  EXPECT_EQ(outcome.status, 0) << outcome.out;
}

TEST(Check, FindsAMappingThatForgetsAField) {
  namespace fs = std::filesystem;
  const TemporaryFolder copy;
  for (const char* folder : {"i18n", "config", "adapters", "consent"}) {
    fs::copy(repository() + "/" + folder, copy.path(folder), fs::copy_options::recursive);
  }
  const std::string file = copy.path("adapters/ca/schema.json");
  std::string schema = read_whole(file);
  const std::string properties = "\"properties\": {";
  schema.insert(schema.find(properties) + properties.size(), "\"forgotten\": {\"type\": \"string\"},");
  write_whole(file, schema);
  const Outcome outcome = run_gateway_command({"check", copy.path()});
  EXPECT_EQ(outcome.status, 3) << outcome.out;
  EXPECT_NE(outcome.out.find("forgotten"), std::string::npos) << outcome.out;
}

TEST(Check, FindsAConsentTextThatWasChanged) {
  namespace fs = std::filesystem;
  const TemporaryFolder copy;
  for (const char* folder : {"i18n", "config", "adapters", "consent"}) {
    fs::copy(repository() + "/" + folder, copy.path(folder), fs::copy_options::recursive);
  }
  const std::string file = copy.path("consent/statements/share-referral-services.json");
  std::string statements = read_whole(file);
  const std::string words = "You can stop at any time.";
  statements.replace(statements.find(words), words.size(), "You can stop sometimes. ");
  write_whole(file, statements);
  const Outcome outcome = run_gateway_command({"check", copy.path()});
  EXPECT_EQ(outcome.status, 3) << outcome.out;
  EXPECT_NE(outcome.out.find("/texts/0/sha256"), std::string::npos) << outcome.out;
}

TEST(Init, KeepsSecretsToTheOwnerAndOverwritesNothing) {
  namespace fs = std::filesystem;
  const TemporaryFolder home;
  const std::vector<std::string> command = {"init", "--node", "us", "--dir", home.path("us")};
  ASSERT_EQ(run_gateway_command(command).status, 0);
  for (const auto& entry : fs::recursive_directory_iterator(home.path("us"))) {
    const auto others = entry.status().permissions() & (fs::perms::group_all | fs::perms::others_all);
    const bool is_public = entry.path().filename() == "member.json";
    EXPECT_TRUE(others == fs::perms::none || is_public) << entry.path();
  }
  const std::string key = read_whole(home.path("us/keys/signing.pem"));
  EXPECT_NE(run_gateway_command(command).status, 0);
  EXPECT_EQ(read_whole(home.path("us/keys/signing.pem")), key);
  EXPECT_EQ(run_gateway_command({"check", home.path("us")}).status, 0)
      << "the config that it writes is sound";
}

TEST(Registry, IsRefusedWithOneFoundersSignatureAndWithAChangedMember) {
  const Gateways network(parse_instant(kThen).value());
  const std::string anchors = network.path("anchors.json");
  EXPECT_EQ(
      run_gateway_command({"registry", "verify", "--anchors", anchors, network.path("registry.json")}).status,
      0);
  const std::string alone = network.path("alone.json");
  std::vector<std::string> assemble = {"registry", "assemble", "--out", alone};
  for (const auto& node : network.nodes()) assemble.push_back(network.directory(node) + "/member.json");
  ASSERT_EQ(run_gateway_command(assemble).status, 0);
  ASSERT_EQ(
      run_gateway_command({"registry", "sign", "--keys", network.directory("us") + "/keys", alone}).status,
      0);
  EXPECT_NE(run_gateway_command({"registry", "verify", "--anchors", anchors, alone}).status, 0);
}

}  // namespace
}  // namespace hotline::test
