#include "adapters/form/fhir_index.h"

namespace hotline {

namespace {

// A reference or a fullUrl, and the version that it asks for.
struct Address {
  std::string_view place, version;
};

Address address_of(std::string_view text) {
  constexpr std::string_view kHistory = "/_history/";
  const auto history = text.find(kHistory);
  if (history == std::string_view::npos) return {text, {}};
  return {text.substr(0, history), text.substr(history + kHistory.size())};
}

bool is_absolute(std::string_view text) {
  return text.find("://") != std::string_view::npos || text.starts_with("urn:");
}

// "https://a.example/fhir/" of ".../Patient/7", the place of a Patient on a server.
std::string base_of(std::string_view url, std::string_view type) {
  if (!url.starts_with("http://") && !url.starts_with("https://")) return {};
  const auto last = url.rfind('/');
  const std::string_view above = url.substr(0, last);
  const auto before = above.rfind('/');
  if (before == std::string_view::npos || above.substr(before + 1) != type) return {};
  return std::string(above.substr(0, before + 1));
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
  const std::string url(address_of(around.text_at("fullUrl")).place);
  auto contained = resource.take("contained");
  if (!url.empty()) urls_[url].push_back(at);
  if (!id.empty()) names_[type + "/" + id].push_back(at);
  entries_.push_back({std::move(resource), std::move(around), type, at, base_of(url, type)});
  if (!contained) return;
  for (TreeNode& one : contained->items) {
    const std::string inner = id_of(one);
    if (!inner.empty()) names_[std::to_string(at) + "#" + inner].push_back(entries_.size());
    const std::string inner_type(one.text_at("resourceType"));
    entries_.push_back({std::move(one), TreeNode::object(), inner_type, at, {}});
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

FhirIndex::Found FhirIndex::targets(std::string_view text, std::size_t from) const {
  if (text.empty()) return {};
  const auto in = [](const auto& all, const std::string& key) {
    const auto found = all.find(key);
    return found == all.end() ? Found() : found->second;
  };
  const std::size_t container = entries_[from].container;
  if (text.front() == '#') return in(names_, std::to_string(container) + std::string(text));
  const auto address = address_of(text);
  const std::string_view place = address.place, version = address.version;
  const std::string& base = entries_[container].base;
  Found found = in(urls_, is_absolute(place) ? std::string(place) : base + std::string(place));
  if (found.empty() && !is_absolute(place)) {
    found = in(names_, std::string(place));
    // What says that it came from another server is not meant.
    if (!base.empty()) std::erase_if(found, [&](std::size_t at) { return !entries_[at].base.empty(); });
  }
  if (found.size() > 1 && !version.empty())
    std::erase_if(found, [&](std::size_t at) {
      const TreeNode* meta = entries_[at].resource.find("meta");
      return meta == nullptr || meta->text_at("versionId") != version;
    });
  return found;
}

int FhirIndex::find(const TreeNode& reference, std::size_t from) const {
  const Found found = targets(reference.text_at("reference"), from);
  return found.size() == 1 ? static_cast<int>(found.front()) : -1;
}

const TreeNode* FhirIndex::ambiguous(const TreeNode& node, std::size_t from) const {
  if (const TreeNode* reference = node.find("reference"))
    if (targets(reference->as_text(), from).size() > 1) return reference;
  for (const auto& [name, one] : node.members)
    if (const TreeNode* found = ambiguous(one, from)) return found;
  for (const TreeNode& one : node.items)
    if (const TreeNode* found = ambiguous(one, from)) return found;
  return nullptr;
}

}  // namespace hotline
