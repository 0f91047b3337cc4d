#include "config/schema.h"

#include "config/schema_node.h"
#include "config/structure.h"
#include "i18n/base/json_pointer.h"
#include "i18n/codes.h"

namespace hotline {
namespace {

constexpr std::size_t kMaxFaults = 20;

void collect_leaves(const CompiledNode& node, const std::string& path, std::vector<std::string>& leaves) {
  if (node.type_ == NodeType::array) return collect_leaves(*node.items_, pointer_join(path, "*"), leaves);
  const bool inner = node.type_ == NodeType::object && !node.is_coded();
  if (!inner) return leaves.push_back(path);
  for (const CompiledNode::Property& property : node.properties_) {
    collect_leaves(*property.node, pointer_join(path, property.name), leaves);
  }
  if (node.additional_) collect_leaves(*node.additional_, pointer_join(path, "*"), leaves);
}

bool is_index(std::string_view token) {
  return token == "*" || (!token.empty() && token.find_first_not_of("0123456789") == std::string_view::npos);
}

}  // namespace

struct Schema::Impl {
  std::unique_ptr<CompiledNode> root;
  Structure structure;
  const CodeSystems* codes;
  std::vector<std::string> leaves;
  std::string version;
};

Result<Schema> Schema::load(const std::string& file, const CodeSystems* codes) {
  auto document = read_json_file(file);
  if (!document) return fail(std::move(document.error()));
  auto schema = parse(*document, codes);
  if (!schema) schema.error().expected += " in " + file.substr(file.rfind('/') + 1);
  return schema;
}

Result<Schema> Schema::parse(const Json& schema, const CodeSystems* codes) {
  auto root = compile_schema(schema, codes);
  if (!root) return fail(std::move(root.error()));
  auto structure = Structure::build(schema);
  if (!structure) return fail(std::move(structure.error()));
  auto impl = std::make_shared<Impl>(Impl{std::move(*root), std::move(*structure), codes, {}, {}});
  collect_leaves(*impl->root, "", impl->leaves);
  impl->version = text_at(schema, "x-version");
  Schema made;
  made.impl_ = std::move(impl);
  return made;
}

Result<void> Schema::validate(const JsonValue& document, Opinions opinions) const {
  std::vector<Fault> faults = find_faults(*impl_->root, document, impl_->codes, kMaxFaults);
  // valijson only ever sees what the walk has bounded.
  if (opinions == Opinions::both && faults.empty() && !impl_->structure.accepts(document))
    faults.push_back({ErrorCode::value_not_allowed, {}, "schema"});
  if (faults.empty()) return {};
  Error error{faults.front().code, std::move(faults.front().pointer), std::move(faults.front().expected), {}};
  error.more.assign(std::make_move_iterator(faults.begin() + 1), std::make_move_iterator(faults.end()));
  return fail(std::move(error));
}

const SchemaNode& Schema::root() const {
  return *impl_->root;
}

const SchemaNode* Schema::at(std::string_view pointer) const {
  const CompiledNode* node = impl_->root.get();
  while (node != nullptr && !pointer.empty()) {
    if (pointer.front() != '/') return nullptr;
    const std::string_view token = pointer_next(pointer);
    if (node->type_ == NodeType::array) {
      node = is_index(token) ? node->items() : nullptr;
    } else {
      node = node->property(pointer_unescape(token).value_or(std::string(token)));
    }
  }
  return node;
}

const std::vector<std::string>& Schema::leaves() const {
  return impl_->leaves;
}
std::string_view Schema::version() const {
  return impl_->version;
}
bool Schema::has_code(std::string_view system, std::string_view code) const {
  return impl_->codes != nullptr && impl_->codes->has(system, code);
}

}  // namespace hotline
