// What was originally said travels with its field and with nothing less: over every coded field that the
// schema has, every kind of code and every level that a consent can grant.
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "consent/leak_gate.h"
#include "consent/translation.h"
#include "i18n/codes.h"
#include "tests/unit/consent/world.h"

namespace hotline {
namespace {

using namespace testing_world;

constexpr const char* kWords = "Zwischenruf";

struct CodedField {
  std::string path, category, system;
  bool closed = false;
};
void PrintTo(const CodedField& one, std::ostream* out) {
  *out << one.path;
}

std::vector<CodedField> coded_fields() {
  std::vector<CodedField> all;
  const Schema& schema = World::get().schema;
  for (const std::string& leaf : schema.leaves()) {
    const SchemaNode* node = schema.at(leaf);
    const FieldLabels& labels = node->labels();
    if (node->is_coded() && labels.category != "source_only" && labels.category != "structural")
      all.push_back({leaf, labels.category, labels.codes, labels.closed});
  }
  return all;
}

// Members that the schema requires beside a coded field, by the name of the object or list that holds it.
std::string companions(const std::string& holder, const std::string& name) {
  if (holder == "interpreter") return R"(, "needed": true)";
  if (holder == "safe_contact") return R"(, "contact_allowed": "yes")";
  if (holder == "items" && name != "need") return R"(, "need": {"code": "food"})";
  return "";
}

// The members of a record or of a person that has nothing but this field.
std::string only(const std::string& path, const std::string& coded) {
  std::vector<std::string> names;
  for (std::size_t at = 0; at < path.size();) {
    const std::size_t end = std::min(path.find('/', at + 1), path.size());
    names.push_back(path.substr(at + 1, end - at - 1));
    at = end;
  }
  std::string made = coded;
  for (std::size_t i = names.size(); i-- > 0;) {
    if (names[i] == "*") {
      made = "[" + made + "]";
      continue;
    }
    std::size_t above = i;
    while (above > 0 && (above == i || names[above] == "*")) --above;
    made = "\"" + names[i] + "\": " + made + (i == 0 ? "" : companions(names[above], names[i]));
    if (i > 0) made = "{" + made + "}";
  }
  return made;
}

// As a code of the list, of a newer list, and without one.
std::vector<std::string> coded_ways(const CodedField& field) {
  static const CodeSystems* codes = new CodeSystems(CodeSystems::load(HOTLINE_ROOT).value());
  const std::string original = std::string(R"("original": {"system": "qq:words", "code": ")") + kWords +
                               R"(", "label": ")" + kWords + R"("}})";
  // An adult's, for a child consents otherwise.
  const std::string code =
      field.system == "age_band" ? "adult_unspecified" : codes->codes(field.system).front();
  std::vector<std::string> ways = {R"({"code": ")" + code + R"(", "relation": "narrower", )" + original};
  if (field.closed) return ways;
  ways.push_back(R"({"code": "of_next_year", "relation": "related", )" + original);
  ways.push_back(R"({"relation": "not-mapped", )" + original);
  return ways;
}

class OriginalOf : public testing::TestWithParam<CodedField> {
 protected:
  static bool of_person() { return GetParam().path.rfind(kPersons, 0) == 0; }

  // A referral with this value, this level for its category, and another category so that something goes.
  static Referral referral(const std::string& coded, const std::string& level) {
    const std::string& path = GetParam().path;
    const std::string body = only(of_person() ? path.substr(kPersons.size()) : path, coded);
    const std::string consent =
        consent_json({.categories = grants({{GetParam().category, level}, {"legal", "full"}})});
    return of_person() ? record({R"({"id": "p1", )" + body + "}"}, {consent})
                       : record({R"({"id": "p1"})"}, {consent}, body);
  }
  static Json disclosure(const Referral& referral) {
    auto out = disclosed(referral, decided(referral));
    EXPECT_TRUE(out) << out.error().pointer << ' ' << out.error().expected;
    Json alone(rapidjson::kObjectType);
    if (!out || out->empty()) return alone;
    const Json whole = parse_json(out->front().bytes()).value();
    alone.CopyFrom(*member(whole, "referral"), alone.GetAllocator());
    return alone;
  }
  static std::string pointer() {
    std::string out = GetParam().path;
    std::replace(out.begin(), out.end(), '*', '0');
    return out;
  }

  static inline const std::string kPersons = "/persons/*";
};

TEST_P(OriginalOf, goes_in_full_and_at_no_other_level) {
  for (const std::string& way : coded_ways(GetParam())) {
    for (const char* level : {"full", "generalised", "pseudonymised", "withheld"}) {
      const Json out = disclosure(referral(way, level));
      const bool full = std::string_view(level) == "full";
      EXPECT_EQ(to_text(out).find(kWords) != std::string::npos, full) << level << ' ' << way;
      if (std::string_view(level) == "withheld") {
        EXPECT_EQ(resolve_pointer(out, pointer()), nullptr) << way;
      }
    }
  }
}

TEST_P(OriginalOf, is_found_by_the_gate_where_it_has_no_business) {
  for (const std::string& way : coded_ways(GetParam())) {
    for (const char* level : {"full", "generalised", "pseudonymised", "withheld"}) {
      const Referral source = referral(way, level);
      const Decision decision = decided(source);
      const Json whole = disclosure(referral(way, "full"));  // what a broken redaction would let out
      const auto report =
          leak_gate(to_text(whole), source, World::get().schema, decision, decision.groups.front());
      ASSERT_TRUE(report);
      EXPECT_EQ(report->clean(), std::string_view(level) == "full") << level << ' ' << way;
    }
  }
}

TEST_P(OriginalOf, has_a_note_that_tells_no_more_than_the_disclosure) {
  for (const std::string& way : coded_ways(GetParam())) {
    for (const char* level : {"full", "generalised", "withheld"}) {
      Json out = disclosure(referral(way, level));
      const JsonValue* coded = resolve_pointer(out, pointer());
      const JsonValue* note = resolve_pointer(out, "/translation/notes/0");
      const bool told = coded != nullptr && member(*coded, "relation") != nullptr;
      ASSERT_EQ(note != nullptr, told) << level << ' ' << way;
      if (!told) continue;
      EXPECT_EQ(text_at(*note, "path"), pointer());
      EXPECT_EQ(text_at(*note, "relation"), text_at(*coded, "relation"));
      EXPECT_EQ(text_at(*note, "system"), GetParam().system);
    }
  }
}

std::string field_name(const testing::TestParamInfo<CodedField>& info) {
  std::string name = info.param.path.substr(1);
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
}

// The same disclosure with its random names (referral, pseudonyms) taken out, and its translation apart.
struct Parted {
  std::string rest, translation;
};
Parted parted(const Disclosure& disclosure) {
  Json whole = parse_json(disclosure.bytes()).value();
  JsonValue& record = whole["referral"];
  const JsonValue* translation = member(record, "translation");
  Parted out{{}, translation == nullptr ? "" : to_text(*translation)};
  record.RemoveMember("translation");
  record["envelope"].RemoveMember("referral_id");
  for (JsonValue& person : record["persons"].GetArray()) person.RemoveMember("id");
  out.rest = to_text(whole);
  return out;
}

// Whatever else is in the record, codes with notes of their own included.
std::string some_codes() {
  // Words of its own for each: the same ones elsewhere would be withheld there.
  const auto code = [](const std::string& known) {
    const std::string original = R"("original": {"system": "qq:x", "code": "Zwischenruf )" + known + R"("}})";
    return *rc::gen::elementOf(std::vector<std::string>{
        R"({"code": ")" + known + "\"}", R"({"code": ")" + known + R"(", "relation": "wider", )" + original,
        R"({"relation": "not-mapped", )" + original});
  };
  return R"({"id": "p1", "needs": {"items": [{"need": )" + code("food") +
         R"(}]}, "immigration": {"programme": )" + code("us_h2b") + R"(}, "employment": {"sectors": [)" +
         code("carnival") + R"(]}, "exploitation": {"types": [)" + code("labour_carnival") +
         R"(]}, "orientation_gender": {"gender": )" + code("woman") + "}}";
}

RC_GTEST_PROP(TravellingNotes, AreEqualForEqualDisclosuresOfDifferentRecords, ()) {
  std::vector<std::pair<std::string, std::string>> levels;
  for (const char* each : {"needs", "immigration", "employment", "exploitation", "orientation_gender"})
    levels.emplace_back(each,
                        *rc::gen::elementOf(std::vector<std::string>{"withheld", "generalised", "full"}));
  levels.emplace_back("legal", "full");
  const auto made = [&] {
    const Referral referral = record({some_codes()}, {consent_json({.categories = grants(levels)})});
    auto out = disclosed(referral, decided(referral));
    RC_ASSERT(out.has_value());
    return parted(out->front());
  };
  const Parted one = made();
  const Parted other = made();
  RC_CLASSIFY(one.rest == other.rest, "equal disclosures");
  RC_ASSERT((one.rest == other.rest) <= (one.translation == other.translation));
}

INSTANTIATE_TEST_SUITE_P(every_coded_field, OriginalOf, testing::ValuesIn(coded_fields()), field_name);

}  // namespace
}  // namespace hotline
