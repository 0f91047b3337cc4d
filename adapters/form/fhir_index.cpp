#include "adapters/form/fhir_index.h"

namespace hotline {

namespace {

// "…/Patient/7/_history/2" and "…/Patient/7" are "Patient/7".
std::string tail_of(std::string_view reference) {
  if (const auto history = reference.find("/_history/"); history != std::string_view::npos)
    reference = reference.substr(0, history);
  const auto last = reference.rfind('/');
  if (last == std::string_view::npos || last == 0) return std::string(reference);
  const auto before = reference.rfind('/', last - 1);
  return std::string(before == std::string_view::npos ? reference : reference.substr(before + 1));
}

// Some write ids as numbers. The reference is followed, so that the fault is named where it is: at the id.
std::string id_of(const TreeNode& resource) {
  const TreeNode* id = resource.find("id");
  const auto* number = id == nullptr ? nullptr : std::get_if<std::int64_t>(&id->scalar);
  return number != nullptr ? std::to_string(*number) : std::string(resource.text_at("id"));
}

}  // namespace

void FhirIndex::add(TreeNode resource, TreeNode around) {
  const std::size_t at = entries_.size();
  const std::string type(resource.text_at("resourceType")), id = id_of(resource);
  const std::string url(around.text_at("fullUrl"));
  auto contained = resource.take("contained");
  if (!url.empty()) places_.emplace(url, at);
  if (!id.empty()) places_.emplace(type + "/" + id, at);
  entries_.push_back({std::move(resource), std::move(around), type, at});
  if (!contained) return;
  for (TreeNode& one : contained->items) {
    const std::string inner = id_of(one);
    if (!inner.empty()) places_.emplace(std::to_string(at) + "#" + inner, entries_.size());
    const std::string inner_type(one.text_at("resourceType"));
    entries_.push_back({std::move(one), TreeNode::object(), inner_type, at});
  }
}

FhirIndex FhirIndex::of(TreeNode& given) {
  FhirIndex index;
  if (given.text_at("resourceType") != "Bundle") {
    index.add(std::move(given), TreeNode::object());
    given = TreeNode::object("");
    return index;
  }
  auto entries = given.take("entry");
  if (!entries) return index;
  for (TreeNode& entry : entries->items) {
    TreeNode resource = entry.take("resource").value_or(TreeNode::object(entry.origin));
    index.add(std::move(resource), std::move(entry));
  }
  return index;
}

int FhirIndex::find(const TreeNode& reference, std::size_t from) const {
  const std::string text(reference.text_at("reference"));
  if (text.empty()) return -1;
  const std::size_t container = entries_[from].container;
  auto found = text.front() == '#' ? places_.find(std::to_string(container) + text) : places_.find(text);
  if (found == places_.end() && text.front() != '#') found = places_.find(tail_of(text));
  return found == places_.end() ? -1 : static_cast<int>(found->second);
}

}  // namespace hotline
