#include "gateway/exchange/asked_again.h"

#include <algorithm>

#include "consent/consent.h"
#include "consent/decide.h"
#include "consent/history.h"
#include "gateway/exchange/consent_versions.h"
#include "gateway/exchange/decisions.h"

namespace hotline {
namespace {

// Of all that was ever recorded under one id.
Result<Json> word_now(const ExchangeContext& context, const KeptConsent& kept) {
  auto versions = verified_versions(context, kept);
  if (!versions) return fail(std::move(versions.error()));
  std::vector<const JsonValue*> later;
  for (std::size_t i = 1; i < versions->size(); ++i) later.push_back(&(*versions)[i].signed_word.consent);
  return word_that_counts(versions->front().signed_word.consent, later);
}

std::size_t contents(const KeptConsent& kept) {
  return static_cast<std::size_t>(std::count_if(kept.tokens.begin(), kept.tokens.end(),
                                                [](const std::string& token) { return !token.empty(); }));
}

bool is_taken_back(const Reader& reader, const ConsentId& id) {
  const auto row = reader.withdrawn(id);
  return row && (row->stage == "stopped" || row->stage == "told" || row->stage.starts_with("forced"));
}

// What was recorded under the consents of the facts, also those that did not decide: another guardian's no
// counts.
struct Since {
  std::vector<KeptConsent> histories;  // of more than one word
  std::vector<ConsentId> withdrawn;
};

Result<Since> said_since(const ExchangeContext& context, const Facts& facts) {
  Since since;
  auto read = context.store.read([&](const Reader& reader) -> Result<void> {
    for (const auto& person : facts.persons) {
      for (const auto& consent : person.consents) {
        if (is_taken_back(reader, consent.id)) since.withdrawn.push_back(consent.id);
        auto kept = kept_consent(reader, consent.id);
        if (contents(kept) > 1) since.histories.push_back(std::move(kept));
      }
    }
    return {};
  });
  if (!read) return fail(std::move(read.error()));
  return since;
}

Result<Facts> as_of_today(const ExchangeContext& context, Facts facts, const Since& since, Instant now) {
  Known known;
  known.statements = &context.statements;
  known.canonical = &context.schema;
  known.withdrawn = since.withdrawn;
  std::vector<Consent> words;
  for (const auto& kept : since.histories) {
    const auto word = word_now(context, kept);
    if (!word) return fail(word.error());
    words.push_back(read_consent(*word));
  }
  facts = with_words(std::move(facts), words, known, context.policies.base());
  facts.now = now;
  return facts;
}

bool is_less(const CategoryDecision& held, const CategoryDecision& now) {
  if (held.level == Level::withheld) return false;
  if (now.level < held.level) return true;
  if (now.fields.empty()) return false;
  return held.fields.empty() ||
         !std::includes(now.fields.begin(), now.fields.end(), held.fields.begin(), held.fields.end());
}

bool is_less(const PersonDecision& held, const PersonDecision& now) {
  for (const auto& category : held.categories) {
    if (is_less(category, now.of(category.category.get()))) return true;
  }
  return now.until < held.until ||
         !std::includes(now.onward.begin(), now.onward.end(), held.onward.begin(), held.onward.end());
}

bool travels_in(const ReferralRow& referral, const PersonDecision& person) {
  return std::find(referral.consents.begin(), referral.consents.end(), person.consent) !=
         referral.consents.end();
}

}  // namespace

Result<bool> is_narrowed(const ExchangeContext& context, const ReferralRow& referral, Instant now) {
  auto facts = past_facts(context, referral.submission);
  if (!facts) return fail(std::move(facts.error()));
  if (!*facts) return false;
  const auto since = said_since(context, **facts);
  if (!since) return fail(since.error());
  if (since->histories.empty() && since->withdrawn.empty()) return false;
  const auto today = as_of_today(context, **facts, *since, now);
  if (!today) return fail(today.error());
  const Decision held = decide(**facts, context.policies);
  const Decision asked = decide(*today, context.policies);
  bool found = false;
  for (const auto& person : held.persons) {
    if (!travels_in(referral, person)) continue;
    found = true;
    if (is_less(person, *asked.of(person.person))) return true;
  }
  return !found;  // by today's rules nobody of it would travel at all
}

}  // namespace hotline
