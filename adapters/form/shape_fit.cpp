// What is put aside, made up or said to be absent.
#include "adapters/form/shape_steps.h"

#include <algorithm>

#include "adapters/form/shape_paths.h"
#include "config/formats.h"
#include "i18n/base/clock.h"
#include "i18n/phones.h"

namespace hotline {

namespace {

// The value as the format wants it; nothing when it cannot be.
std::optional<std::string> fitted(const FitRule& rule, const std::string& said, const std::string& region) {
  if (const auto word = rule.words.find(said); word != rule.words.end()) return word->second;
  if (rule.format == "phone") {
    const auto number = parse_phone(said, region.size() == 2 ? region : "ZZ");
    return number ? std::optional<std::string>(*number) : std::nullopt;
  }
  if (rule.format == "instant") {
    const auto instant = parse_instant(said);
    return instant ? std::optional<std::string>(format_instant(*instant)) : std::nullopt;
  }
  const auto format = format_from(rule.format);
  if (!format || format_fault(*format, said)) return std::nullopt;
  return said;
}

// What the number alone does not say.
std::string extension_of(const FitRule& rule, std::string_view said) {
  const std::string digits = rule.format == "phone" ? phone_extension(said) : std::string();
  return digits.empty() ? digits : "ext. " + digits;
}

}  // namespace

void take_step(const FitRule& rule, TreeNode& resource) {
  const TreeNode* region = rule.region_at.empty() ? nullptr : find_at(resource, rule.region_at);
  const std::string country(region == nullptr ? std::string_view() : region->as_text());
  const auto star = std::find(rule.at.begin(), rule.at.end(), "*");
  if (star == rule.at.end() || rule.to.empty()) {
    at_holders(resource, rule.at, [&](TreeNode& holder, const std::string& name) {
      TreeNode* value = holder.find(name);
      if (value == nullptr || value->as_text().empty()) return;
      const std::string extension = extension_of(rule, value->as_text());
      if (auto fits = fitted(rule, std::string(value->as_text()), country)) {
        *value = TreeNode::text(*fits, value->origin);
        if (!extension.empty()) {
          TreeNode left = TreeNode::text(extension, value->origin);
          holder.member("unfit").set(name, std::move(left));
        }
      } else if (auto unfit = holder.take(name)) {
        holder.member("unfit").set(name, std::move(*unfit));
      }
    });
    return;
  }
  at_holders(resource, Tokens(rule.at.begin(), star), [&](TreeNode& holder, const std::string& name) {
    TreeNode* list = holder.find(name);
    if (list == nullptr || !list->is_list() || list->items.empty()) return;
    std::vector<TreeNode> unfit;
    std::erase_if(list->items, [&](TreeNode& one) {
      TreeNode* value = one.find(rule.at.back());
      const auto fits =
          value == nullptr ? std::nullopt : fitted(rule, std::string(value->as_text()), country);
      if (fits) {
        const std::string extension = extension_of(rule, value->as_text());
        *value = TreeNode::text(*fits, value->origin);
        if (!extension.empty()) one.set("note", TreeNode::text(extension, one.find(rule.at.back())->origin));
        return false;
      }
      unfit.push_back(std::move(one));
      return true;
    });
    drop_if_empty(holder, name);
    for (TreeNode& one : unfit) {
      if (const TreeNode* system = one.find("system"); system != nullptr && one.find("service") == nullptr)
        one.set("service", TreeNode(*system));
      holder.list_member(rule.to).items.push_back(std::move(one));
    }
  });
}

void take_step(const DefaultRule& rule, TreeNode& resource) {
  const Tokens above(rule.at.begin(), rule.at.end() - 1);
  const bool listed = std::find(above.begin(), above.end(), "*") != above.end();
  if (!listed) make_at(resource, above);
  const auto star = listed ? std::find(rule.at.rbegin(), rule.at.rend(), "*").base() - 1 : rule.at.end();
  at_values(resource, listed ? Tokens(rule.at.begin(), star + 1) : above, [&](TreeNode& found) {
    TreeNode& place = listed ? make_at(found, Tokens(star + 1, rule.at.end() - 1)) : found;
    if (place.find(rule.at.back()) == nullptr)
      place.set(rule.at.back(), TreeNode::text(rule.value, ""));  // nobody said so
  });
}

void take_step(const TailRule& rule, TreeNode& resource) {
  const TreeNode* whole = find_at(resource, rule.of);
  const std::string text(whole == nullptr ? std::string_view() : whole->as_text());
  at_holders(resource, rule.at, [&](TreeNode& holder, const std::string& name) {
    const TreeNode* tail = holder.find(name);
    if (tail == nullptr) return;
    // One who has no other family name has the same in both.
    const std::string_view end = tail->as_text();
    if (text != end && !text.ends_with(" " + std::string(end)))
      if (auto unfit = holder.take(name)) holder.member("unfit").set(name, std::move(*unfit));
  });
}

namespace {

constexpr std::string_view kAbsentReason = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

// "telecom[]" is a list of which the one element says why there is none.
std::string plain_name(std::string name) {
  if (name.size() > 2 && name.compare(name.size() - 2, 2, "[]") == 0) name.resize(name.size() - 2);
  return name;
}

// Takes the reason out of an element that has nothing else to say: `_birthDate`, a name, the only telecom.
std::optional<TreeNode> take_reason(TreeNode& holder, const std::string& given) {
  const std::string name = plain_name(given);
  TreeNode* node = holder.find(name);
  TreeNode* element =
      node != nullptr && node->is_list() && node->items.size() == 1 ? &node->items.front() : node;
  TreeNode* list = element == nullptr ? nullptr : element->find("extension");
  if (list == nullptr || element->members.size() > (element->find("use") != nullptr ? 2U : 1U))
    return std::nullopt;
  for (auto one = list->items.begin(); one != list->items.end(); ++one)
    if (one->text_at("url") == kAbsentReason && one->find("valueCode") != nullptr &&
        list->items.size() == 1) {
      TreeNode reason = std::move(*one->take("valueCode"));
      reason.origin = one->origin;
      if (const TreeNode* use = element->find("use"); use != nullptr && use->origin)
        reason.also.push_back(*use->origin);
      holder.take(name);
      return reason;
    }
  return std::nullopt;
}

void write_reason(TreeNode& holder, const std::string& given, TreeNode reason) {
  const std::string name = plain_name(given);
  TreeNode extension = TreeNode::object(reason.origin);
  extension.set("url", TreeNode::text(kAbsentReason));
  extension.set("valueCode", std::move(reason));
  TreeNode element = TreeNode::object();
  element.list_member("extension").items.push_back(std::move(extension));
  if (name == given) {
    holder.set(name, std::move(element));
  } else {
    holder.list_member(name).items.push_back(std::move(element));
  }
}

}  // namespace

void take_step(const AbsentRule& rule, TreeNode& resource) {
  for (const auto& [name, field] : rule.fields) {
    auto reason = take_reason(resource, name);
    if (!reason) continue;
    TreeNode one = TreeNode::object(reason->origin);
    one.set("field", TreeNode::text(field, reason->origin));
    one.set("reason", std::move(*reason));
    resource.list_member("absent").items.push_back(std::move(one));
  }
}

void give_step(const AbsentRule& rule, TreeNode& resource) {
  const auto is_free = [&](const std::string& given) {
    const std::string name = plain_name(given);
    return resource.find(name) == nullptr &&
           (name.front() != '_' || resource.find(std::string_view(name).substr(1)) == nullptr);
  };
  if (auto absent = resource.take("absent")) {
    for (const auto& [name, field] : rule.fields)
      for (auto one = absent->items.begin(); one != absent->items.end(); ++one)
        if (one->text_at("field") == field && is_free(name)) {
          TreeNode reason = std::move(*one->take("reason"));
          reason.origin = one->origin;
          absent->items.erase(one);
          write_reason(resource, name, std::move(reason));
          break;
        }
    if (!absent->items.empty()) resource.set("absent", std::move(*absent));
  }
  if (const TreeNode* withheld = resource.find("withheld"); withheld != nullptr) {
    const TreeNode all = *withheld;
    for (const TreeNode& one : all.items)
      if (const auto members = rule.of_categories.find(std::string(one.text_at("category")));
          members != rule.of_categories.end())
        for (const std::string& name : members->second)
          if (is_free(name)) write_reason(resource, name, TreeNode::text("masked"));
  }
}

}  // namespace hotline
