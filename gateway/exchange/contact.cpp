#include "gateway/exchange/contact.h"

#include <algorithm>

#include "gateway/exchange/recall.h"
#include "gateway/referral/state.h"

namespace hotline {
namespace {

// The rules of the person that the plan is for; nothing known is null.
Result<const JsonValue*> rules_for(const Json& all, const std::string& person) {
  static const JsonValue kUnknown;
  if (!all.IsObject() || all.ObjectEmpty()) return &kUnknown;
  if (person.empty()) {
    if (all.MemberCount() > 1) return fail(ErrorCode::field_missing, "/contact/person", "person");
    return &all.MemberBegin()->value;
  }
  const JsonValue* found = member(all, person);
  if (found == nullptr) return fail(ErrorCode::value_not_allowed, "/contact/person", "person");
  return found;
}

void log_refused(const ExchangeContext& context, const ReferralId& id, const ContactChecked& checked,
                 const std::string& client, Instant now) {
  const auto first = std::find_if(checked.findings.begin(), checked.findings.end(),
                                  [](const ContactFinding& each) { return each.refuses; });
  LogDetail detail;
  detail.referral(id).code("reason", first->code).actor(client).at(now);
  // It is refused whether or not the log can take it.
  (void)context.store.commit([&](Transaction& transaction) -> Result<void> {
    transaction.append(LogKind::refusal, detail, now);
    return {};
  });
}

}  // namespace

std::optional<ProtectedPayload> keep_contact_rules(const ExchangeContext& context, const JsonValue& disclosed,
                                                   const std::vector<std::string>& ids) {
  const Json rules = contact_rules(disclosed, ids);
  const bool some = std::any_of(rules.MemberBegin(), rules.MemberEnd(),
                                [](const auto& each) { return each.value.IsObject(); });
  if (!some) return std::nullopt;
  return context.store.protect(to_text(rules));
}

void forget_contact_rules(Transaction& transaction, const ReferralRow& row) {
  transaction.destroy(row.contact_rules, Destroy::before_return);
}

std::string_view ContactChecked::verdict() const {
  if (refused()) return "refused";
  return findings.empty() ? "safe" : "not_known";
}

Result<ContactChecked> check_plan(const ExchangeContext& context, const ReferralId& id, const JsonValue& plan,
                                  const std::string& client) {
  const Instant now = context.clock.now();
  auto read_plan = read_contact_plan(plan, now);
  if (!read_plan) return fail(std::move(read_plan.error()));
  std::optional<std::string> kept;
  auto read = context.store.read([&](const Reader& reader) -> Result<void> {
    const auto row = reader.referral(id);
    if (!row) return fail(ErrorCode::not_found);
    const ReferralStatus status = shown_status(*row);
    if (is_over(status)) return fail(ErrorCode::state_conflict, "/contact", std::string(to_string(status)));
    if (!row->contact_rules.get().empty()) kept = reader.payload(row->contact_rules);
    return {};
  });
  if (!read) return fail(std::move(read.error()));
  auto rules = kept ? parse_json(*kept) : Result<Json>(Json());
  if (!rules) return fail(ErrorCode::store_corrupt);
  const auto mine = rules_for(*rules, read_plan->person);
  if (!mine) return fail(mine.error());
  ContactChecked checked{std::move(*read_plan), {}};
  checked.findings = check_contact(*mine, checked.plan, now);
  if (checked.refused()) log_refused(context, id, checked, client, now);
  return checked;
}

}  // namespace hotline
