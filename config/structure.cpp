// The only file that includes valijson: it is heavy.
#include "config/structure.h"

#include <array>

// Unless it is told so, it ends the process where it cannot take a schema.
#define VALIJSON_USE_EXCEPTIONS 1
#include <valijson/adapters/rapidjson_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

namespace hotline {
namespace {

constexpr std::array<std::string_view, 11> kSeen = {"type",     "properties", "items",     "required",
                                                    "enum",     "minLength",  "maxLength", "minItems",
                                                    "maxItems", "minimum",    "maximum"};

class Reducer {
 public:
  Reducer(const JsonValue& schema, Json& reduced)
      : defs_(member(schema, "$defs")), to_(reduced.GetAllocator()) {}

  JsonValue reduce(const JsonValue& node) {
    const JsonValue* ref = member(node, "$ref");
    if (ref != nullptr && defs_ != nullptr) {
      const std::string_view text = as_text(*ref);
      return reduce(*member(*defs_, text.substr(text.rfind('/') + 1)));
    }
    JsonValue out(rapidjson::kObjectType);
    for (const auto& each : node.GetObject()) {
      const std::string_view name = as_text(each.name);
      if (name == "properties") {
        set_member(out, name, reduce_all(each.value), to_);
      } else if (name == "items" || (name == "additionalProperties" && each.value.IsObject())) {
        set_member(out, name, reduce(each.value), to_);
      } else if (name == "additionalProperties" ||
                 std::find(kSeen.begin(), kSeen.end(), name) != kSeen.end()) {
        set_member(out, name, JsonValue(each.value, to_), to_);
      }
    }
    return out;
  }

 private:
  JsonValue reduce_all(const JsonValue& properties) {
    JsonValue out(rapidjson::kObjectType);
    for (const auto& each : properties.GetObject())
      set_member(out, as_text(each.name), reduce(each.value), to_);
    return out;
  }

  const JsonValue* defs_;
  Json::AllocatorType& to_;
};

}  // namespace

struct Structure::Impl {
  valijson::Schema schema;
};

Structure::Structure(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Structure::Structure(Structure&&) noexcept = default;
Structure& Structure::operator=(Structure&&) noexcept = default;
Structure::~Structure() = default;

Result<Structure> Structure::build(const JsonValue& schema) {
  Json reduced;
  reduced.SetObject();
  static_cast<JsonValue&>(reduced) = Reducer(schema, reduced).reduce(schema);
  auto impl = std::make_unique<Impl>();
  try {
    valijson::SchemaParser parser;
    parser.populateSchema(valijson::adapters::RapidJsonAdapter(reduced), impl->schema);
  } catch (const std::exception&) {
    return fail(ErrorCode::data_invalid, {}, "valijson");
  }
  return Structure(std::move(impl));
}

bool Structure::accepts(const JsonValue& document) const {
  valijson::Validator validator;
  return validator.validate(impl_->schema, valijson::adapters::RapidJsonAdapter(document), nullptr);
}

}  // namespace hotline
