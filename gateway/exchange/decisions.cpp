#include "gateway/exchange/decisions.h"

#include "gateway/exchange/prepare.h"
#include "gateway/log/merkle.h"

namespace hotline {
namespace {

// The version of a jurisdiction's policy that is in force here; "" when there is none.
std::string version_now(const Policies& policies, std::string_view country) {
  const Policy* policy = policies.country(country);
  return policy == nullptr ? std::string() : policy->version;
}

bool same_versions(const Facts& facts, const Policies& policies) {
  return facts.base_policy == policies.base().version &&
         facts.sender_policy == version_now(policies, facts.sender_country) &&
         facts.recipient_policy == version_now(policies, facts.recipient_country);
}

// As the log writes a decision, so that the two can be compared as they stand.
std::string as_logged(const Decision& decision) {
  LogDetail detail;
  detail.decision(decision.to_json());
  const auto json = parse_json(detail.canonical());
  const JsonValue* logged = json ? member(*json, "decision") : nullptr;
  return logged == nullptr ? std::string() : to_canonical(*logged);
}

// The entry is what the tree holds, and the detail what the entry committed to.
bool is_untouched(const StoredEntry& stored, const std::optional<std::string>& leaf) {
  const auto entry = LogEntry::parse(stored.entry);
  return entry && entry->kind == LogKind::decision && stored.salt && stored.detail &&
         commitment_of(*stored.salt, *stored.detail) == entry->commitment && leaf &&
         *leaf == merkle_leaf(stored.entry);
}

}  // namespace

std::string_view to_string(Replay replay) {
  switch (replay) {
    case Replay::same:
      return "same";
    case Replay::policy_version:
      return "policy_version";
    case Replay::differs:
      return "differs";
    case Replay::no_facts:
      return "no_facts";
  }
  return "no_facts";
}

Replay replay(const JsonValue& logged_decision, const JsonValue* logged_facts, const Policies& policies) {
  if (logged_facts == nullptr) return Replay::no_facts;
  const auto facts = Facts::from_json(*logged_facts);
  if (!facts) return Replay::differs;  // facts that are none were not written by us
  if (!same_versions(*facts, policies)) return Replay::policy_version;
  return as_logged(decide(*facts, policies)) == to_canonical(logged_decision) ? Replay::same
                                                                              : Replay::differs;
}

namespace {

struct Logged {
  std::uint64_t index = 0;
  Json detail;  // with a decision of that id
};

Result<Logged> logged(const ExchangeContext& context, const std::string& id) {
  std::uint64_t index = 0;
  std::optional<StoredEntry> entry;
  std::optional<std::string> leaf;
  auto read = context.store.read([&](const Reader& reader) -> Result<void> {
    const auto row = reader.decision(id);
    if (!row) return fail(ErrorCode::not_found);
    index = row->log_index;
    entry = reader.log_entry(index);
    leaf = reader.log_node(0, index);
    return {};
  });
  if (!read) return fail(std::move(read.error()));
  const auto changed = [] { return fail(ErrorCode::state_conflict, {}, "decision_log_changed"); };
  if (!entry || !is_untouched(*entry, leaf)) return changed();
  auto detail = parse_json(*entry->detail);
  if (!detail || member(*detail, "decision") == nullptr || text_at(*detail, "decision_id") != id)
    return changed();
  return Logged{index, std::move(*detail)};
}

// What the disclosure then held back, beside what was decided about it.
void add_stayed(Json& decision, const JsonValue& detail) {
  auto& allocator = decision.GetAllocator();
  if (!decision.HasMember("persons")) return;
  for (auto& person : decision["persons"].GetArray()) {
    const std::string consent(text_at(person, "consent"));
    for (auto& category : person["categories"].GetArray()) {
      const auto why = text_at(detail, "code." + stayed_key(consent, text_at(category, "category")));
      if (!why.empty()) set_text(category, "stayed", why, allocator);
    }
  }
}

}  // namespace

Result<std::optional<Facts>> past_facts(const ExchangeContext& context, const std::string& id) {
  const auto found = logged(context, id);
  if (!found && found.error().code == ErrorCode::not_found) return std::optional<Facts>();
  if (!found) return fail(found.error());
  const JsonValue* kept = member(found->detail, "facts");
  if (kept == nullptr) return std::optional<Facts>();
  auto facts = Facts::from_json(*kept);
  if (!facts) return fail(ErrorCode::state_conflict, {}, "decision_log_changed");
  return std::optional<Facts>(std::move(*facts));
}

Result<PastDecision> past_decision(const ExchangeContext& context, const std::string& id) {
  const auto found = logged(context, id);
  if (!found) return fail(found.error());
  const Json& detail = found->detail;
  PastDecision past;
  past.id = id;
  past.log_index = found->index;
  past.decision.CopyFrom(detail["decision"], past.decision.GetAllocator());
  add_stayed(past.decision, detail);
  // Files that were changed without another version are another policy too.
  const auto files = text_at(detail, "version.policies");
  const bool other_files =
      !files.empty() && context.policy_watch != nullptr && files != context.policy_watch->loaded();
  past.replay = other_files ? Replay::policy_version
                            : replay(detail["decision"], member(detail, "facts"), context.policies);
  return past;
}

}  // namespace hotline
