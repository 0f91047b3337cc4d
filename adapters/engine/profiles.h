// Every folder of adapters/ that has a profile.json is a profile: the shape in which one hotline keeps its
// records.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/engine/report.h"
#include "adapters/form/form.h"
#include "adapters/record/referral.h"
#include "config/schema.h"
#include "i18n/base/ids.h"
#include "i18n/base/json.h"
#include "i18n/base/result.h"
#include "i18n/codes.h"

namespace hotline {

struct ToCanonical {
  Referral referral;
  MappingReport report;
};
struct FromCanonical {
  Json record;
  MappingReport report;
};

class Profile {
 public:
  virtual ~Profile() = default;
  virtual std::string_view id() const = 0;       // "us"
  virtual std::string_view version() const = 0;  // of the mapping
  virtual const std::vector<LanguageTag>& languages() const = 0;
  virtual const Form& form() const = 0;
  // National record -> canonical. Refuses a record that its schema does not accept; nothing is guessed.
  // `national` is in the profile's form (a FHIR Bundle, say), and every pointer of the report and of an error
  // is one into it.
  virtual Result<ToCanonical> to_canonical(const JsonValue& national) const = 0;
  // The same for what the form has read already: a row of a table, a text. What it put right is in the
  // report.
  virtual Result<ToCanonical> to_canonical(const Shaped& shaped) const = 0;
  // The same for a text that holds one record.
  Result<ToCanonical> read_text(std::string_view text) const;
  // Canonical (whole or as disclosed) -> national in the profile's form, labels in `language` (the profile's
  // first when empty). form().write() makes a text of it.
  virtual Result<FromCanonical> from_canonical(const Referral& referral,
                                               const LanguageTag& language) const = 0;
};

class Profiles {
 public:
  // Compiles every mapping; a field or code without a stated fate refuses the load (mapping_incomplete, with
  // file and path). `root` is the data root.
  static Result<Profiles> load(const std::string& root, const Schema& canonical, const CodeSystems& codes);
  const Profile* find(std::string_view id) const;  // "canonical" is a profile too: the identity
  std::vector<std::string> ids() const;

 private:
  std::vector<std::shared_ptr<const Profile>> profiles_;
};

// The folders below root/adapters that hold a profile.json, by name.
std::vector<std::string> profile_folders(const std::string& root);

}  // namespace hotline
