// The canonical referral record (config/schema/referral.schema.json): schema-checked, parsed once.
#pragma once

#include <memory>
#include <string>

#include "config/schema.h"
#include "i18n/base/ids.h"
#include "i18n/base/json.h"
#include "i18n/base/result.h"

namespace hotline {

class Referral {
 public:
  // Checks the schema, then what a schema cannot say: person ids are unique, every reference to a person or
  // an alleged exploiter points at one (reference_broken), narratives and consents included.
  static Result<Referral> from(Json document, const Schema& schema);

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

}  // namespace hotline
