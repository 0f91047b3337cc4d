#include "tests/properties/proof/policy_mutants.h"

#include <algorithm>

#include "config/policy_file.h"
#include "consent/consent.h"
#include "tests/properties/proof/book.h"
#include "tests/properties/proof/proofs.h"

namespace hotline::proof {
namespace {

using Texts = std::vector<std::string>;

const Texts kRoles = {"hotline",          "service_provider",   "legal",
                      "health",           "law_enforcement",    "immigration_enforcement",
                      "child_protection", "emergency_services", "statistics"};
const Texts kStaff = {"advocate", "supervisor", "safeguarding_lead", "legal_reviewer"};

std::string word_of(const std::string& text) {
  return text;
}
std::string word_of(const Category& category) {
  return category.get();
}

// Writes down one mutant after the other; `whole` is what holds where the file says nothing.
class Writer {
 public:
  Writer(std::string file, std::size_t number, const Policy& whole, std::vector<PolicyMutant>& out)
      : file_(std::move(file)), number_(number), whole_(whole), out_(out) {}

  void add(const std::string& name, std::function<void(Policy&)> change) {
    out_.push_back({file_ + ": " + name, number_, std::move(change)});
  }

  template <class Number>
  void number(const std::string& name, Number step, const std::function<Number&(Policy&)>& at) {
    for (const Number by : {step, -step}) {
      add(name + (by > 0 ? " more" : " less"), [at, by, whole = whole_](Policy& own) {
        Policy copy = whole;
        at(own) = at(copy) + by;
      });
    }
  }

  template <class T>
  void list(const std::string& name, const std::vector<T>& others,
            const std::function<std::vector<T>&(Policy&)>& at) {
    Policy whole = whole_;
    const std::vector<T> said = at(whole);
    for (const T& each : said) {
      std::vector<T> less = said;
      std::erase(less, each);
      // A country with an empty list says nothing.
      if (less.empty() && number_ != 0) continue;
      add(name + " without " + word_of(each), [at, less](Policy& own) { at(own) = less; });
    }
    for (const T& each : others) {
      if (std::find(said.begin(), said.end(), each) != said.end()) continue;
      std::vector<T> more = said;
      more.push_back(each);
      add(name + " with " + word_of(each), [at, more](Policy& own) { at(own) = more; });
    }
  }

  // Each rule of a list gone.
  template <class Rule>
  void gone(const std::string& name, const std::vector<Rule>& said, std::vector<Rule> Policy::*at) {
    for (std::size_t i = 0; i < said.size(); ++i) {
      std::vector<Rule> less = said;
      less.erase(less.begin() + static_cast<std::ptrdiff_t>(i));
      add(name + " " + std::to_string(i) + " gone", [at, less](Policy& own) { own.*at = less; });
    }
  }

  bool is_base() const { return number_ == 0; }

 private:
  std::string file_;
  std::size_t number_;
  const Policy& whole_;
  std::vector<PolicyMutant>& out_;
};

void numbers(Writer& out) {
  const std::pair<const char*, std::int64_t Policy::*> times[] = {
      {"longest consent", &Policy::consent_max_seconds}, {"usual consent", &Policy::consent_default_seconds},
      {"spoken consent", &Policy::oral_max_seconds},     {"kept outbound", &Policy::outbound_seconds},
      {"kept inbound", &Policy::inbound_seconds},        {"kept log", &Policy::log_seconds}};
  for (const auto& [name, member] : times) {
    const auto at = member;
    out.number<std::int64_t>(name, kHour, [at](Policy& p) -> std::int64_t& { return p.*at; });
  }
  const std::pair<const char*, std::int64_t CrisisClocks::*> clocks[] = {
      {"crisis acknowledged", &CrisisClocks::acknowledge},
      {"crisis accepted", &CrisisClocks::accept},
      {"crisis escalated", &CrisisClocks::escalate_first},
      {"crisis escalated again", &CrisisClocks::escalate_again},
      {"crisis to a second partner", &CrisisClocks::second_partner}};
  for (const auto& [name, member] : clocks) {
    const auto at = member;
    out.number<std::int64_t>(name, 60, [at](Policy& p) -> std::int64_t& { return p.crisis.*at; });
  }
  out.number<int>("age of an adult", 1, [](Policy& p) -> int& { return p.adult_age; });
  out.number<int>("age to decide alone", 1, [](Policy& p) -> int& { return p.alone_age; });
}

void lists(Writer& out) {
  out.list<std::string>("forms", {"implied"}, [](Policy& p) -> Texts& { return p.consent_forms; });
  out.list<std::string>("oral needs", {"food"}, [](Policy& p) -> Texts& { return p.oral_needs; });
  out.list<std::string>("guardians", {"friend"}, [](Policy& p) -> Texts& { return p.minor_givers; });
  out.list<std::string>("who attests", kStaff, [](Policy& p) -> Texts& { return p.attesting_roles; });
  out.list<std::string>("texts", {"pt"}, [](Policy& p) -> Texts& { return p.statement_languages; });
  out.list<std::string>("offered", {"pt"}, [](Policy& p) -> Texts& { return p.offered_languages; });
  out.list<std::string>("staff", {"volunteer"}, [](Policy& p) -> Texts& { return p.staff_roles; });
  if (out.is_base()) {
    out.list<Category>("never", all_categories(),
                       [](Policy& p) -> std::vector<Category>& { return p.never_on_exception; });
    return;
  }
  // A country only adds to what is never opened.
  for (const char* each : {"safety", "contact"})
    out.add(std::string("never with ") + each,
            [each](Policy& p) { p.never_on_exception.emplace_back(each); });
}

// A country takes over the base's grounds before it changes one.
void grounds(Writer& out, const Policy& whole) {
  out.gone("ground", whole.exceptions, &Policy::exceptions);
  for (std::size_t i = 0; i < whole.exceptions.size(); ++i) {
    const auto rule = [all = whole.exceptions, i](Policy& p) -> ExceptionRule& {
      if (p.exceptions.empty()) p.exceptions = all;
      return p.exceptions[i];
    };
    const std::string name = whole.exceptions[i].ground;
    out.number<std::int64_t>(name + " lasts", 60,
                             [rule](Policy& p) -> std::int64_t& { return rule(p).max_seconds; });
    out.list<std::string>(name + " reaches", kRoles,
                          [rule](Policy& p) -> Texts& { return rule(p).recipient_roles; });
    out.list<Category>(name + " opens", all_categories(),
                       [rule](Policy& p) -> std::vector<Category>& { return rule(p).categories; });
    const bool all = whole.exceptions[i].attesting_roles.empty();
    if (all) {
      for (const char* each : {"supervisor", "safeguarding_lead"})
        out.add(name + " attested only by " + each,
                [rule, each](Policy& p) { rule(p).attesting_roles = {each}; });
    } else {
      out.list<std::string>(name + " attested by", {"safeguarding_lead"},
                            [rule](Policy& p) -> Texts& { return rule(p).attesting_roles; });
    }
  }
}

void demands(Writer& out, const Policy& own) {
  out.gone("demand", own.mandated, &Policy::mandated);
  for (std::size_t i = 0; i < own.mandated.size(); ++i) {
    const std::string name = own.mandated[i].id.get();
    out.number<std::int64_t>(name + " within", 60,
                             [i](Policy& p) -> std::int64_t& { return p.mandated[i].within_seconds; });
    out.list<Category>(name + " tells", all_categories(),
                       [i](Policy& p) -> std::vector<Category>& { return p.mandated[i].categories; });
    out.add(name + " for another ground", [i](Policy& p) { p.mandated[i].ground = "threat_self_or_others"; });
    out.add(name + " for another authority", [i](Policy& p) { p.mandated[i].authority = "health"; });
  }
}

void forbidden(Writer& out, const Policy& own) {
  out.gone("forbidden", own.forbidden, &Policy::forbidden);
  for (std::size_t i = 0; i < own.forbidden.size(); ++i) {
    const std::string name = own.forbidden[i].id.get();
    out.list<std::string>(name, kRoles, [i](Policy& p) -> Texts& { return p.forbidden[i].recipients; });
    out.add(name + " for needs only", [i](Policy& p) { p.forbidden[i].categories = {Category("needs")}; });
  }
}

void provinces(Writer& out, const Policy& own) {
  out.gone("province", own.regions, &Policy::regions);
  for (std::size_t i = 0; i < own.regions.size(); ++i) {
    const std::string name = own.regions[i].region;
    out.number<int>(name + " child", 1, [i](Policy& p) -> int& { return p.regions[i].child_until; });
    out.number<int>(name + " report", 1, [i](Policy& p) -> int& { return p.regions[i].mandatory_below; });
  }
}

}  // namespace

std::vector<PolicyMutant> policy_mutants() {
  std::vector<PolicyMutant> out;
  const Shipped& shipped = Shipped::get();
  const char* const names[] = {"base", "us", "ca", "mx"};
  for (std::size_t file = 0; file < 4; ++file) {
    const Policy& own = file == 0 ? shipped.base : shipped.countries[file - 1];
    const Policy whole = file == 0 ? own : combine(shipped.base, own);
    // The wholes' own lists of what is forbidden hold the base's too: those are mutated there.
    Writer writer(names[file], file, whole, out);
    numbers(writer);
    lists(writer);
    grounds(writer, whole);
    Writer of_own(names[file], file, own, out);
    demands(of_own, own);
    forbidden(of_own, own);
    provinces(of_own, own);
    of_own.gone("sentence", own.rules, &Policy::rules);
  }
  return out;
}

}  // namespace hotline::proof
