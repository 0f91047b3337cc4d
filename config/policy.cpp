#include "config/policy.h"

#include <algorithm>
#include <filesystem>

#include "config/policy_file.h"
#include "config/policy_lint.h"
#include "i18n/codes.h"

namespace hotline {
namespace {

constexpr std::string_view kFolder = "/config/policy/";

tl::unexpected<Error> in_file(Error error, const std::string& file) {
  error.expected += (error.expected.empty() ? "" : " in ") + file;
  return fail(std::move(error));
}

Result<Policy> read_file_of(const std::string& root, const std::string& name, const Schema& schema) {
  auto document = read_json_file(root + std::string(kFolder) + name);
  if (!document) return fail(std::move(document.error()));
  auto policy = read_policy(*document, schema);
  if (!policy) return in_file(std::move(policy.error()), name);
  std::string stem = policy->jurisdiction;
  std::transform(stem.begin(), stem.end(), stem.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  // Nobody would look for the rules of one country in the file of another.
  if (name != stem + ".json")
    return fail(ErrorCode::data_invalid, "/jurisdiction", "name of the file in " + name);
  return policy;
}

Result<void> first_of(std::vector<Fault> faults) {
  if (faults.empty()) return {};
  return fail(faults.front().code, std::move(faults.front().pointer), std::move(faults.front().expected));
}

Result<std::vector<std::string>> policy_files(const std::string& root) {
  std::error_code error;
  std::vector<std::string> names;
  for (auto each = std::filesystem::directory_iterator(root + std::string(kFolder), error);
       !error && each != std::filesystem::directory_iterator(); each.increment(error)) {
    if (each->path().extension() == ".json") names.push_back(each->path().filename().string());
  }
  if (error) return fail(ErrorCode::not_found, {}, "config/policy");
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

bool ForbiddenDisclosure::covers(std::string_view role, const Category& category) const {
  return std::find(recipients.begin(), recipients.end(), role) != recipients.end() &&
         (categories.empty() ||
          std::find(categories.begin(), categories.end(), category) != categories.end());
}

const RuleText* Policy::rule(const RuleId& id) const {
  const auto found =
      std::find_if(rules.begin(), rules.end(), [&](const RuleText& each) { return each.id == id; });
  return found == rules.end() ? nullptr : &*found;
}

Result<Policies> Policies::load(const std::string& root) {
  const auto codes = CodeSystems::load(root);
  if (!codes) return fail(codes.error());
  const auto schema = Schema::load(root + "/config/schema/policy.schema.json", &*codes);
  if (!schema) return fail(schema.error());
  auto names = policy_files(root);
  if (!names) return fail(std::move(names.error()));
  auto base = read_file_of(root, "base.json", *schema);
  if (!base) return fail(std::move(base.error()));
  if (auto whole = check_base(*base); !whole) return in_file(std::move(whole.error()), "base.json");
  if (auto sense = first_of(policy_faults(*base, *base)); !sense)
    return in_file(std::move(sense.error()), "base.json");
  Policies policies;
  policies.base_ = std::move(*base);
  for (const std::string& name : *names) {
    if (name == "base.json") continue;
    auto country = read_file_of(root, name, *schema);
    if (!country) return fail(std::move(country.error()));
    if (auto tight = check_tightens(*country, policies.base_); !tight)
      return in_file(std::move(tight.error()), name);
    Policy whole = combine(policies.base_, *country);
    if (auto sense = first_of(policy_faults(whole, *country)); !sense)
      return in_file(std::move(sense.error()), name);
    policies.countries_.push_back(std::move(whole));
  }
  return policies;
}

Policies Policies::of(Policy base, std::vector<Policy> countries) {
  Policies policies;
  policies.base_ = std::move(base);
  policies.countries_ = std::move(countries);
  return policies;
}

const Policy* Policies::country(std::string_view alpha2) const {
  const auto found = std::find_if(countries_.begin(), countries_.end(),
                                  [&](const Policy& each) { return each.jurisdiction == alpha2; });
  return found == countries_.end() ? nullptr : &*found;
}

const RuleText* Policies::rule(const RuleId& id) const {
  if (const RuleText* found = base_.rule(id)) return found;
  for (const Policy& each : countries_) {
    if (const RuleText* found = each.rule(id)) return found;
  }
  return nullptr;
}

}  // namespace hotline
