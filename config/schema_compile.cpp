// A schema document becomes a tree of nodes. Whatever is not understood completely is refused with its place.
#include <re2/re2.h>

#include <array>

#include "config/schema_keywords.h"
#include "config/schema_node.h"
#include "i18n/codes.h"

namespace hotline {
namespace {

constexpr std::array<std::string_view, 5> kRootKeywords = {"$schema", "$id", "$defs", "x-version",
                                                           "x-text-status"};
constexpr std::string_view kDefs = "#/$defs/";
constexpr int kMaxDepth = 24;

// What a node takes from the one above it. Only what is inherited stands here.
struct Inherited {
  std::string category;
  Generaliser generalise = Generaliser::drop;
  bool dropped = false;  // a node above says drop: nothing below it can say keep
};

class Compiler {
 public:
  Compiler(const JsonValue& schema, const CodeSystems* codes) : schema_(schema), codes_(codes) {}

  Result<std::unique_ptr<CompiledNode>> run() {
    auto root = std::make_unique<CompiledNode>();
    const bool understood = compile(schema_, "", {}, *root, 0) && check_defs();
    if (understood && labelled_) check_labels(*root, "");
    if (error_) return fail(std::move(*error_));
    return root;
  }

 private:
  bool refuse(std::string_view pointer, std::string_view token, std::string expected) {
    if (!error_)
      error_ = Error{ErrorCode::data_invalid, pointer_join(pointer, token), std::move(expected), {}};
    return false;
  }
  bool refuse(std::string_view pointer, std::string expected) {
    if (!error_) error_ = Error{ErrorCode::data_invalid, std::string(pointer), std::move(expected), {}};
    return false;
  }

  // A $ref is replaced by what it names; annotations that stand beside it win over those of the definition.
  bool compile(const JsonValue& value, const std::string& pointer, Inherited inherited, CompiledNode& node,
               int depth) {
    if (!value.IsObject()) return refuse(pointer, "object");
    if (depth > kMaxDepth) return refuse(pointer, "depth");  // also the end of a $ref that names itself
    const JsonValue* ref = member(value, "$ref");
    if (ref == nullptr) return compile_plain(value, pointer, value, inherited, node, depth);
    const JsonValue* target = definition(as_text(*ref));
    if (target == nullptr) return refuse(pointer, "$ref", "#/$defs/<name>");
    for (const auto& each : value.GetObject()) {
      const std::string_view name = as_text(each.name);
      if (name == "$ref" || name == "description" || name == "title" || name.starts_with("x-")) continue;
      return refuse(pointer, name, "keyword");
    }
    if (member(*target, "$ref") != nullptr) return refuse(pointer, "$ref", "definition");
    const std::string place = pointer_join("/$defs", as_text(*ref).substr(kDefs.size()));
    return check_keywords(value, pointer, NodeType::any) &&
           compile_plain(*target, place, value, inherited, node, depth);
  }

  const JsonValue* definition(std::string_view ref) const {
    const JsonValue* defs = member(schema_, "$defs");
    if (defs == nullptr || !ref.starts_with(kDefs)) return nullptr;
    const JsonValue* target = member(*defs, ref.substr(kDefs.size()));
    return target != nullptr && target->IsObject() ? target : nullptr;
  }

  bool compile_plain(const JsonValue& value, const std::string& pointer, const JsonValue& beside,
                     Inherited& inherited, CompiledNode& node, int depth) {
    if (const JsonValue* type = member(value, "type")) {
      const auto known = type_from(as_text(*type));
      if (!known) return refuse(pointer, "type", "type");
      node.type_ = *known;
    }
    return check_keywords(value, pointer, node.type_) &&
           take_labels(value, beside, pointer, inherited, node) && take_limits(value, pointer, node) &&
           take_text_rules(value, pointer, node) && take_children(value, pointer, inherited, node, depth);
  }

  bool check_keywords(const JsonValue& value, const std::string& pointer, NodeType type) {
    for (const auto& each : value.GetObject()) {
      const std::string_view name = as_text(each.name);
      if (pointer.empty() &&
          std::find(kRootKeywords.begin(), kRootKeywords.end(), name) != kRootKeywords.end())
        continue;
      const auto beside = keyword_type(name);
      if (!beside) return refuse(pointer, name, "keyword");
      if (*beside != NodeType::any && *beside != type)
        return refuse(pointer, name, std::string(to_string(*beside)));
    }
    return true;
  }

  // The value of an annotation: beside the $ref first, then in the definition.
  static const JsonValue* annotation(const JsonValue& value, const JsonValue& beside, std::string_view name) {
    const JsonValue* found = member(beside, name);
    return found != nullptr ? found : member(value, name);
  }

  bool take_labels(const JsonValue& value, const JsonValue& beside, const std::string& pointer,
                   Inherited& inherited, CompiledNode& node) {
    FieldLabels& labels = node.labels_;
    if (const JsonValue* category = annotation(value, beside, "x-category")) {
      inherited.category = as_text(*category);
      labelled_ = true;
      if (inherited.category.empty()) return refuse(pointer, "x-category", "category");
    }
    if (const JsonValue* generalise = annotation(value, beside, "x-generalise")) {
      const auto known = generaliser_from(as_text(*generalise));
      if (!known) return refuse(pointer, "x-generalise", "drop|keep|month|age_band|masked_text");
      inherited.dropped = inherited.dropped || *known == Generaliser::drop;
      inherited.generalise = inherited.dropped ? Generaliser::drop : *known;
    }
    labels.category = inherited.category;
    labels.generalise = inherited.generalise;
    if (const JsonValue* to = annotation(value, beside, "x-generalise-to"))
      labels.generalise_to = as_text(*to);
    if (const JsonValue* find = annotation(value, beside, "x-find")) {
      const auto known = find_from(as_text(*find));
      if (!known) return refuse(pointer, "x-find", "name|text|phone|email|identifier|date|place|postal_code");
      labels.find = *known;
    }
    if (const JsonValue* prose = annotation(value, beside, "x-prose")) {
      if (!prose->IsBool()) return refuse(pointer, "x-prose", "boolean");
      labels.prose = prose->GetBool();
    }
    if (const JsonValue* title = annotation(value, beside, "x-title")) {
      if (!take_titles(*title, node)) return refuse(pointer, "x-title", "texts by language");
    }
    if (const JsonValue* about = annotation(value, beside, "x-about")) labels.about = as_text(*about);
    if (const JsonValue* closed = annotation(value, beside, "x-closed")) {
      if (!closed->IsBool()) return refuse(pointer, "x-closed", "boolean");
      labels.closed = closed->GetBool();
    }
    if (const JsonValue* codes = annotation(value, beside, "x-codes")) {
      labels.codes = as_text(*codes);
      const bool holds_a_code = node.type_ == NodeType::object || node.type_ == NodeType::string;
      if (!holds_a_code || !code_system_known(labels.codes)) return refuse(pointer, "x-codes", "code system");
    }
    return true;
  }

  static bool take_titles(const JsonValue& titles, CompiledNode& node) {
    if (!titles.IsObject()) return false;
    for (const auto& each : titles.GetObject()) {
      if (!each.value.IsString()) return false;
      node.titles_.emplace_back(as_text(each.name), as_text(each.value));
    }
    return true;
  }

  bool code_system_known(const std::string& name) const {
    return codes_ != nullptr && codes_->has_system(name);
  }

  bool take_bound(const JsonValue& value, const std::string& pointer, std::string_view name,
                  std::int64_t& bound) {
    const JsonValue* limit = member(value, name);
    if (limit == nullptr) return true;
    if (!limit->IsInt64()) return refuse(pointer, name, "integer");
    bound = limit->GetInt64();
    return true;
  }
  // How much of something there may be: never less than nothing.
  bool take_count(const JsonValue& value, const std::string& pointer, std::string_view name,
                  std::int64_t& bound) {
    if (!take_bound(value, pointer, name, bound)) return false;
    return member(value, name) == nullptr || bound >= 0 || refuse(pointer, name, "integer");
  }

  bool take_limits(const JsonValue& value, const std::string& pointer, CompiledNode& node) {
    return take_count(value, pointer, "minItems", node.size_.min) &&
           take_count(value, pointer, "maxItems", node.size_.max) &&
           take_count(value, pointer, "minLength", node.size_.min) &&
           take_count(value, pointer, "maxLength", node.size_.max) &&
           take_bound(value, pointer, "minimum", node.range_.min) &&
           take_bound(value, pointer, "maximum", node.range_.max) &&
           (node.size_.min <= node.size_.max || refuse(pointer, "maximum below minimum")) &&
           (node.range_.min <= node.range_.max || refuse(pointer, "maximum below minimum"));
  }

  bool take_text_rules(const JsonValue& value, const std::string& pointer, CompiledNode& node) {
    if (const JsonValue* allowed = member(value, "enum")) {
      if (!take_texts(*allowed, node.allowed_)) return refuse(pointer, "enum", "array of strings");
    }
    if (const JsonValue* format = member(value, "x-format")) {
      const auto known = format_from(as_text(*format));
      if (!known) return refuse(pointer, "x-format", "format");
      node.format_ = *known;
      node.labels_.format = as_text(*format);
    }
    if (const JsonValue* pattern = member(value, "pattern")) {
      RE2::Options options;
      options.set_log_errors(false);
      auto compiled = std::make_shared<const RE2>(std::string(as_text(*pattern)), options);
      if (!pattern->IsString() || !compiled->ok()) return refuse(pointer, "pattern", "RE2");
      node.pattern_ = std::move(compiled);
      if (const auto plain = PlainPattern::of(node.pattern_->pattern()))
        node.plain_pattern_ = std::make_shared<const PlainPattern>(*plain);
    }
    return true;
  }

  static bool take_texts(const JsonValue& list, std::vector<std::string>& texts) {
    if (!list.IsArray() || list.Empty()) return false;
    for (const JsonValue& each : list.GetArray()) {
      if (!each.IsString()) return false;
      texts.emplace_back(as_text(each));
    }
    return true;
  }

  bool take_children(const JsonValue& value, const std::string& pointer, const Inherited& inherited,
                     CompiledNode& node, int depth) {
    if (node.type_ == NodeType::array) {
      const JsonValue* items = member(value, "items");
      if (items == nullptr) return refuse(pointer, "items");
      node.items_ = std::make_unique<CompiledNode>();
      return compile(*items, pointer_join(pointer, "items"), inherited, *node.items_, depth + 1);
    }
    if (node.type_ != NodeType::object) return true;
    return take_properties(value, pointer, inherited, node, depth) && take_required(value, pointer, node) &&
           take_additional(value, pointer, inherited, node, depth) && check_siblings(node, pointer);
  }

  bool take_properties(const JsonValue& value, const std::string& pointer, const Inherited& inherited,
                       CompiledNode& node, int depth) {
    const JsonValue* properties = member(value, "properties");
    if (properties == nullptr) return true;
    if (!properties->IsObject() || properties->MemberCount() > CompiledNode::kMaxProperties) {
      return refuse(pointer, "properties", "object");
    }
    const std::string place = pointer_join(pointer, "properties");
    for (const auto& each : properties->GetObject()) {
      const std::string_view name = as_text(each.name);
      node.add_property(std::string(name), std::make_unique<CompiledNode>());
      if (!compile(each.value, pointer_join(place, name), inherited, *node.properties_.back().node,
                   depth + 1)) {
        return false;
      }
    }
    return true;
  }

  bool take_required(const JsonValue& value, const std::string& pointer, CompiledNode& node) {
    const JsonValue* required = member(value, "required");
    if (required == nullptr) return true;
    std::vector<std::string> names;
    if (!take_texts(*required, names)) return refuse(pointer, "required", "array of strings");
    for (const std::string& name : names) {
      const std::size_t index = node.index_of(name);
      if (index == CompiledNode::kMaxProperties) return refuse(pointer, "required", "declared property");
      node.require(index);
    }
    return true;
  }

  // Must be said: an object that is open by forgetting would let any field pass.
  bool take_additional(const JsonValue& value, const std::string& pointer, const Inherited& inherited,
                       CompiledNode& node, int depth) {
    const JsonValue* additional = member(value, "additionalProperties");
    if (additional == nullptr) return refuse(pointer, "additionalProperties");
    if (additional->IsBool()) {
      node.open_ = additional->GetBool();
      return true;
    }
    node.additional_ = std::make_unique<CompiledNode>();
    return compile(*additional, pointer_join(pointer, "additionalProperties"), inherited, *node.additional_,
                   depth + 1);
  }

  bool check_siblings(const CompiledNode& node, const std::string& pointer) {
    const std::size_t code = node.index_of("code");
    if (node.is_coded() &&
        (code == CompiledNode::kMaxProperties || node.properties_[code].node->type_ != NodeType::string)) {
      return refuse(pointer, "x-codes", "code");
    }
    for (const CompiledNode::Property& property : node.properties_) {
      const FieldLabels& labels = property.node->labels_;
      if (labels.generalise != Generaliser::age_band) continue;
      if (node.index_of(labels.generalise_to) == CompiledNode::kMaxProperties) {
        return refuse(pointer_join(pointer, "properties"), property.name, "x-generalise-to");
      }
    }
    return true;
  }

  // Also what nothing refers to has to be understood.
  bool check_defs() {
    const JsonValue* defs = member(schema_, "$defs");
    if (defs == nullptr) return true;
    if (!defs->IsObject()) return refuse("", "$defs", "object");
    for (const auto& each : defs->GetObject()) {
      CompiledNode unused;
      if (!compile(each.value, pointer_join("/$defs", as_text(each.name)), {}, unused, 0)) return false;
    }
    return true;
  }

  // In a schema with labels no field may be without a category: it would be released by nobody's decision.
  bool check_labels(const CompiledNode& node, const std::string& path) {
    if (node.type_ == NodeType::array) return check_labels(*node.items_, pointer_join(path, "*"));
    for (const CompiledNode::Property& property : node.properties_) {
      if (!check_labels(*property.node, pointer_join(path, property.name))) return false;
    }
    if (!node.properties_.empty()) return true;
    return !node.labels_.category.empty() || refuse(path, "x-category");
  }

  const JsonValue& schema_;
  const CodeSystems* codes_;
  bool labelled_ = false;
  std::optional<Error> error_;
};

}  // namespace

Result<std::unique_ptr<CompiledNode>> compile_schema(const JsonValue& schema, const CodeSystems* codes) {
  return Compiler(schema, codes).run();
}

}  // namespace hotline
