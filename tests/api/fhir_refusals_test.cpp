// A FHIR Consent that says no, or yes with a limit that no consent of ours can hold, is never taken as a yes.
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/support/gateways.h"

namespace hotline::test {
namespace {

constexpr const char* kOurs = "tag:hotline-gateway.example,2026:fhir:";

class FhirRefusals : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    network_ = new Gateways(parse_instant("2026-11-21T12:00:00Z").value());
    network_->start("ca");
  }
  static void TearDownTestSuite() { delete network_; }

  static Json kept(const std::string& id) {
    auto record = read_json_file(
        repository() + "/adapters/ca/cases/seasonal-worker-goes-home-without-the-employer/canonical.json");
    Json out;
    out.CopyFrom((*record)["consents"][0], out.GetAllocator());
    set_text(out, "consent_id", id, out.GetAllocator());
    return out;
  }
  static Reply post(const Json& body, const char* type = "application/fhir+json") {
    return network_->call(
        "ca", {"POST",
               "/v1/consents",
               {},
               to_text(body),
               {{"Content-Type", type}, {"Idempotency-Key", "\"refuse-" + std::to_string(++serial_) + '"'}}});
  }
  static Json exported(const std::string& id) {
    return network_->json("ca", {"GET", "/v1/consents/" + id, {}, {}, {{"Accept", "application/fhir+json"}}});
  }
  // Ours as a resource, under an id that nobody used.
  static Json resource() {
    const std::string id = "R-" + std::to_string(++serial_);
    EXPECT_EQ(post(kept(id), "application/json").status, 201);
    Json made = exported(id);
    set_text(made["identifier"][0], "value", id + "-again", made.GetAllocator());
    return made;
  }
  // What stands at `pointer` of the resource is `json`; a list ends with "/-".
  static void put(Json& resource, const std::string& pointer, std::string_view json) {
    auto value = parse_json(json);
    ASSERT_TRUE(value) << json;
    const auto cut = pointer.rfind('/');
    auto* holder = const_cast<JsonValue*>(resolve_pointer(resource, pointer.substr(0, cut)));
    ASSERT_NE(holder, nullptr) << pointer;
    JsonValue copy(*value, resource.GetAllocator());
    const auto name = pointer.substr(cut + 1);
    if (holder->IsArray()) {
      holder->PushBack(copy, resource.GetAllocator());
    } else {
      set_member(*holder, name, std::move(copy), resource.GetAllocator());
    }
  }
  static void expect_refusal(const Json& body, const std::string& pointer, const std::string& word) {
    const Reply reply = post(body);
    EXPECT_EQ(reply.status, 422) << reply.body;
    EXPECT_NE(reply.body.find("\"pointer\":\"#" + pointer + '"'), std::string::npos) << pointer << reply.body;
    EXPECT_NE(reply.body.find('"' + word + '"'), std::string::npos) << word << reply.body;
  }

  static Gateways* network_;
  static int serial_;
};
Gateways* FhirRefusals::network_ = nullptr;
int FhirRefusals::serial_ = 0;

TEST_F(FhirRefusals, OnlyActiveMayBeAYesAndAgreesWithTheState) {
  for (const char* status : {"inactive", "rejected", "proposed", "draft"}) {
    Json made = resource();
    set_text(made, "status", status, made.GetAllocator());
    expect_refusal(made, "/status", "consent_status_disagrees");
  }
  for (const char* status : {"entered-in-error", "no-such-status", ""}) {
    Json made = resource();
    set_text(made, "status", status, made.GetAllocator());
    expect_refusal(made, "/status", "consent_status");
  }
  Json made = resource();
  put(made, "/extension/0/valueCode", R"("refused")");
  ASSERT_EQ(text_at(made["extension"][0], "url"), std::string(kOurs) + "state");
  expect_refusal(made, "/status", "consent_status_disagrees");
}

TEST_F(FhirRefusals, ANoIsTakenAsOne) {
  Json made = resource();
  auto& extensions = made["extension"];
  extensions.Erase(extensions.Begin());
  set_text(made, "status", "rejected", made.GetAllocator());
  for (auto& each : made["provision"]["provision"].GetArray())
    set_text(each, "type", "deny", made.GetAllocator());
  const Reply reply = post(made);
  EXPECT_EQ(reply.status, 201) << reply.body;
  EXPECT_NE(reply.body.find(R"("state":"refused")"), std::string::npos) << reply.body;
}

TEST_F(FhirRefusals, WhateverMayNarrowAndIsNotUnderstoodRefuses) {
  struct Case {
    const char* place;
    const char* json;
    const char* pointer;
    const char* word;
  };
  const std::vector<Case> cases{
      {"/provision/provision/0/type", R"("deny")", "/provision/provision/0/type", "consent_says_no"},
      {"/provision/provision/0/provision", R"([{"type":"deny"}])", "/provision/provision/0/provision/0/type",
       "consent_not_understood"},
      {"/policyRule", R"({"coding":[{"code":"OPTOUT"}]})", "/policyRule", "consent_not_understood"},
      {"/policy/-", R"({"uri":"http://x.example/other"})", "/policy/1", "consent_not_understood"},
      {"/verification", R"([{"verified":true},{"verified":false}])", "/verification/1/verified",
       "consent_says_no"},
      {"/verification", R"({"verified":false})", "/verification/verified", "consent_says_no"},
      {"/meta/security", R"([{"code":"R"}])", "/meta/security/0/code", "consent_not_understood"},
      {"/provision/purpose/-", R"({"display":"only this"})", "/provision/purpose/1/display",
       "consent_not_understood"},
      {"/provision/modifierExtension", R"([{"url":"http://x.example/not","valueBoolean":true}])",
       "/provision/modifierExtension", "modifier_extension"},
      {"/provision/provision/0/modifierExtension", R"([{"url":"http://x.example/not","valueBoolean":true}])",
       "/provision/provision/0/modifierExtension", "modifier_extension"},
      {"/provision/provision/0/actor", R"([{"reference":{"display":"Police"}}])",
       "/provision/provision/0/actor/0/reference/display", "consent_not_understood"},
      {"/provision/provision/0/period", R"({"end":"2020-02-01"})", "/provision/provision/0/period/end",
       "consent_not_understood"},
      {"/provision/provision/0/purpose", R"([{"code":"HRESCH"}])", "/provision/provision/0/purpose/0/code",
       "consent_not_understood"},
      {"/provision/provision/0/dataPeriod", R"({"start":"2020-01-01"})",
       "/provision/provision/0/dataPeriod/start", "consent_not_understood"},
      {"/provision/dataPeriod", R"({"end":"2020-01-01"})", "/provision/dataPeriod/end",
       "consent_not_understood"},
      {"/provision/action", R"([{"coding":[{"code":"access"}]}])", "/provision/action/0/coding/0/code",
       "consent_not_understood"},
      {"/provision/code", R"([{"text":"only labs"}])", "/provision/code/0/text", "consent_not_understood"},
      {"/provision/purpose/-", R"({"system":"http://x.example","code":"LEGAL"})", "/provision/purpose/1/code",
       "consent_not_understood"},
      {"/provision/type", R"("forbid")", "/provision/type", "consent_not_understood"},
      {"/provision/extension", R"([{"url":"http://x.example/only","valueString":"labs"}])",
       "/provision/extension/0/url", "consent_not_understood"},
      {"/provision/period/start", R"("2027-01-01T00:00:00Z")", "/provision/period/start", "consent_not_yet"},
      {"/provision/period/start", R"("2026-11-22")", "/provision/period/start", "consent_not_yet"},
      {"/provision/period/start", R"("2026")", "/provision/period/start", "consent_not_yet"},
      {"/scope/coding/-",
       R"({"system":"http://terminology.hl7.org/CodeSystem/consentscope","code":"research"})",
       "/scope/coding/1", "consent_not_understood"},
      {"/scope",
       R"({"coding":[{"system":"http://terminology.hl7.org/CodeSystem/consentscope","code":"research"}]})",
       "/scope/coding/0", "consent_not_understood"},
      {"/category", R"([{"coding":[{"code":"dnr"}]}])", "/category/0/coding/0", "consent_not_understood"},
      {"/provision/actor/-", R"({"reference":{"display":"Police"}})", "/provision/actor/1",
       "consent_one_recipient"},
      {"/performer", R"([{"reference":"RelatedPerson/x"}])", "/performer/0", "consent_not_understood"},
      {"/contained", R"([{"resourceType":"Consent","id":"z","status":"rejected"}])", "/contained/0/status",
       "consent_not_understood"},
      {"/_status", R"({"extension":[{"url":"http://x.example","valueBoolean":false}]})",
       "/_status/extension/0/url", "consent_not_understood"},
      {"/extension/-", R"({"url":"tag:hotline-gateway.example,2026:fhir:no_such","valueBoolean":false})",
       "/extension/17/url", "consent_not_understood"},
  };
  for (const Case& each : cases) {
    SCOPED_TRACE(each.place);
    Json made = resource();
    put(made, each.place, each.json);
    expect_refusal(made, each.pointer, each.word);
  }
}

TEST_F(FhirRefusals, OneExtensionHasOneValue) {
  for (const auto& [name, json] : std::vector<std::pair<std::string, std::string>>{
           {"state", R"("valueCode":"refused")"},
           {"onward_allowed", R"("valueBoolean":true)"},
           {"pressure_checked", R"("valueBoolean":false)"},
           {"statement", R"("extension":[{"url":"id","valueString":"other"}])"}}) {
    SCOPED_TRACE(name);
    Json made = resource();
    put(made, "/extension/-", R"({"url":")" + (kOurs + name) + "\"," + json + '}');
    expect_refusal(made, "/extension/17", "consent_extension_twice");
  }
}

TEST_F(FhirRefusals, WhatLimitsNothingIsToldAndWhatWasReadIsNot) {
  Json made = resource();
  put(made, "/organization", R"([{"display":"Clinic"}])");
  put(made, "/provision/period/start", R"("2026-11-01T00:00:00Z")");
  put(made, "/extension/-", R"({"url":"http://x.example/colour","valueString":"blue"})");
  put(made, "/extension/-", to_text(made["extension"][2]));
  put(made, "/provision/provision/0/type", R"("permit")");
  const Reply reply = post(made);
  ASSERT_EQ(reply.status, 201) << reply.body;
  const auto answer = parse_json(reply.body);
  const auto dropped = to_text((*answer)["dropped"]);
  EXPECT_NE(dropped.find("/organization/0/display"), std::string::npos) << dropped;
  EXPECT_NE(dropped.find("/extension/17/valueString"), std::string::npos) << dropped;
  for (const char* read : {"\"/status\"", "\"/resourceType\"", "/provision/", "/scope", "/category",
                           "/policy", "\"/patient/reference\""})
    EXPECT_EQ(dropped.find(read), std::string::npos) << read << dropped;
}

TEST_F(FhirRefusals, ADenialOfWhatIsWithheldAgrees) {
  Json made = resource();
  ASSERT_EQ(text_at(made["provision"]["provision"][8]["extension"][0], "valueCode"), "withheld");
  put(made, "/provision/provision/8/type", R"("deny")");
  EXPECT_EQ(post(made).status, 201);
}

// Every state goes out with the status that it is read with.
TEST_F(FhirRefusals, EveryStateComesHome) {
  for (const char* state : {"given", "renewed", "requested", "refused", "expired", "terminated", "unknown"}) {
    SCOPED_TRACE(state);
    const auto id = std::string("S-") + state;
    Json consent = kept(id);
    set_text(consent, "state", state, consent.GetAllocator());
    ASSERT_EQ(post(consent, "application/json").status, 201);
    Json made = exported(id);
    set_text(made["identifier"][0], "value", id + "-b", made.GetAllocator());
    ASSERT_EQ(post(made).status, 201);
    set_text(consent, "consent_id", id + "-b", consent.GetAllocator());
    const auto home = network_->json("ca", {"GET", "/v1/consents/" + id + "-b"});
    EXPECT_EQ(to_canonical(home["consent"]), to_canonical(consent));
  }
}

TEST_F(FhirRefusals, AWithdrawnOneGoesOutAsWithdrawnAndIsNotAliveElsewhere) {
  for (const char* body : {"{}", R"({"confirmation":"pending"})"}) {
    const auto id = "W-" + std::to_string(++serial_);
    ASSERT_EQ(post(kept(id), "application/json").status, 201);
    network_->json("ca", {"POST", "/v1/consents/" + id + "/withdraw", {}, body}, 202);
    Json made = exported(id);
    EXPECT_EQ(text_at(made, "status"), "inactive");
    EXPECT_NE(to_text(made).find(body == std::string("{}") ? R"("withdrawn")" : R"("unknown")"),
              std::string::npos);
    set_text(made["identifier"][0], "value", id + "-b", made.GetAllocator());
    const Reply reply = post(made);
    EXPECT_EQ(reply.body.find(R"("state":"given")"), std::string::npos) << reply.body;
    set_text(made, "status", "active", made.GetAllocator());
    expect_refusal(made, "/status", "consent_status_disagrees");
  }
}

TEST_F(FhirRefusals, NoStateIsFromTheFuture) {
  for (const char* state : {"refused", "requested", "expired", "unknown"}) {
    Json consent = kept("T-" + std::string(state));
    set_text(consent, "state", state, consent.GetAllocator());
    set_text(consent, "given_at", "9000-01-01T00:00:00Z", consent.GetAllocator());
    const Reply reply = post(consent, "application/json");
    EXPECT_EQ(reply.status, 422) << state;
    EXPECT_NE(reply.body.find("consent_from_the_future"), std::string::npos) << reply.body;
  }
}

}  // namespace
}  // namespace hotline::test
