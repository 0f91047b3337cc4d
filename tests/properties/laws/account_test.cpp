// The report accounts for every leaf, in and out, and says where, never what.
#include <gtest/gtest.h>

#include "tests/properties/laws/canonical_records.h"
#include "tests/properties/laws/crossing.h"
#include "tests/properties/laws/national_records.h"

namespace hotline::laws {
namespace {

// Free texts are known by their mark, telephone numbers by their digits.
std::optional<std::string> tells(const MappingReport& report, const JsonValue& record) {
  const std::string text = to_text(report.to_json());
  if (text.find(kMark) != std::string::npos) return "the report contains a text of the record: " + text;
  for (const std::string& leaf : leaves_of(record)) {
    const std::string_view value = as_text(*resolve_pointer(record, leaf));
    const bool number =
        value.size() > 7 && value.find_first_not_of("0123456789 +-().") == std::string_view::npos;
    if (number && text.find(value) != std::string::npos) return "the report contains the value of " + leaf;
  }
  return std::nullopt;
}

class Account : public OfEachProfile {};
class AccountOfArrivals : public OfEachProfile {};

TEST_P(AccountOfArrivals, is_given_of_every_leaf) {
  const NationalRecords records(GetParam());
  check_law([&](std::uint64_t seed) { return records.make(seed); }, share(),
            [&](const Json& national, bool& counts) -> std::optional<std::string> {
              const auto read = profile(GetParam()).to_canonical(national);
              counts = read.has_value();
              if (!read) return std::nullopt;
              if (auto fault = unaccounted(read->report, national, read->referral.json())) return fault;
              return tells(read->report, national);
            });
}

TEST_P(Account, is_given_of_every_leaf_that_goes_out) {
  check_law([](std::uint64_t seed) { return canonical_record(World::get(), seed); }, share(),
            [&](const Json& record, bool& counts) -> std::optional<std::string> {
              const auto referral = referral_of(record);
              counts = referral.has_value();
              if (!referral) return std::nullopt;
              const FromCanonical written = *profile(GetParam()).from_canonical(*referral, LanguageTag());
              if (auto fault = unaccounted(written.report, record, written.record)) return fault;
              return tells(written.report, record);
            });
}

LAW_OF_EACH_PROFILE(Account);
LAW_OF_EACH_PROFILE(AccountOfArrivals);

}  // namespace
}  // namespace hotline::laws
