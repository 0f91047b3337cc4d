// The canonical referral record (config/schema/referral.schema.json): schema-checked, parsed once.
#pragma once

#include <memory>
#include <string>

#include "adapters/record/tidy.h"
#include "config/schema.h"
#include "i18n/base/ids.h"
#include "i18n/base/json.h"
#include "i18n/base/result.h"

namespace hotline {

class Referral {
 public:
  // Tidies the texts (adapters/record/tidy.h; what was done goes to `notes`), checks the schema, then what a
  // schema cannot say: person ids are unique, every reference to a person or an alleged exploiter points at
  // one (reference_broken), narratives and consents included.
  static Result<Referral> from(Json document, const Schema& schema, std::vector<TidyNote>* notes = nullptr,
                               Opinions opinions = Opinions::both);

  Referral(Referral&&) = default;
  Referral& operator=(Referral&&) = default;

  const JsonValue& json() const { return document_; }
  const JsonValue& envelope() const;
  const JsonValue& persons() const;  // array, at least one
  std::string_view kind() const;
  std::string_view urgency() const;  // code of referral_urgency
  std::string_view purpose() const;
  bool is_crisis() const;  // urgency immediate_danger or crisis_24h
  const JsonValue* person(const PersonId& id) const;

 private:
  explicit Referral(Json document) : document_(std::move(document)) {}
  static const JsonValue& persons_of(const JsonValue& document);
  Json document_;
};

// Whether a place of the canonical record ("/narratives/*/text") holds somebody's own words (x-prose). An
// unknown place does: nobody knows better.
bool holds_words(const Schema& canonical, std::string_view place);

}  // namespace hotline
