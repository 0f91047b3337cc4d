// Records on their way through the canonical form, and what the laws look at: leaves, lines, values.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "adapters/engine/profiles.h"
#include "tests/properties/laws/check_law.h"

namespace hotline::laws {

std::string say(const Error& error);

// Of a generated canonical record; nothing when the schema does not take it.
std::optional<Referral> referral_of(const Json& record);

const Profile& profile(const std::string& id);

// Pointers of all leaves; an empty container is one.
std::vector<std::string> leaves_of(const JsonValue& record);

// Where something stands, without saying at which position of a list.
std::string field_of(std::string_view pointer);

bool holds(std::string_view above, std::string_view pointer);  // the same or below

// Both ends of every line are there, every leaf of both sides has a line, what is dropped says why. What is
// wrong, or nothing.
std::optional<std::string> unaccounted(const MappingReport& report, const JsonValue& source,
                                       const JsonValue& target);

// A test for each profile that has a folder.
class OfEachProfile : public testing::TestWithParam<std::string> {};
std::size_t share();  // of the records of a law, for one profile and one direction

}  // namespace hotline::laws

#define LAW_OF_EACH_PROFILE(Suite)                                                           \
  INSTANTIATE_TEST_SUITE_P(adapters, Suite, testing::ValuesIn(hotline::laws::profile_ids()), \
                           [](const auto& info) { return info.param; })
