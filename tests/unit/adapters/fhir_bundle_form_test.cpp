// The FHIR form by itself: what it refuses and where, what it resolves, and that ids tell nothing.
#include <gtest/gtest.h>

#include <algorithm>

#include "adapters/form/fhir_bundle.h"

namespace hotline {
namespace {

const Form& form() {
  static const auto made = FhirBundleForm::load(std::string(HOTLINE_ROOT) + "/adapters/fhir").value();
  return *made;
}

std::string bundle(const std::string& request, const std::string& others = "") {
  return R"({"resourceType":"Bundle","type":"collection","entry":[
    {"fullUrl":"http://a.example/fhir/Patient/p","resource":{"resourceType":"Patient","id":"p"}},
    {"resource":{"resourceType":"ServiceRequest","id":"r","status":"active","intent":"order")" +
         request + "}}" + others + "]}";
}

Error refusal(const std::string& text) {
  const auto read = form().read(text);
  EXPECT_FALSE(read) << text;
  return read ? Error{} : read.error();
}

struct Refused {
  std::string request, others;
  ErrorCode code;
  std::string pointer, expected;
};

TEST(FhirBundleForm, refuses_with_the_place_what_must_not_be_overlooked) {
  const std::string subject = R"(,"subject":{"reference":"Patient/p"})";
  const std::string at = "/entry/1/resource";
  for (const Refused& one : std::vector<Refused>{
           {subject + R"(,"modifierExtension":[{"url":"http://x.example/not","valueBoolean":true}])", "",
            ErrorCode::value_not_allowed, at + "/modifierExtension", "modifierExtension"},
           {subject + R"(,"implicitRules":"http://x.example/rules")", "", ErrorCode::value_not_allowed,
            at + "/implicitRules", "implicitRules"},
           {subject + R"(,"doNotPerform":true)", "", ErrorCode::value_not_allowed, at + "/doNotPerform",
            "doNotPerform"},
           {R"(,"subject":{"reference":"Group/g"})", R"(,{"resource":{"resourceType":"Group","id":"g"}})",
            ErrorCode::value_not_allowed, at + "/subject", "Patient"},
           {R"(,"subject":{"reference":"Patient/elsewhere"})", "", ErrorCode::reference_broken,
            at + "/subject", "Patient"},
           {"", "", ErrorCode::field_missing, at, "subject"}}) {
    const Error error = refusal(bundle(one.request, one.others));
    EXPECT_EQ(error.code, one.code) << one.request;
    EXPECT_EQ(error.pointer, one.pointer) << one.request;
    EXPECT_EQ(error.expected, one.expected) << one.request;
  }
}

TEST(FhirBundleForm, needs_somebody_whom_it_is_about) {
  EXPECT_EQ(refusal(R"({"resourceType":"Bundle","type":"collection"})").code, ErrorCode::field_missing);
  EXPECT_EQ(refusal(R"({"entry":[]})").pointer, "/resourceType");
}

TEST(FhirBundleForm, finds_the_patient_however_the_reference_is_written) {
  for (const char* reference : {"Patient/p", "http://a.example/fhir/Patient/p", "Patient/p/_history/2",
                                "http://b.example/x/Patient/p"}) {
    const auto read = form().read(bundle(R"(,"subject":{"reference":")" + std::string(reference) + "\"}"));
    ASSERT_TRUE(read) << reference;
    EXPECT_NE(resolve_pointer(read->tree, "/patients/0/requests/0/subject"), nullptr) << reference;
  }
}

TEST(FhirBundleForm, reads_a_fraction_as_the_digits_that_were_written) {
  const auto read = form().read(
      bundle(R"(,"subject":{"reference":"Patient/p"},"quantityQuantity":{"value":2.50,"unit":"h"})"));
  ASSERT_TRUE(read);
  const JsonValue* value = resolve_pointer(read->tree, "/patients/0/requests/0/quantityQuantity/value");
  ASSERT_NE(value, nullptr);
  EXPECT_EQ(as_text(*value), "2.50");
  EXPECT_EQ(read->place("/patients/0/requests/0/quantityQuantity/value"),
            "/entry/1/resource/quantityQuantity/value");
}

TEST(FhirBundleForm, an_integer_beyond_what_readers_hold_stays_refused) {
  const Error error = refusal(bundle(R"(,"subject":{"reference":"Patient/p"},"n":9007199254740993)"));
  EXPECT_EQ(error.code, ErrorCode::number_out_of_range);
}

// Found by changing examples at random: the empty list was moved out from under its own place.
TEST(FhirBundleForm, a_list_of_nothing_is_put_aside_and_keeps_its_place) {
  const auto read = form().read(
      R"({"resourceType":"Patient","name":[{"use":"official","given":[null],"family":"Costa","text":"B. Costa"}]})");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->place("/patients/0/legal/unfit/given/0"), "/name/0/given/0");
  EXPECT_EQ(as_text(*resolve_pointer(read->tree, "/patients/0/legal/family")), "Costa");
}

TEST(FhirBundleForm, a_request_entered_in_error_asks_for_nothing) {
  const auto read = form().read(
      R"({"resourceType":"Bundle","type":"collection","entry":[
        {"resource":{"resourceType":"Patient","id":"p"}},
        {"resource":{"resourceType":"ServiceRequest","status":"entered-in-error","subject":{"reference":"Patient/p"}}}]})");
  ASSERT_TRUE(read);
  EXPECT_EQ(resolve_pointer(read->tree, "/patients/0/requests"), nullptr);
  EXPECT_NE(resolve_pointer(read->tree, "/others/0"), nullptr);
}

TEST(FhirBundleForm, the_same_record_gives_the_same_ids_and_they_hold_no_name) {
  const auto tree = parse_json(
      R"({"referral":{"requisition":{"value":"r-1"}},"patients":[{"person":"p1","called":{"text":"Rosa"}}]})");
  const auto renamed = parse_json(
      R"({"referral":{"requisition":{"value":"r-1"}},"patients":[{"person":"p1","called":{"text":"Luz"}}]})");
  const auto url = [](const Shaped& made) {
    return std::string(as_text(*resolve_pointer(made.tree, "/entry/0/fullUrl")));
  };
  const auto first = form().give(*tree), second = form().give(*renamed);
  EXPECT_EQ(url(*first), url(*second));
  EXPECT_EQ(url(*first).substr(0, 9), "urn:uuid:");
}

TEST(FhirBundleForm, says_of_the_author_whom_the_record_does_not_name_that_it_is_unknown) {
  const auto tree =
      parse_json(R"({"patients":[{"person":"p1"}],"provenance":{"maps":[{"what":{"display":"us@1.0.0"}}]}})");
  const auto made = form().give(*tree);
  const JsonValue* who = resolve_pointer(made->tree, "/entry/2/resource/agent/0/who/extension/0/valueCode");
  ASSERT_NE(who, nullptr) << to_text(made->tree);
  EXPECT_EQ(as_text(*who), "unknown");
}

// What the laws found over generated Bundles: nothing is put together without its place.
std::string place_of(const Shaped& shaped, const std::string& pointer) {
  EXPECT_NE(resolve_pointer(shaped.tree, pointer), nullptr) << pointer << " in " << to_text(shaped.tree);
  return shaped.place(pointer);
}

Shaped taken(const std::string& text) {
  auto read = form().read(text);
  EXPECT_TRUE(read) << text;
  return read ? std::move(*read) : Shaped{};
}

Shaped patient(const std::string& members) {
  return taken(R"({"resourceType":"Patient","id":"p")" + members + "}");
}

TEST(FhirBundleForm, an_entry_without_a_resource_keeps_its_place) {
  const Shaped read =
      taken(R"({"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient"}},{}]})");
  EXPECT_EQ(place_of(read, "/others/0"), "/entry/1");
}

TEST(FhirBundleForm, the_only_given_name_is_where_it_was) {
  EXPECT_EQ(place_of(patient(R"(,"name":[{"given":["Rosa"]}])"), "/patients/0/legal/given"),
            "/name/0/given/0");
  EXPECT_EQ(place_of(patient(R"(,"name":[{"given":["Rosa","Luz"]}])"), "/patients/0/legal/given"),
            "/name/0/given");
}

TEST(FhirBundleForm, one_who_has_only_a_second_surname_keeps_it) {
  const Shaped read = patient(R"(,"name":[{"family":"Luna","_family":{"extension":[
    {"url":"http://hl7.org/fhir/StructureDefinition/humanname-mothers-family","valueString":"Luna"}]}}])");
  EXPECT_EQ(place_of(read, "/patients/0/legal/_family/humanname-mothers-family"),
            "/name/0/_family/extension/0/valueString");
}

TEST(FhirBundleForm, nothing_that_is_empty_goes_unsaid) {
  EXPECT_EQ(place_of(patient(R"(,"extension":[])"), "/patients/0/extension"), "/extension");
  const Shaped filled = taken(R"({"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient"}},
    {"resource":{"resourceType":"Task","status":"cancelled","businessStatus":{}}}]})");
  EXPECT_TRUE(std::any_of(filled.notes.begin(), filled.notes.end(), [](const FormNote& note) {
    return note.place == "/entry/1/resource/businessStatus" && note.reason == "empty" && note.lost;
  }));
}

TEST(FhirBundleForm, what_else_stands_in_an_extension_of_ours_stays_in_it) {
  const Shaped read = patient(
      R"(,"extension":[{"url":"tag:hotline-gateway.example,2026:fhir:pronouns","valueString":"ella","id":"x"}])");
  EXPECT_EQ(place_of(read, "/patients/0/pronouns"), "/extension/0/valueString");
  EXPECT_EQ(place_of(read, "/patients/0/extension/0/id"), "/extension/0/id");
}

TEST(FhirBundleForm, what_nobody_said_has_no_place) {
  const std::string subject = R"(,"subject":{"reference":"Patient/p"})";
  const Shaped read = taken(bundle(subject));
  EXPECT_EQ(place_of(read, "/patients/0/requests/0/code/token"), "");
  EXPECT_EQ(read.placeless, "assumed");
}

TEST(FhirBundleForm, only_the_one_whom_it_is_about_moves_to_the_front) {
  std::string entries;
  for (const char* id : {"a", "b", "c"})
    entries += std::string(R"({"resource":{"resourceType":"Patient","id":")") + id + R"("}},)";
  for (const char* id : {"b", "c", "a"})
    entries +=
        std::string(R"({"resource":{"resourceType":"ServiceRequest","subject":{"reference":"Patient/)") + id +
        R"("}}},)";
  entries.pop_back();
  const Shaped read = taken(R"({"resourceType":"Bundle","entry":[)" + entries + "]}");
  for (const auto& [place, id] : {std::pair{"0", "b"}, std::pair{"1", "a"}, std::pair{"2", "c"}})
    EXPECT_EQ(as_text(*resolve_pointer(read.tree, std::string("/patients/") + place + "/person")), id);
}

TEST(FhirBundleForm, a_relation_comes_home_by_the_identifier_that_we_wrote) {
  const auto tree = parse_json(
      R"({"patients":[{"person":"p1","relations":[{"person":"p1","kinship":{"text":"herself"}}]}]})");
  const auto given = form().give(*tree);
  const auto back = form().take(given->tree);
  ASSERT_TRUE(back);
  EXPECT_EQ(as_text(*resolve_pointer((*back)->tree, "/patients/0/relations/0/person")), "p1");
}

TEST(FhirBundleForm, a_consent_may_name_a_giver_who_is_nobody_here) {
  const Shaped read = taken(R"({"resourceType":"Bundle","entry":[
    {"fullUrl":"urn:uuid:1","resource":{"resourceType":"Patient","id":"p"}},
    {"resource":{"resourceType":"Consent","patient":{"reference":"Patient/p"},"extension":[
      {"url":"tag:hotline-gateway.example,2026:fhir:giver","extension":[{"url":"person","valueString":"x1"}]}]}}]})");
  EXPECT_EQ(resolve_pointer(read.tree, "/consents/0/giver/person"), nullptr);
  EXPECT_EQ(place_of(read, "/consents/0/giver/stranger"),
            "/entry/1/resource/extension/0/extension/0/valueString");
}

TEST(FhirBundleForm, a_purpose_is_where_its_code_is) {
  const Shaped read = taken(R"({"resourceType":"Bundle","entry":[
    {"fullUrl":"urn:uuid:1","resource":{"resourceType":"Patient","id":"p"}},
    {"resource":{"resourceType":"Consent","patient":{"reference":"Patient/p"},"provision":{"purpose":[
      {"system":"tag:hotline-gateway.example,2026:codes:purpose","code":"services"}]}}}]})");
  EXPECT_EQ(place_of(read, "/consents/0/provision/purposes/0/token"),
            "/entry/1/resource/provision/purpose/0/code");
}

}  // namespace
}  // namespace hotline
