// The compiled form of one schema node: $refs resolved, patterns compiled, labels inherited. Immutable after
// load.
#pragma once

#include <bitset>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/formats.h"
#include "config/plain_pattern.h"
#include "config/schema.h"
#include "i18n/base/name_index.h"

namespace re2 {
class RE2;
}

namespace hotline {

enum class NodeType : std::uint8_t { any, object, array, string, integer, boolean };
std::string_view to_string(NodeType type);  // "" for any

struct Bounds {
  std::int64_t min = std::numeric_limits<std::int64_t>::min();
  std::int64_t max = std::numeric_limits<std::int64_t>::max();
};

class CompiledNode final : public SchemaNode {
 public:
  static constexpr std::size_t kMaxProperties = 384;
  using Seen = std::bitset<kMaxProperties>;

  struct Property {
    std::string name;
    std::unique_ptr<CompiledNode> node;
    bool required = false;
  };

  const FieldLabels& labels() const override { return labels_; }
  std::string_view title(const LanguageTag& language) const override;
  const CompiledNode* property(std::string_view name) const override;
  const CompiledNode* items() const override { return items_.get(); }
  std::vector<std::string> property_names() const override;
  bool is_open() const override { return open_; }
  bool is_coded() const override { return type_ == NodeType::object && !labels_.codes.empty(); }
  bool requires_member(std::string_view name) const override {
    const std::size_t index = index_of(name);
    return index != kMaxProperties && properties_[index].required;
  }
  std::int64_t max_size() const override { return size_.max; }
  std::string_view type() const override { return to_string(type_); }
  const std::vector<std::string>& allowed() const override { return allowed_; }

  // kMaxProperties when it is not declared.
  std::size_t index_of(std::string_view name) const {
    const std::uint32_t found = names_.find(name);
    return found == NameIndex::kNone ? kMaxProperties : found;
  }
  // The same, where the property at `likely` is probably the one: members mostly come in the schema's order.
  std::size_t index_of(std::string_view name, std::size_t likely) const {
    return likely < properties_.size() && properties_[likely].name == name ? likely : index_of(name);
  }
  void add_property(std::string name, std::unique_ptr<CompiledNode> node);
  void require(std::size_t index);

  // What a walk over a record reads of every value stands together, and first.
  NodeType type_ = NodeType::any;
  Format format_ = Format::none;
  bool open_ = false;                 // additionalProperties: true
  Bounds size_;                       // items of an array, code points of a string
  std::vector<std::string> allowed_;  // enum of a string
  std::shared_ptr<const re2::RE2> pattern_;
  std::shared_ptr<const PlainPattern> plain_pattern_;  // the same, when it needs no engine
  std::vector<Property> properties_;
  std::unique_ptr<CompiledNode> items_;
  NameIndex names_;                           // of properties_
  std::vector<std::uint32_t> required_;       // of properties_
  std::unique_ptr<CompiledNode> additional_;  // additionalProperties: {schema}
  Bounds range_;                              // of an integer
  FieldLabels labels_;
  std::vector<std::pair<std::string, std::string>> titles_;  // language -> x-title
};

// Compiles a schema document; data_invalid with the pointer into the schema for whatever is outside the
// subset.
Result<std::unique_ptr<CompiledNode>> compile_schema(const JsonValue& schema, const CodeSystems* codes);

// The faults of a document, in document order, at most `limit`. Linear in the document; the depth of the walk
// is the schema's, never the document's.
std::vector<Fault> find_faults(const CompiledNode& root, const JsonValue& document, const CodeSystems* codes,
                               std::size_t limit);

}  // namespace hotline
