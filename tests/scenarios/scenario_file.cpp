#include "tests/scenarios/scenario_file.h"

#include <fstream>
#include <optional>
#include <sstream>
#include <stdexcept>

namespace hotline::test {
namespace {

// A sentence; * stands for one word that is taken out of it.
struct Form {
  const char* sentence;
  StepKind kind;
};

constexpr Form kForms[] = {
    {"given the record *", StepKind::record},
    {"given the time *", StepKind::time},
    {"given the expectation *", StepKind::expectation},
    {"given the purpose *", StepKind::purpose},
    {"given the attestation by * of * for * over * lasting * hours", StepKind::attestation},
    {"refuse to send from * to *", StepKind::refused},
    {"send from * to *", StepKind::send},
    {"expect both columns", StepKind::both_columns},
    {"expect * referrals", StepKind::referrals},
    {"expect * referral", StepKind::referrals},
    {"later * hours", StepKind::pass},
    {"withdraw every consent", StepKind::withdraw},
    {"expect nothing left at the receiver", StepKind::nothing_left},
    {"expect a purge receipt", StepKind::purge_receipt},
    {"demand everything as sheriff from *", StepKind::demand},
    {"expect one refusal whoever is asked about", StepKind::same_refusal},
};

std::vector<std::string> split(const std::string& line) {
  std::istringstream in(line);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

std::optional<std::vector<std::string>> match(const std::string& sentence,
                                              const std::vector<std::string>& words) {
  const auto form = split(sentence);
  if (form.size() != words.size()) return std::nullopt;
  std::vector<std::string> open;
  for (std::size_t i = 0; i < form.size(); ++i) {
    if (form[i] == "*") {
      open.push_back(words[i]);
    } else if (form[i] != words[i]) {
      return std::nullopt;
    }
  }
  return open;
}

bool take_after(const std::string& line, const std::string& opening, std::vector<std::string>& into) {
  if (line.rfind(opening, 0) != 0) return false;
  into.push_back(line.substr(opening.size()));
  return true;
}

bool read_step(const std::string& line, int number, Scenario& scenario) {
  const auto words = split(line);
  for (const Form& form : kForms) {
    if (auto open = match(form.sentence, words)) {
      scenario.steps.push_back({form.kind, std::move(*open), number});
      return true;
    }
  }
  return false;
}

}  // namespace

Scenario read_scenario(const std::string& file) {
  std::ifstream in(file);
  if (!in) throw std::runtime_error("cannot read " + file);
  Scenario scenario;
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.empty() || line.front() == '#') continue;
    std::vector<std::string> title;
    if (take_after(line, "situation ", title)) {
      scenario.title = title.front();
    } else if (!take_after(line, "vary the name ", scenario.vary.names) &&
               !take_after(line, "vary the number ", scenario.vary.numbers) &&
               !take_after(line, "vary the spelling of ", scenario.vary.spelled) &&
               !read_step(line, number, scenario)) {
      throw std::runtime_error(file + ":" + std::to_string(number) + ": not understood: " + line);
    }
  }
  return scenario;
}

}  // namespace hotline::test
