// JSON Schema 2020-12, a stated subset, plus our field labels: what a field means for consent.
// valijson checks structure, RE2 the patterns, i18n the formats. Keywords outside the subset are refused at
// load, so that nothing in a schema is silently without effect.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "i18n/base/ids.h"
#include "i18n/base/json.h"
#include "i18n/base/result.h"

namespace hotline {

class CodeSystems;  // i18n/codes.h

// What the level "generalised" makes of a field (x-generalise).
enum class Generaliser { drop, keep, month, age_band, masked_text };
// How a withheld value is looked for in free text (x-find).
enum class FindAs { none, name, text, phone, email, identifier, date, place, postal_code };

// The labels of one node of a schema, inherited from its parents where it says nothing itself;
// below a node that is dropped when generalised nothing is kept.
struct FieldLabels {
  std::string category;  // consent category, or "structural", or "source_only"; "" in schemas without labels
  Generaliser generalise = Generaliser::drop;
  std::string generalise_to;  // sibling that receives the generalised value (x-generalise-to)
  FindAs find = FindAs::none;
  std::string about;    // of a list: the member of each element that names the field it speaks of (x-about)
  bool closed = false;  // of a code: an unknown one is refused, because a decision hangs on it (x-closed)
  bool prose = false;   // somebody's own words, in which anything may stand (x-prose)
  std::string codes;    // code system of a coded field
  std::string format;   // x-format
};

// One node of a schema with $refs resolved; lives as long as its Schema.
class SchemaNode {
 public:
  virtual ~SchemaNode() = default;
  virtual const FieldLabels& labels() const = 0;
  // What the field is called for a reader of `language` (x-title), by its fallback chain; "" when it has no
  // title.
  virtual std::string_view title(const LanguageTag& language) const = 0;
  virtual const SchemaNode* property(std::string_view name) const = 0;  // nullptr when there is none
  virtual const SchemaNode* items() const = 0;                          // of an array
  virtual std::vector<std::string> property_names() const = 0;          // in schema order
  virtual bool is_open() const = 0;   // an object that takes members which the schema does not name
  virtual bool is_coded() const = 0;  // an object {code, relation, original}
  virtual bool requires_member(std::string_view name) const = 0;  // of an object
  virtual std::int64_t max_size()
      const = 0;  // code points of a string, items of an array; no limit: a large number
  virtual std::string_view type() const = 0;  // "object", "array", "string", "integer", "boolean"
  virtual const std::vector<std::string>& allowed()
      const = 0;  // the enum of a string; empty when it has none
};

// Who has to accept a document. Our own walk always does, and it is the stricter of the two (a law in
// tests/properties holds it to that). valijson is asked as well about what others wrote: data files, what a
// peer sent, what is about to leave. For a record on its way between two of our own forms that would be a
// third of the work.
enum class Opinions { both, own };

class Schema {
 public:
  // `codes` checks x-codes fields; may be nullptr for schemas that have none.
  static Result<Schema> load(const std::string& file, const CodeSystems* codes);
  static Result<Schema> parse(const Json& schema, const CodeSystems* codes);

  // Every fault (at most 20) with its JSON Pointer into `document`; never a value. The first is the Error
  // itself. Formats checked: civil_date, instant, language, country, subdivision, e164, time_zone, currency,
  // email, decimal, time_of_day.
  Result<void> validate(const JsonValue& document, Opinions opinions = Opinions::both) const;

  const SchemaNode& root() const;
  // Labels of the field at a pointer into a document, e.g. /persons/3/identity/birth_date. Unknown path:
  // nullptr.
  const SchemaNode* at(std::string_view pointer) const;
  // Every leaf path below the root, with * for an array index, e.g. /persons/*/identity/birth_date; a coded
  // object is one leaf.
  const std::vector<std::string>& leaves() const;
  std::string_view version() const;  // x-version
  // Whether the code systems that the schema was loaded with know this code; false when there were none.
  bool has_code(std::string_view system, std::string_view code) const;

 private:
  struct Impl;
  std::shared_ptr<const Impl> impl_;
};

}  // namespace hotline
