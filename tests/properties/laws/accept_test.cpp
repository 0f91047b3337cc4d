// Whatever is accepted is converted: no crash, the same every time, and a form that the other side's schema
// takes. Whatever is refused is refused with its place.
#include <gtest/gtest.h>

#include "adapters/form/form.h"
#include "tests/properties/laws/canonical_records.h"
#include "tests/properties/laws/crossing.h"
#include "tests/properties/laws/draw.h"
#include "tests/properties/laws/national_records.h"

namespace hotline::laws {
namespace {

bool is_place_in(const JsonValue& record, const std::string& pointer) {
  if (resolve_pointer(record, pointer) != nullptr) return true;
  const std::string parent = pointer.substr(0, pointer.rfind('/'));  // what is missing there
  return resolve_pointer(record, parent) != nullptr;
}

// Goes down to some value and damages it: taken away, or of another type.
void damage(JsonValue& value, Draw& draw, Json::AllocatorType& allocator) {
  if (value.IsObject() && value.MemberCount() > 0) {
    auto chosen = value.MemberBegin() + static_cast<std::ptrdiff_t>(draw.below(value.MemberCount()));
    if (draw.in_100(10)) {
      value.RemoveMember(chosen);
    } else {
      damage(chosen->value, draw, allocator);
    }
  } else if (value.IsArray() && !value.Empty() && !draw.in_100(10)) {
    damage(value[static_cast<rapidjson::SizeType>(draw.below(value.Size()))], draw, allocator);
  } else if (draw.in_100(30)) {
    value = make_text("x", allocator);
  } else if (draw.in_100(50)) {
    value.SetInt(7);
  } else {
    value.SetObject();
  }
}

class Acceptance : public OfEachProfile {};

TEST_P(Acceptance, of_a_national_record_is_lasting) {
  const NationalRecords records(GetParam());
  check_law([&](std::uint64_t seed) { return records.make(seed); }, share(),
            [&](const Json& national, bool& counts) -> std::optional<std::string> {
              const auto once = profile(GetParam()).to_canonical(national);
              counts = once.has_value();
              if (!once) {
                if (is_place_in(national, once.error().pointer)) return std::nullopt;
                counts = true;
                return "refused at a place that is not in the record: " + say(once.error());
              }
              const auto again = profile(GetParam()).to_canonical(national);
              if (to_text(once->referral.json()) != to_text(again->referral.json()) ||
                  to_text(once->report.to_json()) != to_text(again->report.to_json()))
                return "two runs differ";
              if (!referral_of(*parse_json(to_canonical(once->referral.json()))))
                return "the canonical text is not a canonical record";
              return std::nullopt;
            });
}

TEST_P(Acceptance, of_a_canonical_record_is_lasting) {
  const Schema& receiver = World::get().national(GetParam());
  check_law([](std::uint64_t seed) { return canonical_record(World::get(), seed); }, share(),
            [&](const Json& record, bool& counts) -> std::optional<std::string> {
              const auto referral = referral_of(record);
              counts = referral.has_value();
              if (!referral) return std::nullopt;
              for (const char* language : {"", "fr-CA"}) {
                const auto once = *profile(GetParam()).from_canonical(*referral, LanguageTag(language));
                const auto again = *profile(GetParam()).from_canonical(*referral, LanguageTag(language));
                if (to_text(once.record) != to_text(again.record)) return "two runs differ";
                const auto taken = profile(GetParam()).form().take(once.record);
                if (!taken) return "not in the receiver's form: " + say(taken.error());
                if (auto valid = receiver.validate(*taken ? (*taken)->tree : once.record); !valid)
                  return "not a record of the receiver's: " + say(valid.error());
              }
              return std::nullopt;
            });
}

LAW_OF_EACH_PROFILE(Acceptance);

// Why a record between two of our own forms needs no second opinion: what the walk takes, valijson takes.
TEST(TwoOpinions, the_walk_is_the_stricter_one) {
  const auto damaged = [](std::uint64_t seed) {
    Json record = canonical_record(World::get(), seed);
    Draw draw(seed);
    for (std::size_t i = draw.below(3); i > 0; --i) damage(record, draw, record.GetAllocator());
    return record;
  };
  check_law(damaged, records_for_a_law(), [](const Json& record, bool& counts) -> std::optional<std::string> {
    const Schema& schema = World::get().canonical;
    counts = schema.validate(record, Opinions::own).has_value();
    if (counts && !schema.validate(record, Opinions::both)) return "valijson refuses what the walk takes";
    return std::nullopt;
  });
}

TEST(CanonicalForm, is_what_the_canonical_profile_gives_back) {
  check_law([](std::uint64_t seed) { return canonical_record(World::get(), seed); }, records_for_a_law(),
            [](const Json& record, bool& counts) -> std::optional<std::string> {
              const auto read = profile("canonical").to_canonical(record);
              counts = read.has_value();
              if (!read) return std::nullopt;
              const std::string first = to_canonical(read->referral.json());
              if (first != to_canonical(record)) return "the identity changes something";
              if (to_canonical(*parse_json(first)) != first)
                return "the canonical text is not its own canonical text";
              return std::nullopt;
            });
}

// A generator that seldom hits what it aims at would prove little.
TEST(GeneratedRecords, are_mostly_accepted) {
  std::size_t canonical = 0;
  for (std::uint64_t seed = 0; seed < 300; ++seed)
    canonical += referral_of(canonical_record(World::get(), seed)).has_value() ? 1 : 0;
  EXPECT_GE(canonical, 290u);
  for (const std::string& id : profile_ids()) {
    const NationalRecords records(id);
    std::size_t accepted = 0;
    std::map<std::string, int> faults;
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
      const auto read = profile(id).to_canonical(records.make(seed));
      accepted += read.has_value() ? 1 : 0;
      if (!read)
        ++faults[std::string(to_string(read.error().code)) + " " + field_of(read.error().pointer) + " " +
                 read.error().expected];
    }
    EXPECT_GE(accepted, 150u) << id;
    if (accepted < 150)
      for (const auto& [fault, times] : faults) std::cout << id << ": " << times << " x " << fault << '\n';
  }
}

}  // namespace
}  // namespace hotline::laws
