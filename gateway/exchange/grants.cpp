#include "gateway/exchange/grants.h"

#include <algorithm>

#include "consent/consent.h"
#include "gateway/crypto/random.h"
#include "gateway/exchange/consent_checks.h"

namespace hotline {
namespace {

Result<void> check_members(const JsonValue& wish, const std::vector<std::string_view>& names,
                           std::string_view optional) {
  if (!wish.IsObject()) return fail(ErrorCode::type_mismatch, {}, "object");
  for (const auto& item : wish.GetObject()) {
    const auto name = as_text(item.name);
    if (name != optional && std::find(names.begin(), names.end(), name) == names.end()) {
      return fail(ErrorCode::field_unknown, pointer_join("", name));
    }
  }
  for (const auto name : names) {
    if (member(wish, name) == nullptr) return fail(ErrorCode::field_missing, pointer_join("", name));
  }
  return {};
}

bool is_plain_id(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' ||
           c == '_' || c == '-' || c == ':';
  });
}

template <class T>
bool contains(const std::vector<T>& values, std::string_view wanted) {
  return std::any_of(values.begin(), values.end(), [&](const auto& value) {
    if constexpr (std::is_same_v<T, Category>) {
      return value.get() == wanted;
    } else {
      return value == wanted;
    }
  });
}

const ExceptionRule* rule_for(const Policy& policy, std::string_view ground) {
  for (const auto& rule : policy.exceptions) {
    if (rule.ground == ground) return &rule;
  }
  return nullptr;
}

// By when a law of ours or of theirs wants the authority told on this ground; nothing: none does.
std::optional<std::int64_t> mandated_within(const ExchangeContext& context, const Member& recipient,
                                            std::string_view ground, std::string_view authority) {
  std::optional<std::int64_t> within;
  for (const Policy* policy : {&context.own_policy(), context.policies.country(recipient.country)}) {
    if (policy == nullptr) continue;
    for (const auto& duty : policy->mandated) {
      if (duty.ground != ground || duty.authority != authority) continue;
      within = std::min(within.value_or(duty.within_seconds), duty.within_seconds);
    }
  }
  return within;
}

// What is allowed, for whoever wrote something else.
std::string_view written(const std::string& text) {
  return text;
}
std::string_view written(const Category& category) {
  return category.get();
}
template <class T>
std::string listed(const std::vector<T>& all) {
  std::string out;
  for (const T& each : all) out.append(out.empty() ? "" : ", ").append(written(each));
  return out;
}
std::string grounds_of(const ExchangeContext& context) {
  std::vector<std::string> grounds;
  for (const ExceptionRule& each : context.policies.base().exceptions) grounds.push_back(each.ground);
  return listed(grounds);
}

struct AttestationWish {
  AttestationRow row;
  std::optional<Instant> tell_by;
};

Result<AttestationWish> read_attestation(const ExchangeContext& context, const JsonValue& wish, Instant now) {
  if (auto shape = check_members(
          wish, {"ground", "recipient", "recipient_role", "categories", "attested_by", "staff_role", "until"},
          "persons");
      !shape) {
    return fail(std::move(shape.error()));
  }
  const Policy& policy = context.own_policy();
  const auto* rule = rule_for(policy, text_at(wish, "ground"));
  if (rule == nullptr) rule = rule_for(context.policies.base(), text_at(wish, "ground"));
  if (rule == nullptr) return fail(ErrorCode::value_not_allowed, "/ground", grounds_of(context));
  AttestationRow row;
  row.id = uuid4();
  row.ground = rule->ground;
  row.recipient = MemberId(std::string(text_at(wish, "recipient")));
  const Member* recipient = context.registry.find(row.recipient);
  if (recipient == nullptr || is_enforcement(recipient->role)) {
    return fail(ErrorCode::value_not_allowed, "/recipient", "member");
  }
  row.recipient_role = std::string(text_at(wish, "recipient_role"));
  if (!contains(rule->recipient_roles, row.recipient_role)) {
    return fail(ErrorCode::value_not_allowed, "/recipient_role", listed(rule->recipient_roles));
  }
  const auto* categories = member(wish, "categories");
  if (!categories->IsArray() || categories->Empty())
    return fail(ErrorCode::type_mismatch, "/categories", "array");
  for (rapidjson::SizeType i = 0; i < categories->Size(); ++i) {
    const auto category = as_text((*categories)[i]);
    if (!contains(rule->categories, category)) {
      return fail(ErrorCode::value_not_allowed, pointer_join("/categories", std::size_t{i}),
                  listed(rule->categories));
    }
    row.categories.emplace_back(category);
  }
  if (const auto* persons = member(wish, "persons"); persons != nullptr) {
    if (!persons->IsArray()) return fail(ErrorCode::type_mismatch, "/persons", "array");
    for (rapidjson::SizeType i = 0; i < persons->Size(); ++i) {
      const auto id = as_text((*persons)[i]);
      if (!is_plain_id(id))
        return fail(ErrorCode::pattern_mismatch, pointer_join("/persons", std::size_t{i}), "id");
      row.persons.emplace_back(id);
    }
  }
  row.attested_by = std::string(text_at(wish, "attested_by"));
  if (!is_plain_id(row.attested_by)) return fail(ErrorCode::pattern_mismatch, "/attested_by", "staff_id");
  row.staff_role = std::string(text_at(wish, "staff_role"));
  const auto& roles =
      policy.attesting_roles.empty() ? context.policies.base().attesting_roles : policy.attesting_roles;
  if (!contains(roles, row.staff_role))
    return fail(ErrorCode::value_not_allowed, "/staff_role", listed(roles));
  auto until = parse_instant(text_at(wish, "until"));
  if (!until) return fail(ErrorCode::date_impossible, "/until", "instant");
  // What outlasted the time of a duty would look as if there were still time for it.
  const auto duty = mandated_within(context, *recipient, row.ground, row.recipient_role);
  const auto longest = std::min(rule->max_seconds, duty.value_or(rule->max_seconds));
  if (*until <= now || *until > now.plus_seconds(longest)) {
    return fail(ErrorCode::number_out_of_range, "/until", format_instant(now.plus_seconds(longest)));
  }
  row.at = now;
  row.until = *until;
  const auto tell_by = duty ? std::optional(now.plus_seconds(*duty)) : std::nullopt;
  return AttestationWish{std::move(row), tell_by};
}

std::string attestation_body(const AttestationWish& wish) {
  const AttestationRow& row = wish.row;
  Json out(rapidjson::kObjectType);
  auto& allocator = out.GetAllocator();
  set_text(out, "id", row.id, allocator);
  set_text(out, "ground", row.ground, allocator);
  set_text(out, "recipient", row.recipient.get(), allocator);
  set_text(out, "recipient_role", row.recipient_role, allocator);
  JsonValue categories(rapidjson::kArrayType);
  for (const auto& category : row.categories) categories.PushBack(make_text(category, allocator), allocator);
  set_member(out, "categories", std::move(categories), allocator);
  set_text(out, "attested_by", row.attested_by, allocator);
  set_text(out, "staff_role", row.staff_role, allocator);
  set_text(out, "at", format_instant(row.at), allocator);
  set_text(out, "until", format_instant(row.until), allocator);
  if (wish.tell_by) set_text(out, "tell_by", format_instant(*wish.tell_by), allocator);
  return to_text(out);
}

std::string recorded_body(const Consent& consent, std::size_t version, std::string_view digest,
                          const std::vector<std::string>& dropped) {
  Json out(rapidjson::kObjectType);
  auto& allocator = out.GetAllocator();
  set_text(out, "consent_id", consent.id.get(), allocator);
  set_text(out, "state", consent.state, allocator);
  if (consent.until) set_text(out, "until", format_instant(*consent.until), allocator);
  set_member(out, "version", JsonValue(std::uint64_t{version}), allocator);
  set_text(out, "digest", digest, allocator);
  JsonValue places(rapidjson::kArrayType);
  for (const auto& each : dropped) places.PushBack(make_text(each, allocator), allocator);
  if (!places.Empty()) set_member(out, "dropped", std::move(places), allocator);
  return to_text(out);
}

// The place in the history of the version with this content.
std::size_t place_of(const KeptConsent& kept, std::string_view digest) {
  for (std::size_t i = 0; i < kept.tokens.size(); ++i) {
    if (unverified_digest(kept.tokens[i]) == digest) return i;
  }
  return kept.rows.size();
}

// False when the history grew between reading and writing.
Result<bool> try_record(const ExchangeContext& context, const JsonValue& consent, const Consent& read,
                        const std::string& client, const std::optional<WriteKey>& key,
                        const std::vector<std::string>& dropped, Answer& answer) {
  const Instant now = context.clock.now();
  KeptConsent history;
  auto seen = context.store.read([&](const Reader& reader) -> Result<void> {
    history = kept_consent(reader, read.id);
    return {};
  });
  if (!seen) return fail(std::move(seen.error()));
  // What stands on a history must stand on a sound one.
  if (auto sound = verified_versions(context, history); !sound) return fail(std::move(sound.error()));
  auto version = make_version(context, consent, history, client, now);
  if (!version) return fail(std::move(version.error()));
  const bool known = history.holds(version->digest);
  answer = {known ? 200 : 201,
            recorded_body(read, place_of(history, version->digest), version->digest, dropped)};
  const KeptAnswer kept(context.store, key, answer, now);
  LogDetail detail;
  detail.consent(read.id).code("state", read.state).code("digest", version->digest).actor(client).at(now);
  bool grown = false;
  auto committed = context.store.commit([&](Transaction& transaction) -> Result<void> {
    if (transaction.withdrawn(read.id))
      return fail(ErrorCode::state_conflict, "/consent_id", "consent_withdrawn");
    grown = transaction.consent_history(read.id).size() != version->rows_seen;
    if (grown) return {};
    if (!known) {
      (void)put(transaction, *version);
      transaction.append(LogKind::consent, detail, now);
    }
    kept.put(transaction);
    return {};
  });
  if (!committed) return fail(std::move(committed.error()));
  return !grown;
}

}  // namespace

Result<Answer> record_consent(const ExchangeContext& context, const JsonValue& consent,
                              const std::string& client, const std::optional<WriteKey>& key,
                              const std::vector<std::string>& dropped) {
  if (auto good = check_consent(context, consent, context.clock.now()); !good)
    return fail(std::move(good.error()));
  const Consent read = read_consent(consent);
  constexpr int kTries = 8;
  for (int tries = 0; tries < kTries; ++tries) {
    Answer answer;
    auto done = try_record(context, consent, read, client, key, dropped, answer);
    if (!done) return fail(std::move(done.error()));
    if (*done) return answer;
  }
  return fail(ErrorCode::state_conflict, "/consent_id");
}

Result<ConsentView> view_consent(const ExchangeContext& context, const ConsentId& id) {
  ConsentView view;
  KeptConsent kept;
  auto read = context.store.read([&](const Reader& reader) -> Result<void> {
    kept = kept_consent(reader, id);
    if (kept.rows.empty()) return fail(ErrorCode::not_found);
    view.referrals = reader.referrals_under(id);
    return {};
  });
  if (!read) return fail(std::move(read.error()));
  auto versions = verified_versions(context, kept);
  if (!versions) return fail(std::move(versions.error()));
  view.history = std::move(kept.rows);
  view.versions = std::move(*versions);
  return view;
}

Result<Answer> attest(const ExchangeContext& context, const JsonValue& wish, const std::string& client,
                      const std::optional<WriteKey>& key) {
  const Instant now = context.clock.now();
  auto read = read_attestation(context, wish, now);
  if (!read) return fail(std::move(read.error()));
  const AttestationRow& row = read->row;
  const Answer answer{201, attestation_body(*read)};
  const KeptAnswer kept(context.store, key, answer, now);
  LogDetail detail;
  detail.peer(row.recipient)
      .code("ground", row.ground)
      .code("role", row.staff_role)
      .actor(row.attested_by)
      .at(now);
  detail.code("client", client);
  auto committed = context.store.commit([&](Transaction& transaction) -> Result<void> {
    transaction.put(row);
    transaction.append(LogKind::attestation, detail, now);
    kept.put(transaction);
    return {};
  });
  if (!committed) return fail(std::move(committed.error()));
  return answer;
}

}  // namespace hotline
