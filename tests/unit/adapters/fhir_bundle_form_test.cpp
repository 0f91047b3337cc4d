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
            ErrorCode::value_not_allowed, at + "/modifierExtension", "modifier_extension"},
           {subject + R"(,"implicitRules":"http://x.example/rules")", "", ErrorCode::value_not_allowed,
            at + "/implicitRules", "implicit_rules"},
           {subject + R"(,"doNotPerform":true)", "", ErrorCode::value_not_allowed, at + "/doNotPerform",
            "do_not_perform"},
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
  for (const char* reference : {"Patient/p", "http://a.example/fhir/Patient/p", "Patient/p/_history/2"}) {
    const auto read = form().read(bundle(R"(,"subject":{"reference":")" + std::string(reference) + "\"}"));
    ASSERT_TRUE(read) << reference;
    EXPECT_NE(resolve_pointer(read->tree, "/patients/0/requests/0/subject"), nullptr) << reference;
  }
}

// A Bundle of patients of one id, each at its own fullUrl ("" for none), and a request for one of them.
std::string patients_of_one_id(const std::vector<std::string>& urls, const std::string& request_url,
                               const std::string& subject) {
  std::string entries;
  int n = 0;
  for (const std::string& url : urls)
    entries += "{" + (url.empty() ? "" : R"("fullUrl":")" + url + "\",") +
               R"("resource":{"resourceType":"Patient","id":"p","birthDate":")" + std::to_string(1990 + n++) +
               R"("}},)";
  return R"({"resourceType":"Bundle","type":"collection","entry":[)" + entries + "{" +
         (request_url.empty() ? "" : R"("fullUrl":")" + request_url + "\",") +
         R"("resource":{"resourceType":"ServiceRequest","id":"r","status":"active","intent":"order",
            "subject":{"reference":")" +
         subject + R"("}}}]})";
}

struct Resolved {
  std::vector<std::string> urls;
  std::string request_url, subject;
  std::string born;  // of the one who is meant; "" when nobody is
  std::string pointer;
};

TEST(FhirBundleForm, reads_a_relative_reference_against_the_server_of_its_own_entry) {
  const std::string a = "https://a.example/fhir/Patient/p", b = "https://b.example/fhir/Patient/p";
  const std::string urn1 = "urn:uuid:1", urn2 = "urn:uuid:2",
                    at_b = "https://b.example/fhir/ServiceRequest/r";
  const std::string two = "/entry/2/resource/subject/reference";
  for (const Resolved& one : std::vector<Resolved>{
           {{a, b}, at_b, "Patient/p", "1991", {}},
           {{a, b}, "https://a.example/fhir/ServiceRequest/r", "Patient/p", "1990", {}},
           {{a, b}, at_b, a, "1990", {}},
           {{urn1, urn2}, "urn:uuid:3", "urn:uuid:2", "1991", {}},
           {{a, b}, at_b, "Patient/p/_history/3", "1991", {}},
           {{urn1}, at_b, "Patient/p", "1990", {}},
           {{""}, "", "Patient/p", "1990", {}},
           {{a}, at_b, "Patient/p", "", "/entry/1/resource/subject"},
           {{a}, "", "http://c.example/fhir/Patient/p", "", "/entry/1/resource/subject"},
           {{a, b}, "https://c.example/ServiceRequest/r", "Patient/p", "", "/entry/2/resource/subject"},
           {{a, b}, "", "Patient/p", "", two},
           {{urn1, urn2}, at_b, "Patient/p", "", two},
           {{a, a}, at_b, a, "", two},
           {{"", ""}, "", "Patient/p", "", two}}) {
    const std::string text = patients_of_one_id(one.urls, one.request_url, one.subject);
    if (one.born.empty()) {
      const Error error = refusal(text);
      EXPECT_EQ(error.code, ErrorCode::reference_broken) << text;
      EXPECT_EQ(error.pointer, one.pointer) << text;
      continue;
    }
    const auto read = form().read(text);
    ASSERT_TRUE(read) << text;
    ASSERT_NE(resolve_pointer(read->tree, "/patients/0/requests/0"), nullptr) << text;
    EXPECT_EQ(as_text(*resolve_pointer(read->tree, "/patients/0/birthDate")), one.born) << text;
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

std::string with_request(const std::string& request, const std::string& around = "",
                         const std::string& more = "") {
  return R"({"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","id":"p"}},
      {"resource":{"resourceType":"ServiceRequest","subject":{"reference":"Patient/p"},)" +
         request + "}" + around + "}" + more + "]}";
}

TEST(FhirBundleForm, a_bundle_that_asks_for_nothing_any_more_is_refused) {
  for (const char* status : {"revoked", "entered-in-error", "completed"}) {
    const Error error = refusal(with_request(R"("status":")" + std::string(status) + "\""));
    EXPECT_EQ(error.code, ErrorCode::value_not_allowed) << status;
    EXPECT_EQ(error.pointer, "/entry/1/resource/status");
    EXPECT_EQ(error.expected, "request_is_over");
  }
  EXPECT_EQ(
      refusal(with_request(R"("status":"active")", R"(,"request":{"method":"DELETE","url":"x"})")).pointer,
      "/entry/1/request/method");
}

TEST(FhirBundleForm, what_is_over_asks_for_nothing_beside_what_is_not) {
  const auto read = form().read(with_request(
      R"("status":"revoked")", "",
      R"(,{"resource":{"resourceType":"ServiceRequest","id":"two","status":"active","subject":{"reference":"Patient/p"}}})"));
  ASSERT_TRUE(read);
  EXPECT_EQ(as_text(*resolve_pointer(read->tree, "/patients/0/requests/0/id")), "two");
  EXPECT_EQ(resolve_pointer(read->tree, "/patients/0/requests/1"), nullptr);
  EXPECT_NE(resolve_pointer(read->tree, "/retracted/0/status"), nullptr);
  const auto followed = form().read(with_request(
      R"("id":"r","status":"completed")", "",
      R"(,{"resource":{"resourceType":"Task","status":"completed","focus":{"reference":"ServiceRequest/r"}}})"));
  ASSERT_TRUE(followed) << "the Task says what became of it";
  EXPECT_NE(resolve_pointer(followed->tree, "/patients/0/requests/0"), nullptr);
}

TEST(FhirBundleForm, what_has_ended_is_not_current) {
  const auto read = form().read(R"({"resourceType":"Patient","name":[
      {"use":"official","family":"Former","period":{"end":"2001-01"}},
      {"family":"Now","period":{"end":"9998"}}],
    "telecom":[{"system":"phone","use":"mobile","value":"+12125550120","period":{"end":"2001-01-01T00:00:00Z"}},
      {"system":"phone","use":"mobile","value":"+12125550121","period":{"start":"2001"}}],
    "address":[{"use":"home","city":"Oldtown","period":{"end":"2001-01-01"}}]})");
  ASSERT_TRUE(read);
  const auto said = [&](const char* pointer) {
    const JsonValue* value = resolve_pointer(read->tree, pointer);
    return value == nullptr ? std::string("(absent)") : std::string(as_text(*value));
  };
  EXPECT_EQ(said("/patients/0/legal/family"), "Now");
  EXPECT_EQ(said("/patients/0/aliases/0/family"), "Former");
  EXPECT_EQ(said("/patients/0/phones/0/value"), "+12125550121");
  EXPECT_EQ(resolve_pointer(read->tree, "/patients/0/current"), nullptr);
  EXPECT_EQ(said("/patients/0/former/1/city"), "Oldtown");
}

TEST(FhirBundleForm, an_extension_stands_beside_its_number) {
  const auto read = form().read(R"({"resourceType":"Patient","telecom":[
      {"system":"phone","value":"tel:+1-212-555-0199;ext=22"}]})");
  ASSERT_TRUE(read);
  EXPECT_EQ(as_text(*resolve_pointer(read->tree, "/patients/0/phones/0/value")), "+12125550199");
  EXPECT_EQ(as_text(*resolve_pointer(read->tree, "/patients/0/phones/0/note")), "ext. 22");
}

TEST(FhirBundleForm, a_language_is_read_only_where_its_list_is_one_of_languages) {
  const auto spoken = [](const std::string& system) {
    const auto read = form().read(R"({"resourceType":"Patient","communication":[{"preferred":true,"language":
        {"coding":[{)" + (system.empty() ? "" : R"("system":")" + system + "\",") +
                                  R"("code":"es","display":"Estonian"}]}}]})");
    EXPECT_TRUE(read);
    const JsonValue* token = resolve_pointer(read->tree, "/patients/0/preferred_language/language/token");
    return token == nullptr ? std::string() : std::string(as_text(*token));
  };
  EXPECT_EQ(spoken("urn:ietf:bcp:47"), "es");
  EXPECT_EQ(spoken(""), "es");
  EXPECT_EQ(spoken("http://hospital.example/local-languages"), "");
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
