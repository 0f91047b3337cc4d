#include "tests/support/refusals.h"

#include "gateway/http/message.h"

namespace hotline::test {
namespace {

constexpr const char* kNobody = "00000000-0000-4000-8000-000000000000";
constexpr const char* kConsent = "C-4182-1";
constexpr const char* kNoConsent = "C-0000-0";
constexpr const char* kSheriff = "sheriff";
constexpr const char* kAuditor = "auditor";

// The same call about somebody and about nobody.
Refusal about(std::string name, std::string node, std::string method, const std::string& before,
              const std::string& known, const std::string& unknown, const std::string& after = {},
              std::string client = "system", std::string body = {}) {
  if (method == "POST" && body.empty()) body = "{}";
  const Headers key = method == "POST" ? Headers{{"Idempotency-Key", "\"" + name + "\""}} : Headers{};
  const auto call = [&](const std::string& id) {
    return Gateways::Call{method, before + id + after, {}, body, key, client};
  };
  return {std::move(name), std::move(node), call(known), call(unknown)};
}

}  // namespace

KnownPerson make_somebody_known(const Gateways& network) {
  KnownPerson person;
  person.record = read_whole(
      repository() + "/adapters/ca/cases/seasonal-worker-goes-home-without-the-employer/national.json");
  const auto sent = network.json("ca", {"POST",
                                        "/v1/referrals",
                                        {{"to", "mx"}},
                                        person.record,
                                        {{"Idempotency-Key", "\"known\""}, {"Prefer", "wait=30"}}});
  person.referral = text_at(sent["referrals"][0], "id");
  person.decision = text_at(sent, "submission");
  return person;
}

std::vector<Refusal> equal_refusals(const KnownPerson& person) {
  const std::string& id = person.referral;
  const std::string item = "/v1/inbox/", referral = "/v1/referrals/", consent = "/v1/consents/";
  const std::string opening = R"({"reason":"needed_for_safety"})";
  return {
      // An enforcement body, whatever it asks.
      about("demand for a referral", "ca", "GET", referral, id, kNobody, "", kSheriff),
      about("demand for a consent", "ca", "GET", consent, kConsent, kNoConsent, "", kSheriff),
      about("demand for an account", "ca", "GET", consent, kConsent, kNoConsent, "/account", kSheriff),
      about("demand for a record", "mx", "GET", item, id, kNobody, "", kSheriff),
      about("demand to withdraw", "ca", "POST", consent, kConsent, kNoConsent, "/withdraw", kSheriff),
      // Another hotline's people, asked for by their right ids.
      about("another's referral", "us", "GET", referral, id, kNobody),
      about("another's consent", "us", "GET", consent, kConsent, kNoConsent),
      about("another's account", "us", "GET", consent, kConsent, kNoConsent, "/account"),
      about("another's decision", "us", "GET", "/v1/decisions/", person.decision, kNobody),
      about("the sender's consent, at the receiver", "mx", "GET", consent, kConsent, kNoConsent),
      about("the sender's decision, at the receiver", "mx", "GET", "/v1/decisions/", person.decision,
            kNobody),
      about("another's withdrawal", "us", "POST", consent, kConsent, kNoConsent, "/withdraw"),
      about("another's words", "us", "POST", consent, kConsent, kNoConsent, "/words"),
      about("another's status", "us", "POST", referral, id, kNobody, "/status", "system",
            R"({"status":"accepted"})"),
      about("another's record", "us", "GET", item, id, kNobody),
      about("another's story", "us", "POST", item, id, kNobody, "/narratives", "system", opening),
      about("another's acknowledgement", "us", "POST", item, id, kNobody, "/ack"),
      about("a purge of what was not taken back", "mx", "POST", "/v1/purges/", id, kNobody, "", "system",
            R"({"state":"erased"})"),
      // On the wrong side of a referral.
      about("our own referral as an arrival", "ca", "GET", item, id, kNobody),
      about("an arrival as our own, to complete", "mx", "POST", referral, id, kNobody, "/stages", "system",
            person.record),
      // Without the scope, before anything is looked at.
      about("a consent without the scope", "ca", "GET", consent, kConsent, kNoConsent, "", kAuditor),
      about("a record without the scope", "mx", "GET", item, id, kNobody, "", kAuditor),
  };
}

std::string whole_answer(const Reply& reply) {
  std::string whole = std::to_string(reply.status) + "\n" + reply.content_type + "\n" + reply.body;
  for (const auto& [name, value] : reply.headers) {
    if (!same_header_name(name, "Date")) whole += "\n" + name + ": " + value;
  }
  return whole;
}

}  // namespace hotline::test
