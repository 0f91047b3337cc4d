// Any JSON as a canonical record: it is refused, or it is decided and redacted for every hotline, and what
// leaves is a record again that the receiver accepts.
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "adapters/engine/profiles.h"
#include "config/policy.h"
#include "consent/decide.h"
#include "consent/redact.h"
#include "consent/texts.h"
#include "i18n/codes.h"

namespace {

using namespace hotline;

struct Data {
  std::string root = HOTLINE_ROOT;
  CodeSystems codes = CodeSystems::load(root).value();
  Schema schema = Schema::load(root + "/config/schema/referral.schema.json", &codes).value();
  Policies policies = Policies::load(root).value();
  ConsentTexts texts = ConsentTexts::load(root).value();
};

std::string next_uuid() {
  static unsigned counter = 0;
  char text[40];
  std::snprintf(text, sizeof text, "3d0c1e52-7a44-4b1f-9e21-%012x", ++counter);
  return text;
}

Request request(const Referral& referral, const char* member, const char* country) {
  Request request;
  request.sender = MemberId("us");
  request.sender_country = "US";
  request.recipient = MemberId(member);
  request.recipient_country = country;
  request.recipient_policy_version = std::string(member) + "-2026.1";
  request.purpose = Purpose(std::string(referral.purpose()));
  request.now = parse_instant("2026-11-21T12:00:00Z").value();
  return request;
}

void must_be_a_record(const std::string& bytes, const Schema& schema) {
  const auto sent = parse_json(bytes, {bytes.size(), 32});
  const JsonValue* inside = sent ? member(*sent, "referral") : nullptr;
  if (inside == nullptr) std::abort();
  Json document;
  document.CopyFrom(*inside, document.GetAllocator());
  if (!Referral::from(std::move(document), schema)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static const Data* data = new Data();
  auto json = parse_json({reinterpret_cast<const char*>(bytes), size});
  if (!json) return 0;
  const auto referral = Referral::from(std::move(*json), data->schema);
  if (!referral) return 0;
  const DisclosureInputs inputs{data->schema,   data->texts, data->policies,
                                MemberId("us"), next_uuid,   "us@1.0.0"};
  for (const auto& [member, country] : {std::pair{"mx", "MX"}, std::pair{"ca", "CA"}}) {
    const auto decision = decide(*referral, request(*referral, member, country), {}, {}, data->policies);
    if (!decision) continue;
    const auto disclosures = disclose(*referral, *decision, inputs);
    if (!disclosures) continue;
    for (const Disclosure& disclosure : *disclosures) must_be_a_record(disclosure.bytes(), data->schema);
  }
  return 0;
}
