#include "gateway/exchange/account_of.h"

#include <algorithm>

#include "consent/consent.h"
#include "consent/stages.h"
#include "gateway/exchange/consent_versions.h"
#include "gateway/exchange/prepare.h"

namespace hotline {
namespace {

// What was decided for the persons of that consent, from the log's entry of the decision.
std::vector<AccountShare> shares_of(const Reader& reader, const ReferralRow& referral,
                                    const ConsentId& consent) {
  std::vector<AccountShare> shares;
  const auto row = reader.decision(referral.submission);
  const auto entry = row ? reader.log_entry(row->log_index) : std::nullopt;
  const auto detail =
      entry && entry->detail ? parse_json(*entry->detail, {4u << 20, 64}) : fail(ErrorCode::not_found);
  const JsonValue* decision = detail ? member(*detail, "decision") : nullptr;
  const JsonValue* persons = decision == nullptr ? nullptr : member(*decision, "persons");
  if (persons == nullptr) return shares;
  // Of a referral whose second stage has not gone, only the first was told.
  const bool first = text_at(*detail, "code.stage") == to_string(Stage::pseudonymous);
  const auto most = [&](const Category& category) {
    const auto level = text_at(*detail, "code.stage." + category.get());
    return first ? level_from(level).value_or(Level::withheld) : Level::full;
  };
  for (const auto& person : persons->GetArray()) {
    if (text_at(person, "consent") != consent.get()) continue;
    for (const auto& each : person["categories"].GetArray()) {
      const Category category(std::string(text_at(each, "category")));
      const std::string stayed = "code." + stayed_key(consent.get(), category.get());
      const Level level = member(*detail, stayed) != nullptr
                              ? Level::withheld
                              : level_from(text_at(each, "level")).value_or(Level::withheld);
      shares.push_back({category, std::min(level, most(category))});
    }
    break;  // a consent is one person's
  }
  return shares;
}

// Their gateway has destroyed the key; their own system, where it had a copy, has said that it is gone; and
// so have those to whom they passed it on.
std::optional<Instant> erased_at(const std::optional<RecallRow>& recall) {
  if (!recall || recall->proof.empty() || recall->proven < recall->downstream) return std::nullopt;
  const bool gone = recall->system == SystemPurge::untouched || recall->system == SystemPurge::erased;
  return gone ? std::optional(recall->proved) : std::nullopt;
}

void add_steps(AccountEntry& entry, const std::vector<TimelineRow>& steps, const MemberId& peer) {
  for (const auto& step : steps) {
    const bool opening = step.by == peer && step.reason == ControlReason::narrative_opened;
    if (opening) entry.story_opened_at.push_back(step.at);
    if (step.by == peer && step.status == ReferralStatus::acknowledged && !opening)
      entry.taken_at.push_back(step.at);
    const bool stops = step.status == ReferralStatus::withdrawn_by_person ||
                       step.status == ReferralStatus::revoked_by_sender;
    if (stops && !entry.stopped_at) entry.stopped_at = step.at;
  }
}

AccountLine line_of(const ExchangeContext& context, const Reader& reader, const ReferralRow& referral,
                    const ConsentId& consent) {
  AccountLine line{referral.id, referral.peer, {}};
  const Member* peer = context.registry.find(referral.peer);
  line.entry.recipient = peer == nullptr ? referral.peer.get() : peer->name;
  line.entry.country = peer == nullptr ? std::string() : peer->country;
  line.entry.when = referral.created;
  line.entry.until = referral.until;
  line.entry.shares = shares_of(reader, referral, consent);
  add_steps(line.entry, reader.timeline(referral.id), referral.peer);
  line.entry.erased_at = erased_at(reader.recall(referral.id));
  return line;
}

}  // namespace

Result<PersonsAccount> account_of(const ExchangeContext& context, const ConsentId& consent) {
  PersonsAccount account;
  KeptConsent kept;
  auto read = context.store.read([&](const Reader& reader) -> Result<void> {
    kept = kept_consent(reader, consent);
    if (kept.rows.empty()) return fail(ErrorCode::not_found);
    for (const auto& referral : reader.referrals_under(consent)) {
      if (referral.direction == Direction::outbound)
        account.lines.push_back(line_of(context, reader, referral, consent));
    }
    return {};
  });
  if (!read) return fail(std::move(read.error()));
  const auto versions = verified_versions(context, kept);
  if (!versions) return fail(versions.error());
  std::sort(account.lines.begin(), account.lines.end(),
            [](const AccountLine& a, const AccountLine& b) { return a.entry.when < b.entry.when; });
  account.language = context.language;
  account.time_zone = "UTC";
  if (versions->empty()) return account;
  const auto& word = versions->back().signed_word.consent;
  if (const auto zone = text_at(word, "time_zone"); !zone.empty()) account.time_zone = std::string(zone);
  const JsonValue* statement = member(word, "statement");
  if (statement != nullptr && !text_at(*statement, "language").empty())
    account.language = LanguageTag(std::string(text_at(*statement, "language")));
  return account;
}

}  // namespace hotline
