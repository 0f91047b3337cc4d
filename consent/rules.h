// The ids of every rule that a decision can name. Their sentences and sources are data
// (config/policy/base.json); the lint (consent/check.h) finds an id that has none.
#pragma once

#include <string_view>

namespace hotline::rules {

// Who asks
inline constexpr std::string_view enforcement = "base.recipient.enforcement";  // hard refusals R1, R2
inline constexpr std::string_view inactive = "base.recipient.inactive";
inline constexpr std::string_view nowhere = "base.recipient.no_policy";  // of its country or of ours
inline constexpr std::string_view policy_version = "base.recipient.policy_version";
// The consent, in the order in which it is tested
inline constexpr std::string_view none = "base.consent.none";
inline constexpr std::string_view recipient = "base.consent.recipient";  // names somebody else
inline constexpr std::string_view purpose = "base.consent.purpose";
inline constexpr std::string_view state = "base.consent.state";  // not given or renewed
inline constexpr std::string_view withdrawn = "base.consent.withdrawn";
inline constexpr std::string_view incomplete = "base.consent.incomplete";  // a required element is missing
inline constexpr std::string_view not_informed = "base.consent.not_informed";  // risks, withdrawal, pressure
inline constexpr std::string_view statement = "base.consent.statement";        // a text that no catalog holds
inline constexpr std::string_view times = "base.consent.times";                // ends before it begins
inline constexpr std::string_view of_age = "base.consent.of_age";  // a guardian's, and now they decide
inline constexpr std::string_view guardians = "base.consent.guardians_disagree";
inline constexpr std::string_view form = "base.consent.form";
inline constexpr std::string_view interpreter = "base.consent.interpreter";  // a relative interpreted
inline constexpr std::string_view giver = "base.consent.giver";
inline constexpr std::string_view age = "base.consent.age";                  // too young to consent alone
inline constexpr std::string_view age_unclear = "base.consent.age_unclear";  // held for a human
inline constexpr std::string_view language = "base.consent.language";        // held for a human
inline constexpr std::string_view not_yet = "base.consent.not_yet";
inline constexpr std::string_view too_long = "base.consent.too_long";
inline constexpr std::string_view oral = "base.consent.oral";  // two people, 72 h, few needs
inline constexpr std::string_view expired = "base.consent.expired";
// A received record that is sent on
inline constexpr std::string_view onward_not_agreed = "base.onward.not_agreed";
inline constexpr std::string_view onward_ended = "base.onward.ended";
inline constexpr std::string_view onward_narrowed = "base.onward.narrowed";
// What a valid consent says of one category
inline constexpr std::string_view granted = "base.consent.granted";
inline constexpr std::string_view not_granted = "base.consent.not_granted";
// An exception that a named human attests
inline constexpr std::string_view exception = "base.exception.attested";
inline constexpr std::string_view not_on_exception = "base.exception.not_in_minimum";

inline constexpr std::string_view all[] = {enforcement,  inactive,        nowhere,      policy_version,
                                           none,         recipient,       purpose,      state,
                                           withdrawn,    incomplete,      not_informed, statement,
                                           times,        of_age,          guardians,    form,
                                           interpreter,  giver,           age,          age_unclear,
                                           language,     not_yet,         too_long,     oral,
                                           expired,      granted,         not_granted,  onward_not_agreed,
                                           onward_ended, onward_narrowed, exception,    not_on_exception};

}  // namespace hotline::rules
