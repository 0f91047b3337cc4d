#include "config/schema.h"

#include <gtest/gtest.h>

#include "i18n/codes.h"

namespace hotline {
namespace {

const CodeSystems& codes() {
  static const CodeSystems loaded = CodeSystems::load(HOTLINE_ROOT).value();
  return loaded;
}

const Schema& referral() {
  static const Schema loaded =
      Schema::load(HOTLINE_ROOT "/config/schema/referral.schema.json", &codes()).value();
  return loaded;
}

Json record() {
  return parse_json(R"({
    "schema_version": "1.0.0",
    "envelope": {"kind": "referral", "purpose": "services", "urgency": {"code": "urgent_72h"}},
    "persons": [{
      "id": "p1",
      "identity": {"called_name": "Muestra", "birth_date": "2001-02", "age_band": {"code": "age_18_20"}},
      "contact": {"phones": [{"number": "+12025550147"}]},
      "family": {"children_count": 2},
      "needs": {"items": [{"need": {"code": "emergency_shelter"}, "nights": 2}]}
    }]
  })")
      .value();
}

// The first fault after `text` has been put at `pointer` of a valid record.
Error fault_after(std::string_view pointer, std::string_view text) {
  Json document = record();
  const Json part = parse_json(text).value();
  const std::size_t slash = pointer.rfind('/');
  auto* parent = const_cast<JsonValue*>(resolve_pointer(document, pointer.substr(0, slash)));
  if (parent == nullptr) {
    ADD_FAILURE() << "no parent of " << pointer;
    return {};
  }
  const std::string name(pointer.substr(slash + 1));
  if (parent->IsObject()) {
    parent->RemoveMember(name.c_str());
    set_member(*parent, name, JsonValue(part, document.GetAllocator()), document.GetAllocator());
  } else {
    (*parent)[static_cast<rapidjson::SizeType>(std::stoi(name))].CopyFrom(part, document.GetAllocator());
  }
  const auto result = referral().validate(document);
  return result ? Error{ErrorCode::internal, "accepted", {}, {}} : result.error();
}

struct Case {
  const char* pointer;
  const char* text;
  ErrorCode code;
  const char* at;
  const char* expected;
};

class SchemaFaultTest : public testing::TestWithParam<Case> {};

TEST_P(SchemaFaultTest, SaysWhatAndWhere) {
  const Case& c = GetParam();
  const Error error = fault_after(c.pointer, c.text);
  EXPECT_EQ(to_string(error.code), to_string(c.code));
  EXPECT_EQ(error.pointer, c.at);
  EXPECT_EQ(error.expected, c.expected);
}

INSTANTIATE_TEST_SUITE_P(
    EveryRule, SchemaFaultTest,
    testing::Values(
        Case{"/persons", "{}", ErrorCode::type_mismatch, "/persons", "array"},
        Case{"/envelope", "[]", ErrorCode::type_mismatch, "/envelope", "object"},
        Case{"/persons/0/id", "7", ErrorCode::type_mismatch, "/persons/0/id", "string"},
        Case{"/persons/0/family/children_count", "\"2\"", ErrorCode::type_mismatch,
             "/persons/0/family/children_count", "integer"},
        Case{"/persons/0/family/safety_planning_needed", "null", ErrorCode::type_mismatch,
             "/persons/0/family/safety_planning_needed", "boolean"},
        Case{"/persons/0/identity/a~b", "1", ErrorCode::field_unknown, "/persons/0/identity/a~0b", ""},
        Case{"/envelope", R"({"kind": "referral", "purpose": "services"})", ErrorCode::field_missing,
             "/envelope", "urgency"},
        Case{"/persons", "[]", ErrorCode::length_out_of_range, "/persons", "minItems 1"},
        Case{"/persons/0/identity/called_name", "\"\"", ErrorCode::length_out_of_range,
             "/persons/0/identity/called_name", "minLength 1"},
        Case{"/persons/0/family/children_count", "31", ErrorCode::number_out_of_range,
             "/persons/0/family/children_count", "maximum 30"},
        Case{"/persons/0/family/children_count", "-1", ErrorCode::number_out_of_range,
             "/persons/0/family/children_count", "minimum 0"},
        Case{"/envelope/kind", "\"order\"", ErrorCode::value_not_allowed, "/envelope/kind",
             "referral|case_handoff|information|non_identifying_tip"},
        Case{"/persons/0/id", "\"a b\"", ErrorCode::pattern_mismatch, "/persons/0/id", "^[A-Za-z0-9._-]+$"},
        Case{"/envelope/urgency/code", "\"yesterday\"", ErrorCode::code_unknown, "/envelope/urgency/code",
             "referral_urgency"},
        Case{"/persons/0/identity/birth_date", "\"2001-02-30\"", ErrorCode::date_impossible,
             "/persons/0/identity/birth_date", "civil_date"},
        Case{"/persons/0/contact/phones/0/number", "\"202-555-0147\"", ErrorCode::phone_invalid,
             "/persons/0/contact/phones/0/number", "e164"}));

TEST(SchemaTest, AcceptsAValidRecord) {
  EXPECT_TRUE(referral().validate(record()));
}

TEST(SchemaTest, CodesOfANewerSystemAreKeptUnlessADecisionHangsOnThem) {
  const char* const gender = "/persons/0/orientation_gender";
  EXPECT_EQ(fault_after(gender, R"({"gender":{"code":"of_next_year"}})").pointer, "accepted");
  EXPECT_EQ(
      fault_after(gender, R"({"gender":{"relation":"not-mapped","original":{"system":"qq:g","code":"x"}}})")
          .pointer,
      "accepted");
  EXPECT_EQ(fault_after(gender, R"({"gender":{"code":"Of Next Year"}})").code, ErrorCode::pattern_mismatch);
  EXPECT_EQ(fault_after(gender, R"({"gender":{}})").code, ErrorCode::code_unknown)
      << "it says nothing at all";
  EXPECT_EQ(fault_after(gender, R"({"gender":{"relation":"wider"}})").code, ErrorCode::code_unknown);
  const Error closed =
      fault_after("/envelope/urgency", R"({"relation":"not-mapped","original":{"system":"q","code":"x"}})");
  EXPECT_EQ(closed.code, ErrorCode::code_unknown);
  EXPECT_EQ(closed.pointer, "/envelope/urgency");
}

TEST(SchemaTest, CountsCodePointsNotBytes) {
  std::string name(1, '"');
  for (int i = 0; i < 200; ++i) name += "ñ";
  name += '"';
  EXPECT_EQ(fault_after("/persons/0/identity/given_names", name).pointer, "accepted");
  name.insert(1, 1, 'n');
  EXPECT_EQ(fault_after("/persons/0/identity/given_names", name).code, ErrorCode::length_out_of_range);
}

TEST(SchemaTest, ReportsSeveralFaultsButNotEndlessly) {
  std::string many = "{";
  for (int i = 0; i < 500; ++i) {
    many += i == 0 ? "\"u" : ",\"u";
    many += std::to_string(i);
    many += "\":1";
  }
  many += '}';
  const Error error = fault_after("/persons/0/identity", many);
  EXPECT_EQ(error.pointer, "/persons/0/identity/u0");
  EXPECT_EQ(error.more.size(), 19u);
}

TEST(SchemaTest, LabelsAreInheritedAndTheNearestWins) {
  const FieldLabels& given = referral().at("/persons/0/identity/given_names")->labels();
  EXPECT_EQ(given.category, "identity");
  EXPECT_EQ(given.find, FindAs::name);
  EXPECT_EQ(given.generalise, Generaliser::drop);
  EXPECT_EQ(referral().at("/persons/0/location/current/region")->labels().generalise, Generaliser::keep);
  EXPECT_EQ(referral().at("/persons/0/location/current/city")->labels().generalise, Generaliser::drop);
  EXPECT_EQ(referral().at("/case/worker/name")->labels().category, "source_only");
  EXPECT_EQ(referral().at("/caller/phone")->labels().category, "source_only");
  EXPECT_EQ(referral().at("/caller/phone")->labels().find, FindAs::phone);
}

TEST(SchemaTest, WhereSomebodyElseLivesIsNotKeptWhenGeneralised) {
  for (const char* path :
       {"/persons/0/employment/employer/address/region", "/alleged_exploiters/0/address/country",
        "/persons/0/family/relatives/0/address/region"}) {
    EXPECT_EQ(referral().at(path)->labels().generalise, Generaliser::drop) << path;
  }
}

TEST(SchemaTest, ACodedFieldIsOneLeafAndKnowsItsSystem) {
  const SchemaNode* need = referral().at("/persons/0/needs/items/0/need");
  EXPECT_TRUE(need->is_coded());
  EXPECT_EQ(need->labels().codes, "need_service");
  const auto& leaves = referral().leaves();
  EXPECT_EQ(std::count(leaves.begin(), leaves.end(), "/persons/*/needs/items/*/need"), 1);
  EXPECT_EQ(std::count(leaves.begin(), leaves.end(), "/persons/*/needs/items/*/need/code"), 0);
  EXPECT_EQ(std::count(leaves.begin(), leaves.end(), "/persons/*/identity/aliases/*"), 1);
}

TEST(SchemaTest, EveryLeafHasACategoryAndCanBeFoundAgain) {
  ASSERT_GT(referral().leaves().size(), 100u);
  for (const std::string& leaf : referral().leaves()) {
    const SchemaNode* node = referral().at(leaf);
    ASSERT_NE(node, nullptr) << leaf;
    EXPECT_FALSE(node->labels().category.empty()) << leaf;
  }
}

TEST(SchemaTest, UnknownPathsLeadNowhere) {
  for (const char* path : {"persons", "/nobody", "/persons/x/id", "/persons/0/id/more", "/persons/0/"}) {
    EXPECT_EQ(referral().at(path), nullptr) << path;
  }
  EXPECT_EQ(referral().at(""), &referral().root());
}

}  // namespace
}  // namespace hotline
