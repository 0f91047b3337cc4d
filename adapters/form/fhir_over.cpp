#include "adapters/form/fhir_over.h"

#include <algorithm>

namespace hotline {

namespace {

// A FHIR dateTime of any precision against a day; what is no date has not ended.
bool is_before(std::string_view when, std::string_view today) {
  const std::string_view day = when.substr(0, std::min<std::size_t>(when.size(), 10));
  const bool date = day.size() >= 4 && std::all_of(day.begin(), day.end(),
                                                   [](char c) { return (c >= '0' && c <= '9') || c == '-'; });
  return date && day < today.substr(0, day.size());
}

bool has_ended(const TreeNode& one, std::string_view today) {
  const TreeNode* period = one.find("period");
  return period != nullptr && is_before(period->text_at("end"), today);
}

// Where an entry says that it is not to be read; null: it is.
const TreeNode* says_it_is_over(const FhirIndex::Entry& entry, bool followed) {
  if (const TreeNode* request = entry.around.find("request"); request != nullptr)
    if (request->text_at("method") == "DELETE") return request->find("method");
  const std::string_view status = entry.resource.text_at("status");
  const bool request = entry.type == "ServiceRequest";
  const bool over = status == "entered-in-error" || (request && status == "revoked") ||
                    (request && status == "completed" && !followed);
  return over ? entry.resource.find("status") : nullptr;
}

}  // namespace

Result<void> retract(FhirIndex& index) {
  auto& entries = index.entries();
  const bool followed = std::any_of(entries.begin(), entries.end(), [](const FhirIndex::Entry& entry) {
    return entry.type == "Task" && says_it_is_over(entry, true) == nullptr;
  });
  bool asks = false;
  std::optional<std::string> asked;
  for (FhirIndex::Entry& entry : entries) {
    const TreeNode* over = says_it_is_over(entry, followed);
    const bool request = entry.type == "ServiceRequest";
    asks = asks || (request && over == nullptr);
    if (over == nullptr) continue;
    if (request && !asked) asked = over->origin.value_or("");
    entry.over = true;
    entry.type.clear();
  }
  if (!asked || asks) return {};
  return fail(ErrorCode::value_not_allowed, *asked, "request_is_over");
}

void put_ended_aside(TreeNode& person, std::string_view today) {
  if (TreeNode* names = person.find("name"))
    for (TreeNode& name : names->items)
      if (has_ended(name, today)) {
        const TreeNode* use = name.find("use");
        name.set("use", TreeNode::text("old", use != nullptr ? use->origin : name.origin));
      }
  for (const char* list : {"telecom", "address"}) {
    TreeNode* all = person.find(list);
    if (all == nullptr || !all->is_list()) continue;
    std::vector<TreeNode> current, ended;
    for (TreeNode& one : all->items) (has_ended(one, today) ? ended : current).push_back(std::move(one));
    all->items = std::move(current);
    if (ended.empty()) continue;
    if (all->items.empty()) person.take(list);
    for (TreeNode& one : ended) person.list_member("former").items.push_back(std::move(one));
  }
}

}  // namespace hotline
