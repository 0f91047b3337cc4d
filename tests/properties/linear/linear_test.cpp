// Translating is linear in the record, in both directions and for every profile: twice as much that is new
// takes twice the steps. Steps, not time: a machine that has other things to do changes nothing.
#include <gtest/gtest.h>

#include <array>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "adapters/engine/profiles.h"
#include "i18n/codes.h"
#include "tests/properties/linear/steps.h"

namespace hotline {
namespace {

const std::string kRoot = HOTLINE_ROOT;
// Two, and what tables that grow by half or double need now and then; what is quadratic comes near four.
constexpr double kMost = 2.6;

template <class T>
T must(Result<T> result) {
  if (!result)
    throw std::runtime_error(std::string(to_string(result.error().code)) + " at " + result.error().pointer);
  return std::move(*result);
}

struct World {
  CodeSystems codes = must(CodeSystems::load(kRoot));
  Schema schema = must(Schema::load(kRoot + "/config/schema/referral.schema.json", &codes));
  Profiles profiles = must(Profiles::load(kRoot, schema, codes));
};

const World& world() {
  static const World made;
  return made;
}

Json example() {
  return must(read_json_file(kRoot + "/adapters/us/cases/case-handoff-to-puebla/canonical.json"));
}

// The list with further copies of its first element, `each` made different by `change`.
template <class Change>
void repeat(JsonValue& list, std::size_t count, Json::AllocatorType& allocator, const Change& change) {
  for (std::size_t i = list.Size(); i < count; ++i) {
    JsonValue copy(list[0], allocator);
    change(copy, i);
    list.PushBack(copy, allocator);
  }
}

// So many persons, each with all that the first has.
Referral with_persons(std::size_t count) {
  Json record = example();
  auto& allocator = record.GetAllocator();
  repeat(record["persons"], count, allocator, [&](JsonValue& person, std::size_t i) {
    set_text(person, "id", "p-" + std::to_string(1000 + i), allocator);
  });
  return must(Referral::from(std::move(record), world().schema, nullptr, Opinions::own));
}

// One person with so many needs.
Referral with_needs(std::size_t count) {
  Json record = example();
  repeat(record["persons"][0]["needs"]["items"], count, record.GetAllocator(),
         [](JsonValue&, std::size_t) {});
  return must(Referral::from(std::move(record), world().schema, nullptr, Opinions::own));
}

struct Steps {
  std::uint64_t out = 0, text = 0, in = 0, report = 0;
};

// There and back, by way of the text; what each part takes.
Steps steps_of(const Profile& profile, const Referral& referral) {
  Steps steps;
  std::uint64_t before = steps_so_far();
  const auto spent = [&] { return steps_so_far() - std::exchange(before, steps_so_far()); };
  const FromCanonical made = must(profile.from_canonical(referral, LanguageTag()));
  steps.out = spent();
  const Json read = must(parse_json(to_text(made.record)));
  steps.text = spent();
  const ToCanonical back = must(profile.to_canonical(read));
  steps.in = spent();
  EXPECT_FALSE(made.report.lines().empty());
  EXPECT_FALSE(back.report.to_json().ObjectEmpty());
  steps.report = spent();
  return steps;
}

class Linear : public testing::TestWithParam<std::string> {
 protected:
  static const Profile& profile() { return *world().profiles.find(GetParam()); }
};

std::vector<std::string> ids() {
  std::vector<std::string> all;
  for (const std::string& folder : profile_folders(kRoot))
    all.push_back(folder.substr(folder.rfind('/') + 1));
  return all;
}

// What comes on top of a smaller record, so that what every record costs hides nothing.
void expect_linear(const std::array<Steps, 3>& of, std::uint64_t Steps::*part, const char* name) {
  const auto first = static_cast<double>(of[1].*part - of[0].*part);
  const auto second = static_cast<double>(of[2].*part - of[1].*part);
  EXPECT_GT(of[0].*part, 100U) << name << " was not counted";
  EXPECT_LE(second, kMost * first + 100) << name;
}

template <class Make>
void expect_linear(const Profile& profile, std::size_t few, const Make& make) {
  const std::array<Steps, 3> of = {steps_of(profile, make(few)), steps_of(profile, make(2 * few)),
                                   steps_of(profile, make(4 * few))};
  expect_linear(of, &Steps::out, "outbound");
  expect_linear(of, &Steps::text, "text");
  expect_linear(of, &Steps::in, "inbound");
  expect_linear(of, &Steps::report, "report");
}

TEST_P(Linear, InThePersonsOfARecord) {
  expect_linear(profile(), 3, with_persons);
}

TEST_P(Linear, InTheNeedsOfAPerson) {
  expect_linear(profile(), 5, with_needs);
}

INSTANTIATE_TEST_SUITE_P(Profiles, Linear, testing::ValuesIn(ids()),
                         [](const auto& one) { return one.param; });

}  // namespace
}  // namespace hotline
