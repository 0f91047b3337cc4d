// The rules once more, as short tables: written from the domain note on consent and disclosure and from
// "The rules in prose" (consent/README.md), not from the code and not from config/policy. What the gateway
// decides is held against this.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace hotline::proof {

using Words = std::vector<std::string_view>;

inline constexpr std::int64_t kHour = 3600;
inline constexpr std::int64_t kDay = 24 * kHour;

// A law without consent: to whom, at most what, for how long, and who of the staff may attest it.
struct Ground {
  std::string_view name, rule, to;
  Words opens;
  std::int64_t lasts = 0;
  Words attested_by;
};

// What the law of a country demands to be told; no more is told to that authority there.
struct Demand {
  std::string_view country, ground, authority;
  Words tells;
  std::int64_t within = 0;
};

struct Province {
  std::string_view region;
  int child_until = 0;
  int must_report_below = 0;
};

struct Book {
  std::int64_t longest = 90 * kDay;
  std::int64_t spoken = 72 * kHour;
  int adult = 18;
  Words forms = {"written_e_signature", "written_other", "recorded_authentication", "oral_two_person"};
  Words spoken_needs = {"emergency_shelter", "hotel_bridge_stay", "emergency_transport", "interpretation"};
  Words guardians = {"parent_guardian"};
  Words categories = {"identity",          "contact",   "location", "demographics", "orientation_gender",
                      "immigration",       "health",    "family",   "employment",   "exploitation",
                      "alleged_exploiter", "narrative", "safety",   "legal",        "needs",
                      "case_admin"};
  Words never = {"immigration", "orientation_gender", "health", "narrative", "family",
                 "employment",  "demographics",       "legal",  "case_admin"};
  std::vector<Ground> grounds = {
      {"threat_self_or_others",
       "base.exception.threat_self_or_others",
       "emergency_services",
       {"location", "contact", "safety"},
       kHour,
       {"supervisor", "safeguarding_lead"}},
      {"minor_abuse_neglect_trafficking",
       "base.exception.minor_abuse_neglect_trafficking",
       "child_protection",
       {"identity", "location", "contact", "safety", "exploitation", "alleged_exploiter"},
       kDay,
       {"supervisor", "safeguarding_lead"}},
      {"imminent_harm_emergency",
       "base.exception.imminent_harm_emergency",
       "emergency_services",
       {"location", "contact", "safety"},
       kHour,
       {"supervisor", "safeguarding_lead"}},
      {"non_identifying_tip",
       "base.exception.non_identifying_tip",
       "hotline",
       {"location", "exploitation"},
       kDay,
       {"supervisor"}},
  };
  std::vector<Demand> demands = {
      {"US",
       "minor_abuse_neglect_trafficking",
       "child_protection",
       {"identity", "location", "contact", "safety", "exploitation", "alleged_exploiter"},
       kDay},
      {"US", "imminent_harm_emergency", "emergency_services", {"location", "contact", "safety"}, kHour},
      {"CA",
       "minor_abuse_neglect_trafficking",
       "child_protection",
       {"identity", "location", "contact", "safety", "exploitation", "alleged_exploiter"},
       kDay},
      {"MX",
       "minor_abuse_neglect_trafficking",
       "child_protection",
       {"identity", "location", "safety", "exploitation"},
       kDay},
  };
  std::vector<Province> provinces = {{"CA-ON", 18, 16}, {"CA-AB", 18}, {"CA-MB", 18}, {"CA-PE", 18},
                                     {"CA-QC", 18},     {"CA-BC", 19}, {"CA-NB", 19}, {"CA-NS", 19},
                                     {"CA-YT", 19},     {"CA-NL", 16}, {"CA-SK", 16}, {"CA-NT", 16},
                                     {"CA-NU", 16}};
  Words countries = {"CA", "MX", "US"};
};

inline const Book& book() {
  static const Book all;
  return all;
}

// The rules as they are, or with the least set of every ground widened to everything: then what stays closed
// is closed by "never" and by what a law demands, and by nothing else.
enum class Premise { as_they_are, widened };

}  // namespace hotline::proof
