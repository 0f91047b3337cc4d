#include "gateway/exchange/consent_checks.h"

#include <algorithm>

#include "consent/consent.h"

namespace hotline {
namespace {

constexpr std::int64_t kSkewSeconds = 300;  // two clocks of one office

// A record of one consent and nothing else, so that the canonical schema itself judges it.
Result<void> check_form(const ExchangeContext& context, const JsonValue& consent) {
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

using Faults = std::vector<Fault>;

// Of every state: a "no" from the future would stand before any later word.
void check_order(const Consent& consent, Instant now, Faults& faults) {
  if (consent.given_at && *consent.given_at > now.plus_seconds(kSkewSeconds))
    faults.push_back({ErrorCode::value_not_allowed, "/given_at", "consent_from_the_future"});
  if (consent.given_at && consent.until && *consent.until <= *consent.given_at)
    faults.push_back({ErrorCode::value_not_allowed, "/until", "consent_ends_before_it_begins"});
}

void check_times(const ExchangeContext& context, const Consent& consent, Faults& faults) {
  if (!consent.given_at) faults.push_back({ErrorCode::field_missing, "/given_at", "consent_given_at"});
  if (!consent.until) faults.push_back({ErrorCode::field_missing, "/until", "consent_until"});
  if (!consent.given_at || !consent.until) return;
  auto longest = context.own_policy().consent_max_seconds;
  if (const Policy* theirs = context.policies.country(consent.recipient_country); theirs != nullptr)
    longest = std::min(longest, theirs->consent_max_seconds);
  if (*consent.until > consent.given_at->plus_seconds(longest))
    faults.push_back({ErrorCode::value_not_allowed, "/until", "consent_too_long"});
}

void check_recipient(const ExchangeContext& context, const Consent& consent, Faults& faults) {
  const Member* recipient = context.registry.find(consent.recipient);
  if (recipient == nullptr || is_enforcement(recipient->role)) {
    faults.push_back({ErrorCode::value_not_allowed, "/recipient/member", "consent_recipient"});
  } else if (recipient->country != consent.recipient_country) {
    faults.push_back({ErrorCode::value_not_allowed, "/recipient/country", "consent_country"});
  }
}

void check_statement(const ExchangeContext& context, const JsonValue& consent, Faults& faults) {
  const JsonValue* said = member(consent, "statement");
  if (said == nullptr) {
    faults.push_back({ErrorCode::field_missing, "/statement", "consent_statement"});
  } else if (!context.statements.holds(text_at(*said, "id"), text_at(*said, "version"),
                                       LanguageTag(std::string(text_at(*said, "language"))),
                                       text_at(*said, "sha256"))) {
    faults.push_back({ErrorCode::value_not_allowed, "/statement", "consent_statement"});
  }
}

}  // namespace

Result<void> check_consent(const ExchangeContext& context, const JsonValue& consent, Instant now) {
  if (auto form = check_form(context, consent); !form) return form;
  const Consent read = read_consent(consent);
  // What became of a consent has a call of its own, which tells everybody; here it would change nothing
  // there.
  if (read.state == "withdrawn") {
    return fail(ErrorCode::value_not_allowed, "/state", "consent_withdraw_call");
  }
  Faults faults;
  check_order(read, now, faults);
  if (read.state == "given" || read.state == "renewed") {
    check_times(context, read, faults);
    check_recipient(context, read, faults);
    check_statement(context, consent, faults);
  }
  if (faults.empty()) return {};
  Error error{faults.front().code, faults.front().pointer, faults.front().expected, {}};
  error.more.assign(faults.begin() + 1, faults.end());
  return fail(std::move(error));
}

}  // namespace hotline
