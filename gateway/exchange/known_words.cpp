#include "gateway/exchange/known_words.h"

#include <algorithm>

#include "consent/history.h"

namespace hotline {
namespace {

const JsonValue& consents_in(const Referral& record) {
  static const JsonValue kNone(rapidjson::kArrayType);
  const JsonValue* consents = member(record.json(), "consents");
  return consents == nullptr ? kNone : *consents;
}

std::size_t contents(const KeptConsent& kept) {
  return static_cast<std::size_t>(std::count_if(kept.tokens.begin(), kept.tokens.end(),
                                                [](const std::string& token) { return !token.empty(); }));
}

// Nothing when what was brought is all that was ever said: no signature needs to be looked at then.
Result<std::optional<Json>> other_word(const ExchangeContext& context, const JsonValue& brought,
                                       const KeptConsent& kept, bool known) {
  if (contents(kept) == (known ? 1u : 0u)) return std::nullopt;
  const auto versions = verified_versions(context, kept);
  if (!versions) return fail(versions.error().code, {}, versions.error().expected);
  std::vector<const JsonValue*> words;
  for (const auto& version : *versions) words.push_back(&version.signed_word.consent);
  Json counts = word_that_counts(brought, words);
  if (static_cast<const JsonValue&>(counts) == brought) return std::nullopt;
  return counts;
}

Result<Referral> replaced(const ExchangeContext& context, const Referral& record,
                          const std::vector<std::optional<Json>>& words) {
  Json copy;
  copy.CopyFrom(record.json(), copy.GetAllocator());
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!words[i]) continue;
    copy["consents"][static_cast<rapidjson::SizeType>(i)].CopyFrom(*words[i], copy.GetAllocator());
  }
  return Referral::from(std::move(copy), context.schema, nullptr, Opinions::own);
}

}  // namespace

Result<KnownWords> words_that_count(const ExchangeContext& context, const Referral& record) {
  KnownWords known;
  const JsonValue& consents = consents_in(record);
  auto read = context.store.read([&](const Reader& reader) -> Result<void> {
    for (const JsonValue& each : consents.GetArray()) {
      const ConsentId id(std::string(text_at(each, "consent_id")));
      known.consents.push_back({id, Json(), kept_consent(reader, id)});
    }
    return {};
  });
  if (!read) return fail(std::move(read.error()));
  std::vector<std::optional<Json>> words;
  for (rapidjson::SizeType i = 0; i < consents.Size(); ++i) {
    auto& brought = known.consents[i];
    const bool holds = brought.kept.holds(consent_digest(consents[i]));
    auto word = other_word(context, consents[i], brought.kept, holds);
    if (!word) return fail(std::move(word.error()));
    if (!holds) brought.consent.CopyFrom(consents[i], brought.consent.GetAllocator());
    words.push_back(std::move(*word));
  }
  if (std::any_of(words.begin(), words.end(), [](const auto& word) { return word.has_value(); })) {
    auto other = replaced(context, record, words);
    if (!other) return fail(std::move(other.error()));
    known.record = std::move(*other);
  }
  return known;
}

Result<std::vector<NewVersion>> new_versions(const ExchangeContext& context, const KnownWords& words,
                                             const std::string& client, Instant now) {
  std::vector<NewVersion> versions;
  for (const auto& brought : words.consents) {
    if (brought.consent.IsNull()) continue;
    auto made = make_version(context, brought.consent, brought.kept, client, now);
    if (!made) return fail(std::move(made.error()));
    versions.push_back(std::move(*made));
  }
  return versions;
}

bool still_the_last(const Reader& reader, const KnownWords& words) {
  return std::all_of(words.consents.begin(), words.consents.end(), [&](const KnownWords::Brought& brought) {
    return reader.consent_history(brought.id).size() == brought.kept.rows.size();
  });
}

}  // namespace hotline
