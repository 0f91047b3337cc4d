#include "gateway/exchange/grants.h"

#include <algorithm>

#include "consent/consent.h"
#include "gateway/crypto/random.h"

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

Result<AttestationRow> read_attestation(const ExchangeContext& context, const JsonValue& wish, Instant now) {
  if (auto shape = check_members(
          wish, {"ground", "recipient", "recipient_role", "categories", "attested_by", "staff_role", "until"},
          "persons");
      !shape) {
    return fail(std::move(shape.error()));
  }
  const Policy& policy = context.own_policy();
  const auto* rule = rule_for(policy, text_at(wish, "ground"));
  if (rule == nullptr) rule = rule_for(context.policies.base(), text_at(wish, "ground"));
  if (rule == nullptr) return fail(ErrorCode::value_not_allowed, "/ground", "ground");
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
    return fail(ErrorCode::value_not_allowed, "/recipient_role", "role");
  }
  const auto* categories = member(wish, "categories");
  if (!categories->IsArray() || categories->Empty())
    return fail(ErrorCode::type_mismatch, "/categories", "array");
  for (rapidjson::SizeType i = 0; i < categories->Size(); ++i) {
    const auto category = as_text((*categories)[i]);
    if (!contains(rule->categories, category)) {
      return fail(ErrorCode::value_not_allowed, pointer_join("/categories", std::size_t{i}), "category");
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
    return fail(ErrorCode::value_not_allowed, "/staff_role", "staff_role");
  auto until = parse_instant(text_at(wish, "until"));
  if (!until) return fail(ErrorCode::date_impossible, "/until", "instant");
  if (*until <= now || *until > now.plus_seconds(rule->max_seconds)) {
    return fail(ErrorCode::number_out_of_range, "/until", "instant");
  }
  row.at = now;
  row.until = *until;
  return row;
}

std::string attestation_body(const AttestationRow& row) {
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
  return to_text(out);
}

// A record of one consent and nothing else, so that the canonical schema itself judges it.
Result<void> check_consent(const ExchangeContext& context, const JsonValue& consent) {
  if (!consent.IsObject()) return fail(ErrorCode::type_mismatch, {}, "object");
  auto frame = parse_json(
      R"({"schema_version":"1.0.0","envelope":{"kind":"referral","purpose":"services","urgency":{"code":"standard"}},)"
      R"("persons":[],"consents":[]})");
  if (!frame) return fail(std::move(frame.error()));
  auto& allocator = frame->GetAllocator();
  JsonValue person(rapidjson::kObjectType);
  const auto id = text_at(consent, "person");
  set_text(person, "id", id.empty() ? "p" : id, allocator);
  (*frame)["persons"].PushBack(person, allocator);
  (*frame)["consents"].PushBack(JsonValue(consent, allocator), allocator);
  auto checked = context.schema.validate(*frame);
  if (checked) return {};
  constexpr std::string_view kPrefix = "/consents/0";
  auto error = std::move(checked.error());
  const auto strip = [&](std::string& pointer) {
    if (pointer.starts_with(kPrefix)) pointer.erase(0, kPrefix.size());
  };
  strip(error.pointer);
  for (auto& fault : error.more) strip(fault.pointer);
  return fail(std::move(error));
}

}  // namespace

Result<Answer> record_consent(const ExchangeContext& context, const JsonValue& consent,
                              const std::string& client, const std::optional<WriteKey>& key) {
  if (auto good = check_consent(context, consent); !good) return fail(std::move(good.error()));
  const Instant now = context.clock.now();
  const Consent read = read_consent(consent);
  if (!is_plain_id(read.id.get())) return fail(ErrorCode::pattern_mismatch, "/consent_id", "id");
  Json out(rapidjson::kObjectType);
  set_text(out, "consent_id", read.id.get(), out.GetAllocator());
  set_text(out, "state", read.state, out.GetAllocator());
  if (read.until) set_text(out, "until", format_instant(*read.until), out.GetAllocator());
  const Answer answer{201, to_text(out)};
  const KeptAnswer kept(context.store, key, answer, now);
  const auto payload = context.store.protect(to_canonical(consent));
  LogDetail detail;
  detail.consent(read.id).code("state", read.state).actor(client).at(now);
  auto committed = context.store.commit([&](Transaction& transaction) -> Result<void> {
    if (transaction.withdrawn(read.id)) return fail(ErrorCode::state_conflict, "/consent_id", "withdrawn");
    transaction.keep(payload);
    ConsentRow row;
    row.id = read.id;
    row.version = -1;
    row.state = read.state;
    row.client = client;
    row.at = now;
    row.until = read.until.value_or(Instant{});
    row.record = payload.id;
    transaction.put(row);
    transaction.append(LogKind::consent, detail, now);
    kept.put(transaction);
    return {};
  });
  if (!committed) return fail(std::move(committed.error()));
  return answer;
}

Result<ConsentView> view_consent(const ExchangeContext& context, const ConsentId& id) {
  ConsentView view;
  auto read = context.store.read([&](const Reader& reader) -> Result<void> {
    view.history = reader.consent_history(id);
    if (view.history.empty()) return fail(ErrorCode::not_found);
    view.referrals = reader.referrals_under(id);
    return {};
  });
  if (!read) return fail(std::move(read.error()));
  return view;
}

Result<Answer> attest(const ExchangeContext& context, const JsonValue& wish, const std::string& client,
                      const std::optional<WriteKey>& key) {
  const Instant now = context.clock.now();
  auto row = read_attestation(context, wish, now);
  if (!row) return fail(std::move(row.error()));
  const Answer answer{201, attestation_body(*row)};
  const KeptAnswer kept(context.store, key, answer, now);
  LogDetail detail;
  detail.peer(row->recipient)
      .code("ground", row->ground)
      .code("role", row->staff_role)
      .actor(row->attested_by)
      .at(now);
  detail.code("client", client);
  auto committed = context.store.commit([&](Transaction& transaction) -> Result<void> {
    transaction.put(*row);
    transaction.append(LogKind::attestation, detail, now);
    kept.put(transaction);
    return {};
  });
  if (!committed) return fail(std::move(committed.error()));
  return answer;
}

}  // namespace hotline
