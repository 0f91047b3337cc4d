// The situations of tests/scenarios/*.scenario, each with ten seeded variants, played by three real gateways.
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/scenarios/situation.h"

namespace hotline::test {
namespace {

constexpr std::uint32_t kVariants = 10;

std::vector<std::string> scenario_files() {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(repository() + "/tests/scenarios")) {
    if (entry.path().extension() == ".scenario") files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

class ScenarioTest : public testing::TestWithParam<std::string> {};

TEST_P(ScenarioTest, Holds) {
  const Scenario scenario = read_scenario(GetParam());
  SCOPED_TRACE(scenario.title);
  Situation(scenario, kVariants).play();
}

INSTANTIATE_TEST_SUITE_P(Situations, ScenarioTest, testing::ValuesIn(scenario_files()), [](const auto& info) {
  std::string name = std::filesystem::path(info.param).stem().string();
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
});

}  // namespace
}  // namespace hotline::test
