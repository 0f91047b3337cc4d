// The data that stands in the folders, for tests that need all of it. What does not load throws.
#pragma once

#include <stdexcept>
#include <string>

#include "adapters/engine/profiles.h"
#include "config/schema.h"
#include "i18n/codes.h"

namespace hotline::test {

template <class T>
T must(Result<T> result) {
  if (!result)
    throw std::runtime_error(std::string(to_string(result.error().code)) + " at " + result.error().pointer +
                             " " + result.error().expected);
  return std::move(*result);
}

inline const Profile& shipped_profile(std::string_view id) {
  static const std::string root = HOTLINE_ROOT;
  static const CodeSystems codes = must(CodeSystems::load(root));
  static const Schema canonical = must(Schema::load(root + "/config/schema/referral.schema.json", &codes));
  static const Profiles profiles = must(Profiles::load(root, canonical, codes));
  return *profiles.find(id);
}

}  // namespace hotline::test
