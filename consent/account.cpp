#include "consent/account.h"

#include <algorithm>

#include "i18n/dates.h"
#include "i18n/hygiene.h"
#include "i18n/regions.h"

namespace hotline {
namespace {

class Account {
 public:
  explicit Account(const AccountInputs& inputs) : in_(inputs) {}

  std::string tell(const std::vector<AccountEntry>& entries) {
    say("account.title");
    if (entries.empty()) {
      say("account.none");
      return std::move(out_);
    }
    for (const AccountEntry& each : entries) entry(each);
    out_ += "\n";
    say("account.stop");
    return std::move(out_);
  }

 private:
  void say(std::string_view key, const Args& args = {}) {
    out_ += in_.catalog.text(key, in_.language, args) + "\n";
  }

  std::string day(Instant at) const {
    const auto date = civil_date_in(at, in_.time_zone);
    return format_date_long(date ? *date : civil_date_utc(at), in_.language);
  }

  void entry(const AccountEntry& entry) {
    out_ += "\n";
    say("account.sent", {{"date", day(entry.when)},
                         {"name", for_display(entry.recipient)},
                         {"code", entry.country},
                         {"country", country_name(entry.country, in_.language)}});
    for (const Level level : {Level::full, Level::generalised, Level::pseudonymised})
      shares(entry.shares, level);
    opened(entry);
    ended(entry);
  }

  void shares(const std::vector<AccountShare>& all, Level level) {
    bool first = true;
    for (const AccountShare& each : all) {
      if (each.level != level) continue;
      if (first) say("sheet.level." + std::string(to_string(level)));
      first = false;
      out_ += "- " + in_.catalog.text("sheet.category." + each.category.get(), in_.language) + "\n";
    }
  }

  void opened(const AccountEntry& entry) {
    if (entry.taken_at.empty() && entry.story_opened_at.empty()) return say("account.not_opened");
    on_days("account.opened", entry.taken_at);
    on_days("account.story_opened", entry.story_opened_at);
  }

  // Once for each day.
  void on_days(std::string_view key, const std::vector<Instant>& times) {
    std::vector<std::string> days;
    for (const Instant& each : times) {
      std::string date = day(each);
      if (days.empty() || days.back() != date) days.push_back(std::move(date));
    }
    for (const std::string& each : days) say(key, {{"date", each}});
  }

  void ended(const AccountEntry& entry) {
    if (entry.stopped_at) say("account.stopped", {{"date", day(*entry.stopped_at)}});
    if (entry.erased_at) return say("account.erased", {{"date", day(*entry.erased_at)}});
    if (entry.stopped_at) return say("account.not_erased");
    say(entry.until <= in_.now ? "account.ended" : "account.until", {{"date", day(entry.until)}});
  }

  const AccountInputs& in_;
  std::string out_;
};

}  // namespace

std::string account_text(std::vector<AccountEntry> entries, const AccountInputs& inputs) {
  std::stable_sort(entries.begin(), entries.end(),
                   [](const AccountEntry& a, const AccountEntry& b) { return a.when > b.when; });
  for (AccountEntry& each : entries) {
    std::sort(each.taken_at.begin(), each.taken_at.end());
    std::sort(each.story_opened_at.begin(), each.story_opened_at.end());
  }
  return Account(inputs).tell(entries);
}

}  // namespace hotline
