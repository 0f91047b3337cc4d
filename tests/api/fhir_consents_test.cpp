// A consent as a FHIR R4 Consent, in and out; what is sent to break it is refused with its place.
#include <gtest/gtest.h>

#include "tests/support/gateways.h"

namespace hotline::test {
namespace {

class FhirConsents : public testing::Test {
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
  static Gateways::Call post(const Json& body, const char* type) {
    return {"POST",
            "/v1/consents",
            {},
            to_text(body),
            {{"Content-Type", type}, {"Idempotency-Key", "\"fhir-" + std::to_string(++serial_) + '"'}}};
  }
  static Gateways::Call get(const std::string& id) {
    return {"GET", "/v1/consents/" + id, {}, {}, {{"Accept", "application/fhir+json"}}};
  }
  // Ours as a resource, under another id.
  static Json resource(const std::string& id) {
    network_->json("ca", post(kept(id + "-source"), "application/json"), 201);
    Json made = network_->json("ca", get(id + "-source"));
    set_text(made["identifier"][0], "value", id, made.GetAllocator());
    return made;
  }
  static void expect_refusal(const Json& body, const std::string& pointer, int status = 422) {
    const Reply reply = network_->call("ca", post(body, "application/fhir+json"));
    EXPECT_EQ(reply.status, status) << reply.body;
    EXPECT_NE(reply.body.find("\"pointer\":\"#" + pointer + '"'), std::string::npos) << reply.body;
  }

  static Gateways* network_;
  static int serial_;
};
Gateways* FhirConsents::network_ = nullptr;
int FhirConsents::serial_ = 0;

TEST_F(FhirConsents, OursIsAConsentOfR4AndSaysNothingMoreOfThePerson) {
  const Json made = resource("F-1");
  EXPECT_EQ(text_at(made, "resourceType"), "Consent");
  EXPECT_EQ(text_at(made, "status"), "active");
  EXPECT_EQ(text_at(made["provision"], "type"), "deny")
      << "the root denies; what is agreed is permitted below";
  EXPECT_EQ(text_at(made["patient"]["identifier"], "value"), "p1");
  EXPECT_EQ(member(made["patient"], "reference"), nullptr);
}

TEST_F(FhirConsents, GoesOutAndComesHomeAsTheSameConsent) {
  network_->json("ca", post(resource("F-2"), "application/fhir+json"), 201);
  const auto home = network_->json("ca", {"GET", "/v1/consents/F-2"});
  EXPECT_EQ(to_canonical(home["consent"]), to_canonical(kept("F-2")));
}

TEST_F(FhirConsents, AGuardiansNamesWhoGaveIt) {
  Json consent = kept("F-3");
  auto& allocator = consent.GetAllocator();
  set_text(consent["giver"], "person", "p2", allocator);
  set_text(consent["giver"]["relation"], "code", "parent_guardian", allocator);
  network_->json("ca", post(consent, "application/json"), 201);
  Json made = network_->json("ca", get("F-3"));
  set_text(made["identifier"][0], "value", "F-3b", made.GetAllocator());
  network_->json("ca", post(made, "application/fhir+json"), 201);
  const auto home = network_->json("ca", {"GET", "/v1/consents/F-3b"});
  EXPECT_EQ(text_at(home["consent"]["giver"], "person"), "p2");
}

TEST_F(FhirConsents, AWithdrawnOneIsInactive) {
  network_->json("ca", post(kept("F-4"), "application/json"), 201);
  network_->json("ca", {"POST", "/v1/consents/F-4/withdraw", {}, "{}"}, 202);
  EXPECT_EQ(text_at(network_->json("ca", get("F-4")), "status"), "inactive");
}

// "active" and a blanket permit of another maker are no consent of ours: it says neither to whom nor until
// when.
TEST_F(FhirConsents, OfAnotherMakerGrantsNothingByItself) {
  const auto other = parse_json(R"({"resourceType":"Consent","id":"3","status":"active",
    "scope":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/consentscope","code":"patient-privacy"}]},
    "category":[{"coding":[{"system":"http://loinc.org","code":"59284-0"}]}],"patient":{"reference":"Patient/2"},
    "dateTime":"2026-10-01","provision":{"type":"permit"}})");
  const Reply reply = network_->call("ca", post(*other, "application/fhir+json"));
  EXPECT_TRUE(reply.status == 422 || reply.body.find(R"("state":"given")") == std::string::npos)
      << reply.body;
}

TEST_F(FhirConsents, WhatIsWrongIsSaidAsAPlaceOfTheResource) {
  Json made = resource("F-5");
  set_text(made["provision"]["period"], "end", "2020-01-01T00:00:00Z", made.GetAllocator());
  expect_refusal(made, "/provision/period/end");
  made = resource("F-6");
  set_text(made, "dateTime", "2026-12-01T00:00:00Z", made.GetAllocator());
  expect_refusal(made, "/dateTime");
}

TEST_F(FhirConsents, HostileInput) {
  Json made = resource("F-7");
  auto& allocator = made.GetAllocator();
  auto modifier = parse_json(R"([{"url":"http://evil.example/not","valueBoolean":true}])");
  Json changed;
  changed.CopyFrom(made, changed.GetAllocator());
  set_member(changed, "modifierExtension", JsonValue(*modifier, changed.GetAllocator()),
             changed.GetAllocator());
  EXPECT_EQ(network_->call("ca", post(changed, "application/fhir+json")).status, 422)
      << "what a reader must not overlook";
  changed.CopyFrom(made, changed.GetAllocator());
  set_text(changed, "implicitRules", "http://evil.example/rules", changed.GetAllocator());
  EXPECT_EQ(network_->call("ca", post(changed, "application/fhir+json")).status, 422);
  changed.CopyFrom(made, changed.GetAllocator());
  set_text(changed, "resourceType", "Patient", changed.GetAllocator());
  expect_refusal(changed, "/resourceType");
  changed.CopyFrom(made, changed.GetAllocator());
  changed.RemoveMember("patient");
  expect_refusal(changed, "/patient");
  changed.CopyFrom(made, changed.GetAllocator());
  set_text(changed["patient"]["identifier"], "value", "../../etc \"'<script>", changed.GetAllocator());
  expect_refusal(changed, "/patient");
  set_text(made, "status", "no-such-status", allocator);
  EXPECT_LT(network_->call("ca", post(made, "application/fhir+json")).status, 500);
  for (const char* body :
       {"[]", "{}", "{\"resourceType\":\"Bundle\"}", "\"Consent\"",
        R"({"resourceType":"Consent","patient":"p1"})",
        R"({"resourceType":"Consent","patient":{"reference":"Patient/p1"},"provision":[]})"}) {
    const Reply reply = network_->call("ca", post(*parse_json(body), "application/fhir+json"));
    EXPECT_EQ(reply.status, 422) << body << reply.body;
  }
}

TEST_F(FhirConsents, OnlyWhereItIsTaken) {
  auto call = post(kept("F-8"), "application/fhir+json");
  call.path = "/v1/attestations";
  call.client = "supervisor";
  EXPECT_EQ(network_->call("ca", call).status, 415);
}

}  // namespace
}  // namespace hotline::test
