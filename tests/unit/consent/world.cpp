#include "tests/unit/consent/world.h"

#include <atomic>

#include "consent/consent.h"
#include "consent/statements.h"

namespace hotline::testing_world {
namespace {

template <class T>
T must(Result<T> result) {
  if (!result)
    throw std::runtime_error(std::string(to_string(result.error().code)) + " " + result.error().pointer +
                             " " + result.error().expected);
  return std::move(*result);
}

World load() {
  const std::string root = HOTLINE_ROOT;
  static const CodeSystems codes = must(CodeSystems::load(root));  // the schema keeps looking at it
  Schema schema = must(Schema::load(root + "/config/schema/referral.schema.json", &codes));
  return {std::move(schema), must(Policies::load(root)), must(ConsentTexts::load(root))};
}

void merge(JsonValue& into, const JsonValue& from, Json::AllocatorType& allocator) {
  for (const auto& each : from.GetObject()) {
    const std::string name(as_text(each.name));
    JsonValue* known = into.HasMember(name) ? &into[name] : nullptr;
    if (each.value.IsNull()) {
      into.RemoveMember(name);
    } else if (known != nullptr && known->IsObject() && each.value.IsObject()) {
      merge(*known, each.value, allocator);
    } else {
      into.RemoveMember(name);
      JsonValue copy(each.value, allocator);
      set_member(into, name, std::move(copy), allocator);
    }
  }
}

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& each : parts) out += (out.empty() ? "" : ",") + each;
  return out;
}

// Of the text that the consents below say was read.
const std::string& statement_hash() {
  static const std::string hash = must(Statements::load(HOTLINE_ROOT))
                                      .find("share-referral-services", "2026.1", LanguageTag("es-MX"))
                                      ->sha256;
  return hash;
}

constexpr const char* kConsent = R"({
  "consent_id": "@id@", "person": "@person@", "state": "given",
  "giver": {"relation": {"code": "self"}, "capacity_confirmed": true},
  "purposes": ["services"], "recipient": {"member": "mx", "country": "MX"}, "categories": @categories@,
  "onward": {"allowed": false}, "police_contact": false, "risks_explained": true, "withdrawal_explained": true,
  "service_not_conditional": true, "pressure_checked": true,
  "statement": {"id": "share-referral-services", "version": "2026.1", "language": "es-MX", "sha256": "@sha256@"},
  "channel": {"code": "phone"}, "form": "written_e_signature", "given_at": "2026-03-01T12:00:00Z",
  "time_zone": "America/Chicago", "until": "2026-03-31T12:00:00Z", "explained_by": "staff-17", "copy_offered": true,
  "age_band": {"code": "adult_unspecified"}, "policy_version": "@policy@"})";

}  // namespace

const World& World::get() {
  static const World world = load();
  return world;
}

std::string with(std::string text, const std::vector<std::pair<std::string, std::string>>& values) {
  for (const auto& [name, value] : values) {
    const std::string mark = "@" + name + "@";
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + value.size())) {
      text.replace(at, mark.size(), value);
    }
  }
  return text;
}

std::string grants(const std::vector<std::pair<std::string, std::string>>& levels) {
  std::vector<std::string> parts;
  for (const auto& [category, level] : levels) {
    parts.push_back(R"({"category": ")" + category + R"(", "level": ")" + level + R"("})");
  }
  return "[" + joined(parts) + "]";
}

std::string consent_json(const ConsentSpec& spec) {
  std::string categories = spec.categories;
  if (categories == "F") {
    std::vector<std::pair<std::string, std::string>> all;
    for (const Category& each : all_categories()) all.emplace_back(each.get(), "full");
    categories = grants(all);
  }
  Json consent = must(parse_json(with(kConsent, {{"id", spec.id},
                                                 {"person", spec.person},
                                                 {"categories", categories},
                                                 {"sha256", statement_hash()},
                                                 {"policy", to_mexico().recipient_policy_version}})));
  const Json overrides = must(parse_json(spec.overrides));
  merge(consent, overrides, consent.GetAllocator());
  return to_text(consent);
}

Referral record(const std::vector<std::string>& persons, const std::vector<std::string>& consents,
                const std::string& more) {
  const std::string text =
      R"({"schema_version": "1.0.0", "envelope": {"kind": "referral", "purpose": "services",
      "urgency": {"code": "standard"}, "origin_language": "es-MX"}, "persons": [)" +
      joined(persons) + R"(], "consents": [)" + joined(consents) + "]" + (more.empty() ? "" : "," + more) +
      "}";
  return must(Referral::from(must(parse_json(text)), World::get().schema));
}

std::string adult(const std::string& id) {
  return with(R"({"id": "@id@",
    "identity": {"given_names": "Yolotzin", "first_surname": "Quintanilla", "called_name": "Yoli",
                 "birth_date": "1991-05-03", "identifiers": [{"type": "curp", "value": "PUEX900101MDFRJC06"}]},
    "demographics": {"nationalities": ["MX"], "community": "Huautla", "marital_status": "single"},
    "orientation_gender": {"gender": {"code": "woman"}, "orientation": "bisexual"},
    "contact": {"safe_contact": {"contact_allowed": "yes"}, "phones": [{"number": "+12025550147"}]},
    "location": {"current": {"country": "US", "region": "US-TX", "city": "Amarillo", "street": "1200 Juniper Street"}},
    "languages": {"spoken": [{"language": "es-MX"}], "interpreter": {"needed": true, "language": "nhe"}},
    "immigration": {"programme": {"code": "us_h2b"}, "status_note": "visa expired in the spring"},
    "health": {"urgent": false, "injuries": "injured left shoulder"},
    "family": {"relatives": [{"name": "Ximena Zaldivar", "relation": "sister"}], "safety_planning_needed": true},
    "employment": {"employer": {"name": "Carnaval Grandview", "short_names": ["Grandview"]}, "started": "2025-04-12",
                   "sectors": [{"code": "carnival", "relation": "wider",
                                "original": {"system": "us", "code": "CARN", "label": "Carnival work"}}],
                   "wages_owed": {"amount": "4200.00", "currency": "USD"}},
    "exploitation": {"types": [{"code": "labour_carnival"}], "started": "2025-05-20"},
    "safety": {"stage": "recently_left", "police_choice": "no", "plan": "stay with the church group"},
    "needs": {"items": [{"need": {"code": "emergency_shelter"}}]},
    "legal": {"representatives": [{"name": "Berenice Ashdown", "phone": "+12025550188", "is_contact": true}]}})",
              {{"id", id}});
}

Instant now() {
  return *parse_instant("2026-03-02T12:00:00Z");
}

Request to_mexico() {
  Request request;
  request.sender = MemberId("us");
  request.sender_country = "US";
  request.recipient = MemberId("mx");
  request.recipient_country = "MX";
  request.recipient_policy_version = "mx-2026.1";
  request.purpose = Purpose("services");
  request.now = now();
  return request;
}

Decision decided(const Referral& referral, const Request& request,
                 const std::vector<Attestation>& attestations, const std::vector<ConsentId>& withdrawn) {
  return must(decide(referral, request, attestations, withdrawn, World::get().policies));
}

Result<std::vector<Disclosure>> disclosed(const Referral& referral, const Decision& decision) {
  const World& world = World::get();
  static std::atomic<unsigned> counter{0x1a2b3c};
  const auto uuid = [] {
    char text[40];
    std::snprintf(text, sizeof text, "9c0ffee0-aaaa-4bbb-8ccc-dddd%08x", counter++);
    return std::string(text);
  };
  return disclose(referral, decision,
                  {world.schema, world.texts, world.policies, MemberId("us"), uuid, "us@1.0.0"});
}

Level level(const Decision& decision, const std::string& person, const std::string& category) {
  return decision.of(PersonId(person))->of(category).level;
}

std::string rule(const Decision& decision, const std::string& person, const std::string& category) {
  return decision.of(PersonId(person))->of(category).rule.get();
}

Attestation emergency() {
  Attestation attestation;
  attestation.id = "att-1";
  attestation.ground = "imminent_harm_emergency";
  attestation.recipient = MemberId("mx");
  attestation.recipient_role = "emergency_services";
  attestation.categories = all_categories();
  attestation.attested_by = "staff-3";
  attestation.staff_role = "supervisor";
  attestation.at = *parse_instant("2026-03-02T11:50:00Z");
  attestation.until = *parse_instant("2026-03-02T12:30:00Z");
  return attestation;
}

}  // namespace hotline::testing_world
