// Generated records: whatever is in a withheld field, its value is nowhere in the bytes that leave.
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "consent/consent.h"
#include "consent/redact.h"
#include "consent/values.h"
#include "tests/unit/consent/world.h"

namespace hotline {
namespace {

using namespace testing_world;

struct Leaf {
  std::string category;
  std::string value;
};

// A record in which every leaf has a value of its own that occurs nowhere else.
class Filler {
 public:
  std::string word() {
    std::string out = "qz";
    for (unsigned n = ++counter_ * 2654435761u; n != 0; n /= 26)
      out.push_back(static_cast<char>('a' + n % 26));
    return out;
  }
  std::string leaf(const std::string& category) {
    leaves.push_back({category, word()});
    return "\"" + leaves.back().value + "\"";
  }
  std::string person(const std::string& id) {
    const auto l = [&](const char* category) { return leaf(category); };
    return R"({"id": ")" + id + R"(", "identity": {"given_names": )" + l("identity") +
           R"(, "called_name": )" + l("identity") + R"(, "identifiers": [{"type": "other", "value": )" +
           l("identity") + R"(}]}, "demographics": {"community": )" + l("demographics") +
           R"(, "education": )" + l("demographics") + R"(}, "orientation_gender": {"orientation": )" +
           l("orientation_gender") + R"(}, "contact": {"handles": [{"handle": )" + l("contact") +
           R"(}]}, "location": {"current": {"country": "US", "city": )" + l("location") +
           R"(, "directions": )" + l("location") + R"(}}, "immigration": {"status_note": )" +
           l("immigration") + R"(, "programme": {"code": "us_h2b", "original":
           {"system": "us", "code": "H2B", "label": )" +
           l("immigration") + R"(}}}, "health": {"injuries": )" + l("health") +
           R"(}, "family": {"relatives": [{"name": )" + l("family") + R"(, "relation": )" + l("family") +
           R"(}]}, "employment": {"employer": {"name": )" + l("employment") + R"(}, "occupation": )" +
           l("employment") + R"(}, "exploitation": {"note": )" + l("exploitation") +
           R"(}, "safety": {"plan": )" + l("safety") +
           R"(}, "needs": {"items": [{"need": {"code": "food"}, "constraints": [)" + l("needs") +
           R"(]}]}, "legal": {"matters": [)" + l("legal") + "]}}";
  }
  std::vector<Leaf> leaves;

 private:
  unsigned counter_ = *rc::gen::inRange(1u, 100000u);
};

std::vector<std::pair<std::string, std::string>> some_grants() {
  std::vector<std::pair<std::string, std::string>> out;
  for (const Category& each : all_categories()) {
    const auto level =
        *rc::gen::elementOf(std::vector<std::string>{"withheld", "pseudonymised", "generalised", "full"});
    out.emplace_back(each.get(), level);
  }
  return out;
}

// The story mentions everything; it must not bring back what the fields leave out.
std::string narrative_of(const std::vector<Leaf>& leaves) {
  std::string text;
  for (const Leaf& each : leaves) text += "Ella dijo " + each.value + " ayer. ";
  return R"("narratives": [{"language": "es-MX", "text": ")" + text + "\"}]";
}

bool findable(const std::string& value, const JsonValue& document) {
  int owner = 0;
  std::vector<FindableValue> values;
  collect_values(World::get().schema.root(), document, owner, values);
  return std::any_of(values.begin(), values.end(),
                     [&](const FindableValue& each) { return each.text == value; });
}

RC_GTEST_PROP(Redaction, NoWithheldValueIsInTheBytes, ()) {
  Filler filler;
  const std::string mine = filler.person("p1");
  const std::vector<Leaf> my_leaves = filler.leaves;
  const std::string other = filler.person("p2");
  const bool other_too = *rc::gen::arbitrary<bool>();
  const auto levels = some_grants();
  std::vector<std::string> consents = {consent_json({.categories = grants(levels)})};
  std::vector<std::string> persons = {mine};
  if (other_too) persons.push_back(other);
  // A field without x-find is only promised to stay away as a field: the story names the findable ones.
  const Referral bare = record(persons, consents);
  std::vector<Leaf> told;
  for (const Leaf& each : my_leaves) {
    if (findable(each.value, bare.json())) told.push_back(each);
  }
  const Referral referral = record(persons, consents, narrative_of(told));
  const auto out = disclosed(referral, decided(referral));
  RC_ASSERT(out.has_value());
  for (const Disclosure& each : *out) {
    for (const Leaf& leaf : filler.leaves) {
      const bool is_mine = std::any_of(my_leaves.begin(), my_leaves.end(),
                                       [&](const Leaf& l) { return l.value == leaf.value; });
      const auto level = std::find_if(levels.begin(), levels.end(), [&](const auto& l) {
                           return l.first == leaf.category;
                         })->second;
      const bool present = each.bytes().find(leaf.value) != std::string::npos;
      RC_ASSERT(present == (is_mine && level == "full"));
    }
  }
}

RC_GTEST_PROP(Redaction, IsAValidRecordAtEveryLevel, ()) {
  const Referral referral = record({adult()}, {consent_json({.categories = grants(some_grants())})});
  const auto out = disclosed(referral, decided(referral));
  RC_ASSERT(out.has_value());
  for (const Disclosure& each : *out) {
    Json document = std::move(*parse_json(each.bytes()));
    Json record_alone;
    record_alone.CopyFrom(document["referral"], record_alone.GetAllocator());
    RC_ASSERT(Referral::from(std::move(record_alone), World::get().schema).has_value());
  }
}

}  // namespace
}  // namespace hotline
