#include "consent/strictest.h"

#include <algorithm>

namespace hotline {
namespace {

std::int64_t shorter(std::int64_t one, std::int64_t other) {
  if (one == 0 || other == 0) return std::max(one, other);
  return std::min(one, other);
}

template <class T>
std::vector<T> common(const std::vector<T>& one, const std::vector<T>& other) {
  if (other.empty()) return one;
  std::vector<T> out;
  for (const T& each : one) {
    if (std::find(other.begin(), other.end(), each) != other.end()) out.push_back(each);
  }
  return out;
}

// Of two lists where an empty one says nothing. Two that share nobody leave the ground to nobody, and an
// empty list would leave it to everybody.
std::vector<std::string> narrower(const std::vector<std::string>& one,
                                  const std::vector<std::string>& other) {
  if (one.empty() || other.empty()) return one.empty() ? other : one;
  std::vector<std::string> out = common(one, other);
  if (out.empty()) out.emplace_back("-");
  return out;
}

template <class T>
std::vector<T> either(std::vector<T> one, const std::vector<T>& other) {
  for (const T& each : other) {
    if (std::find(one.begin(), one.end(), each) == one.end()) one.push_back(each);
  }
  return one;
}

// A ground that a country does not know opens nothing there, unless it leaves exceptions to the base
// altogether.
std::vector<ExceptionRule> common_exceptions(const Policy& one, const Policy& other) {
  if (other.exceptions.empty()) return one.exceptions;
  std::vector<ExceptionRule> out;
  for (const ExceptionRule& mine : one.exceptions) {
    for (const ExceptionRule& theirs : other.exceptions) {
      if (mine.ground != theirs.ground) continue;
      ExceptionRule both = mine;
      both.recipient_roles = common(mine.recipient_roles, theirs.recipient_roles);
      both.categories = common(mine.categories, theirs.categories);
      both.max_seconds = shorter(mine.max_seconds, theirs.max_seconds);
      both.attesting_roles = narrower(mine.attesting_roles, theirs.attesting_roles);
      out.push_back(std::move(both));
    }
  }
  return out;
}

}  // namespace

Policy narrowed(const Policy& one, const Policy& other) {
  Policy both = one;
  both.consent_default_seconds = shorter(one.consent_default_seconds, other.consent_default_seconds);
  both.consent_max_seconds = shorter(one.consent_max_seconds, other.consent_max_seconds);
  both.oral_max_seconds = shorter(one.oral_max_seconds, other.oral_max_seconds);
  both.oral_needs = common(one.oral_needs, other.oral_needs);
  both.outbound_seconds = shorter(one.outbound_seconds, other.outbound_seconds);
  both.inbound_seconds = shorter(one.inbound_seconds, other.inbound_seconds);
  both.adult_age = std::max(one.adult_age, other.adult_age);
  both.alone_age = std::max(one.alone_age, other.alone_age);
  both.minor_givers = common(one.minor_givers, other.minor_givers);
  both.consent_forms = common(one.consent_forms, other.consent_forms);
  both.attesting_roles = common(one.attesting_roles, other.attesting_roles);
  both.exceptions = common_exceptions(one, other);
  both.never_on_exception = either(one.never_on_exception, other.never_on_exception);
  for (const ForbiddenDisclosure& each : other.forbidden) {
    const bool known = std::any_of(both.forbidden.begin(), both.forbidden.end(),
                                   [&](const ForbiddenDisclosure& mine) { return mine.id == each.id; });
    if (!known) both.forbidden.push_back(each);
  }
  both.statement_languages.clear();
  both.rules.clear();
  return both;
}

namespace {

Policy strictest(const Policy& base, const Policy* sender, const Policy* recipient) {
  const Policy near = sender == nullptr ? base : narrowed(base, *sender);
  return recipient == nullptr ? near : narrowed(near, *recipient);
}

}  // namespace

Sides::Sides(const Policies& policies, std::string_view sender_country, std::string_view recipient_country)
    : base(policies.base()),
      sender(policies.country(sender_country)),
      recipient(policies.country(recipient_country)),
      both(strictest(base, sender, recipient)) {}

std::string Sides::letters(const Policy& policy) {
  std::string out = policy.jurisdiction;
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

}  // namespace hotline
