#include "config/policy_file.h"

#include <algorithm>

#include "config/read.h"

namespace hotline {
namespace {

ExceptionRule read_exception(const JsonValue& value) {
  return {RuleId(std::string(text_at(value, "id"))), std::string(text_at(value, "ground")),
          texts_at(value, "recipient_roles"),        texts_at<Category>(value, "categories"),
          integer_at(value, "max_seconds"),          texts_at(value, "attesting_roles")};
}

MandatedDisclosure read_mandated(const JsonValue& value) {
  return {RuleId(std::string(text_at(value, "id"))), std::string(text_at(value, "ground")),
          std::string(text_at(value, "authority")), texts_at<Category>(value, "categories"),
          integer_at(value, "within_seconds")};
}

ForbiddenDisclosure read_forbidden(const JsonValue& value) {
  return {RuleId(std::string(text_at(value, "id"))), texts_at(value, "recipients"),
          texts_at<Category>(value, "categories")};
}

RegionAges read_region(const JsonValue& value) {
  return {RuleId(std::string(text_at(value, "id"))), std::string(text_at(value, "region")),
          static_cast<int>(integer_at(value, "child_until")),
          static_cast<int>(integer_at(value, "mandatory_below"))};
}

OpeningReason read_opening(const JsonValue& value) {
  return {RuleId(std::string(text_at(value, "id"))), std::string(text_at(value, "reason"))};
}

FirstShare read_first_share(const JsonValue& value) {
  return {Category(std::string(text_at(value, "category"))), std::string(text_at(value, "level"))};
}

CrisisClocks read_crisis(const JsonValue& value) {
  return {integer_at(value, "acknowledge_seconds"), integer_at(value, "accept_seconds"),
          integer_at(value, "escalate_first_seconds"), integer_at(value, "escalate_again_seconds"),
          integer_at(value, "second_partner_seconds")};
}

CodeLimits read_codes(const JsonValue& value) {
  return {integer_at(value, "per_client_and_hour"), integer_at(value, "per_member_and_hour")};
}

template <class T>
std::vector<T> read_all(const JsonValue& document, const char* name, T (*read)(const JsonValue&)) {
  std::vector<T> out;
  const JsonValue* list = member(document, name);
  if (list == nullptr) return out;
  for (const JsonValue& each : list->GetArray()) out.push_back(read(each));
  return out;
}

RuleText read_rule(const JsonValue& value) {
  return {RuleId(std::string(text_at(value, "id"))),
          std::string(text_at(value, "source")),
          flag_at(value, "verified"),
          std::string(text_at(value, "en")),
          std::string(text_at(value, "fr")),
          std::string(text_at(value, "es")),
          std::string(text_at(value, "explains"))};
}

template <class T>
bool has(const std::vector<T>& list, const T& wanted) {
  return std::find(list.begin(), list.end(), wanted) != list.end();
}

template <class T>
bool within(const std::vector<T>& part, const std::vector<T>& whole) {
  return std::all_of(part.begin(), part.end(), [&](const T& each) { return has(whole, each); });
}

// Rules are named by where they stand, so that an id says which file to open.
Result<void> check_rule_ids(const Policy& policy) {
  std::string prefix = policy.jurisdiction + '.';
  std::transform(prefix.begin(), prefix.end(), prefix.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  for (std::size_t i = 0; i < policy.rules.size(); ++i) {
    const std::string place = pointer_join(pointer_join("/rules", i), "id");
    if (!policy.rules[i].id.get().starts_with(prefix)) return fail(ErrorCode::data_invalid, place, prefix);
    if (policy.rule(policy.rules[i].id) != &policy.rules[i])
      return fail(ErrorCode::data_invalid, place, "unique");
  }
  return {};
}

// The promise, as code and not as data: whom each ground may reach at most.
constexpr std::pair<std::string_view, std::string_view> kReach[] = {
    {"threat_self_or_others", "emergency_services"},
    {"imminent_harm_emergency", "emergency_services"},
    {"minor_abuse_neglect_trafficking", "child_protection"},
    {"non_identifying_tip", "hotline"},
};

bool reaches_only_the_promised(const ExceptionRule& rule) {
  const auto* reach = std::find_if(std::begin(kReach), std::end(kReach),
                                   [&](const auto& each) { return each.first == rule.ground; });
  return reach != std::end(kReach) &&
         std::all_of(rule.recipient_roles.begin(), rule.recipient_roles.end(),
                     [&](const std::string& role) { return role == reach->second; });
}

Result<void> check_exceptions(const Policy& policy, const std::vector<Category>& never) {
  for (std::size_t i = 0; i < policy.exceptions.size(); ++i) {
    const ExceptionRule& rule = policy.exceptions[i];
    const std::string place = pointer_join("/exceptions/grounds", i);
    if (policy.rule(rule.id) == nullptr) return fail(ErrorCode::data_invalid, place + "/id", "rule");
    if (!reaches_only_the_promised(rule)) {
      return fail(ErrorCode::data_invalid, place + "/recipient_roles", "promised recipient");
    }
    for (std::size_t j = 0; j < i; ++j) {
      if (policy.exceptions[j].ground == rule.ground)
        return fail(ErrorCode::data_invalid, place + "/ground", "unique");
    }
    for (const Category& category : rule.categories) {
      if (has(never, category)) return fail(ErrorCode::data_invalid, place + "/categories", "never");
    }
  }
  return {};
}

bool longer(std::int64_t mine, std::int64_t limit) {
  return mine > limit;
}

Result<void> check_exception_tightens(const ExceptionRule& mine, const Policy& base,
                                      const std::string& place) {
  const auto theirs = std::find_if(base.exceptions.begin(), base.exceptions.end(),
                                   [&](const ExceptionRule& each) { return each.ground == mine.ground; });
  const auto looser = [&](const char* what) {
    return fail(ErrorCode::data_invalid, place + what, "looser_than_base");
  };
  if (theirs == base.exceptions.end()) return looser("/ground");
  if (!within(mine.recipient_roles, theirs->recipient_roles)) return looser("/recipient_roles");
  if (!within(mine.categories, theirs->categories)) return looser("/categories");
  if (longer(mine.max_seconds, theirs->max_seconds)) return looser("/max_seconds");
  if (!theirs->attesting_roles.empty() && !mine.attesting_roles.empty() &&
      !within(mine.attesting_roles, theirs->attesting_roles))
    return looser("/attesting_roles");
  return {};
}

}  // namespace

Result<Policy> read_policy(const JsonValue& document, const Schema& schema) {
  if (auto valid = schema.validate(document); !valid) return fail(std::move(valid.error()));
  const JsonValue& consent = object_at(document, "consent");
  const JsonValue& oral = object_at(document, "oral");
  const JsonValue& payload = object_at(document, "payload");
  const JsonValue& ages = object_at(document, "ages");
  const JsonValue& exceptions = object_at(document, "exceptions");
  Policy policy;
  policy.jurisdiction = text_at(document, "jurisdiction");
  policy.version = text_at(document, "version");
  policy.consent_default_seconds = integer_at(consent, "default_seconds");
  policy.consent_max_seconds = integer_at(consent, "max_seconds");
  policy.consent_forms = texts_at(consent, "forms");
  policy.statement_languages = texts_at(consent, "statement_languages");
  policy.oral_max_seconds = integer_at(oral, "max_seconds");
  policy.oral_needs = texts_at(oral, "needs");
  policy.outbound_seconds = integer_at(payload, "outbound_seconds");
  policy.inbound_seconds = integer_at(payload, "inbound_seconds");
  policy.adult_age = static_cast<int>(integer_at(ages, "adult"));
  policy.alone_age = static_cast<int>(integer_at(ages, "alone"));
  policy.minor_givers = texts_at(ages, "minor_givers");
  policy.attesting_roles = texts_at(exceptions, "attesting_roles");
  policy.never_on_exception = texts_at<Category>(exceptions, "never");
  policy.exceptions = read_all(exceptions, "grounds", read_exception);
  policy.offered_languages = texts_at(consent, "offered_languages");
  policy.staff_roles = texts_at(document, "staff_roles");
  policy.mandated = read_all(document, "mandated", read_mandated);
  policy.forbidden = read_all(document, "forbidden", read_forbidden);
  policy.regions = read_all(ages, "regions", read_region);
  policy.log_seconds = integer_at(object_at(document, "retention"), "log_seconds");
  policy.crisis = read_crisis(object_at(document, "crisis"));
  policy.opening_reasons = read_all(object_at(document, "narrative"), "opened_for", read_opening);
  const JsonValue& stages = object_at(document, "stages");
  policy.first_stage_rule = RuleId(std::string(text_at(stages, "id")));
  policy.first_stage = read_all(stages, "first", read_first_share);
  policy.codes = read_codes(object_at(document, "receipt_codes"));
  policy.rules = read_all(document, "rules", read_rule);
  if (auto valid = check_rule_ids(policy); !valid) return fail(std::move(valid.error()));
  return policy;
}

Result<void> check_base(const Policy& base) {
  const std::pair<const char*, bool> said[] = {
      {"/consent/default_seconds", base.consent_default_seconds > 0},
      {"/consent/max_seconds", base.consent_max_seconds > 0},
      {"/consent/forms", !base.consent_forms.empty()},
      {"/consent/statement_languages", !base.statement_languages.empty()},
      {"/oral/max_seconds", base.oral_max_seconds > 0},
      {"/oral/needs", !base.oral_needs.empty()},
      {"/payload/outbound_seconds", base.outbound_seconds > 0},
      {"/payload/inbound_seconds", base.inbound_seconds > 0},
      {"/ages/adult", base.adult_age > 0},
      {"/ages/alone", base.alone_age > 0},
      {"/ages/minor_givers", !base.minor_givers.empty()},
      {"/exceptions/attesting_roles", !base.attesting_roles.empty()},
      {"/exceptions/grounds", !base.exceptions.empty()},
      {"/exceptions/never", !base.never_on_exception.empty()},
      {"/consent/offered_languages", !base.offered_languages.empty()},
      {"/staff_roles", !base.staff_roles.empty()},
      {"/forbidden", !base.forbidden.empty()},
      {"/narrative/opened_for", !base.opening_reasons.empty()},
      {"/stages/first", !base.first_stage.empty()},
      {"/retention/log_seconds", base.log_seconds > 0},
      {"/crisis/acknowledge_seconds", base.crisis.acknowledge > 0},
      {"/crisis/accept_seconds", base.crisis.accept > 0},
      {"/crisis/escalate_first_seconds", base.crisis.escalate_first > 0},
      {"/crisis/escalate_again_seconds", base.crisis.escalate_again > 0},
      {"/crisis/second_partner_seconds", base.crisis.second_partner > 0},
      {"/receipt_codes/per_client_and_hour", base.codes.per_client_and_hour > 0},
      {"/receipt_codes/per_member_and_hour", base.codes.per_member_and_hour > 0},
  };
  for (const auto& [pointer, fine] : said) {
    const bool time = std::string_view(pointer).ends_with("_seconds");
    if (!fine) return fail(ErrorCode::data_invalid, pointer, time ? "unbounded" : "said_in_base");
  }
  return check_exceptions(base, base.never_on_exception);
}

Result<void> check_tightens(const Policy& country, const Policy& base) {
  const std::pair<const char*, bool> loosened[] = {
      {"/consent/default_seconds", longer(country.consent_default_seconds, base.consent_default_seconds)},
      {"/consent/max_seconds", longer(country.consent_max_seconds, base.consent_max_seconds)},
      {"/consent/forms", !within(country.consent_forms, base.consent_forms)},
      {"/consent/statement_languages", !within(country.statement_languages, base.statement_languages)},
      {"/oral/max_seconds", longer(country.oral_max_seconds, base.oral_max_seconds)},
      {"/oral/needs", !within(country.oral_needs, base.oral_needs)},
      {"/payload/outbound_seconds", longer(country.outbound_seconds, base.outbound_seconds)},
      {"/payload/inbound_seconds", longer(country.inbound_seconds, base.inbound_seconds)},
      {"/ages/adult", country.adult_age != 0 && country.adult_age < base.adult_age},
      {"/ages/alone", country.alone_age != 0 && country.alone_age < base.alone_age},
      {"/ages/minor_givers", !within(country.minor_givers, base.minor_givers)},
      {"/exceptions/attesting_roles", !within(country.attesting_roles, base.attesting_roles)},
      {"/staff_roles", !within(country.staff_roles, base.staff_roles)},
      {"/narrative", !country.opening_reasons.empty()},
      {"/stages", !country.first_stage.empty()},
      {"/retention/log_seconds", longer(country.log_seconds, base.log_seconds)},
      {"/crisis/acknowledge_seconds", longer(country.crisis.acknowledge, base.crisis.acknowledge)},
      {"/crisis/accept_seconds", longer(country.crisis.accept, base.crisis.accept)},
      {"/crisis/escalate_first_seconds", longer(country.crisis.escalate_first, base.crisis.escalate_first)},
      {"/crisis/escalate_again_seconds", longer(country.crisis.escalate_again, base.crisis.escalate_again)},
      {"/crisis/second_partner_seconds", longer(country.crisis.second_partner, base.crisis.second_partner)},
      {"/receipt_codes/per_client_and_hour",
       longer(country.codes.per_client_and_hour, base.codes.per_client_and_hour)},
      {"/receipt_codes/per_member_and_hour",
       longer(country.codes.per_member_and_hour, base.codes.per_member_and_hour)},
  };
  for (const auto& [pointer, looser] : loosened) {
    if (looser) return fail(ErrorCode::data_invalid, pointer, "looser_than_base");
  }
  for (std::size_t i = 0; i < country.exceptions.size(); ++i) {
    auto tight =
        check_exception_tightens(country.exceptions[i], base, pointer_join("/exceptions/grounds", i));
    if (!tight) return tight;
  }
  return check_exceptions(country, combine(base, country).never_on_exception);
}

Policy combine(const Policy& base, Policy country) {
  const auto number = [](auto& mine, auto theirs) {
    if (mine == 0) mine = theirs;
  };
  const auto list = [](auto& mine, const auto& theirs) {
    if (mine.empty()) mine = theirs;
  };
  number(country.consent_max_seconds, base.consent_max_seconds);
  // A country that only shortens the most has shortened what lies below it.
  number(country.consent_default_seconds,
         std::min(base.consent_default_seconds, country.consent_max_seconds));
  number(country.oral_max_seconds, std::min(base.oral_max_seconds, country.consent_max_seconds));
  number(country.outbound_seconds, base.outbound_seconds);
  number(country.inbound_seconds, base.inbound_seconds);
  number(country.adult_age, base.adult_age);
  number(country.alone_age, base.alone_age);
  list(country.consent_forms, base.consent_forms);
  list(country.statement_languages, base.statement_languages);
  list(country.oral_needs, base.oral_needs);
  list(country.minor_givers, base.minor_givers);
  list(country.attesting_roles, base.attesting_roles);
  list(country.exceptions, base.exceptions);
  list(country.offered_languages, base.offered_languages);
  list(country.staff_roles, base.staff_roles);
  country.opening_reasons = base.opening_reasons;
  country.first_stage_rule = base.first_stage_rule;
  country.first_stage = base.first_stage;
  number(country.log_seconds, base.log_seconds);
  number(country.crisis.acknowledge, base.crisis.acknowledge);
  number(country.crisis.accept, base.crisis.accept);
  number(country.crisis.escalate_first, base.crisis.escalate_first);
  number(country.crisis.escalate_again, base.crisis.escalate_again);
  number(country.crisis.second_partner, base.crisis.second_partner);
  number(country.codes.per_client_and_hour, base.codes.per_client_and_hour);
  number(country.codes.per_member_and_hour, base.codes.per_member_and_hour);
  country.forbidden.insert(country.forbidden.begin(), base.forbidden.begin(), base.forbidden.end());
  for (const Category& category : base.never_on_exception) {
    if (!has(country.never_on_exception, category)) country.never_on_exception.push_back(category);
  }
  return country;
}

}  // namespace hotline
