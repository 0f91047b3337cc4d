// The data that every law is about: schemas, code lists, profiles, found in the folders.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "adapters/engine/profiles.h"
#include "config/schema.h"
#include "i18n/base/json.h"
#include "i18n/codes.h"

namespace hotline::laws {

// A profile as its files say it, apart from what the engine makes of them.
struct ProfileFiles {
  std::string id, country;
  std::string form;  // "json", or a form that lays a record out in another way
  std::vector<std::string> languages, months;
  Json schema, mapping;
  std::map<std::string, Json, std::less<>> codes, tables;
};

struct World {
  const CodeSystems& codes;  // schemas point to it
  Schema canonical;
  Profiles profiles;
  Json canonical_schema;
  std::vector<ProfileFiles> files;        // by id
  std::vector<std::string> languages;     // every canonical tag that a table names, and some more
  std::vector<std::string> subdivisions;  // likewise
  const ProfileFiles& of(const std::string& id) const;
  const Schema& national(const std::string& id) const;
  std::map<std::string, Schema, std::less<>> nationals;

  static const World& get();
};

std::vector<std::string> profile_ids();

}  // namespace hotline::laws
