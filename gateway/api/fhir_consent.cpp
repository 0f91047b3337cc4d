#include "gateway/api/fhir_consent.h"

#include <algorithm>

#include "gateway/api/fhir_refusals.h"

namespace hotline {
namespace {

constexpr std::string_view kResourcePrefix = "/entry/0/resource";
constexpr std::string_view kConsentPrefix = "/consents/0";
constexpr const char* kRequest = R"({"resource":{"resourceType":"ServiceRequest","id":"r","status":"active",)"
                                 R"("intent":"order","subject":{"reference":"Patient/p"}}})";

// "https://ehr.example/fhir/Patient/17/_history/2" is 17; an identifier is its value.
std::string person_named(const JsonValue& resource) {
  const JsonValue* patient = member(resource, "patient");
  if (patient == nullptr || !patient->IsObject()) return {};
  std::string_view reference = text_at(*patient, "reference");
  if (const auto history = reference.find("/_history/"); history != std::string_view::npos)
    reference = reference.substr(0, history);
  if (const auto slash = reference.rfind('/'); slash != std::string_view::npos)
    reference.remove_prefix(slash + 1);
  if (!reference.empty()) return std::string(reference);
  const JsonValue* identifier = member(*patient, "identifier");
  return identifier == nullptr ? std::string() : std::string(text_at(*identifier, "value"));
}

bool is_local_id(std::string_view id) {
  return !id.empty() && id.size() <= 64 &&
         id.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-") ==
             std::string_view::npos;
}

// Who else the consent speaks of by a local id: the giver, when somebody else gave it. A text that stands in
// an extension whose url ends in "person".
void persons_within(const JsonValue& value, std::vector<std::string>& ids) {
  if (value.IsArray()) {
    for (const auto& each : value.GetArray()) persons_within(each, ids);
  } else if (value.IsObject()) {
    const auto id = text_at(value, "valueString");
    if (text_at(value, "url") == "person" && is_local_id(id) &&
        std::find(ids.begin(), ids.end(), id) == ids.end()) {
      ids.emplace_back(id);
    }
    if (const JsonValue* inner = member(value, "extension")) persons_within(*inner, ids);
  }
}

Json bundle_of(const JsonValue& resource, const std::vector<std::string>& persons) {
  Json bundle(rapidjson::kObjectType);
  auto& allocator = bundle.GetAllocator();
  set_text(bundle, "resourceType", "Bundle", allocator);
  set_text(bundle, "type", "collection", allocator);
  JsonValue entries(rapidjson::kArrayType);
  const auto add = [&](JsonValue&& one) {
    JsonValue entry(rapidjson::kObjectType);
    set_member(entry, "resource", std::move(one), allocator);
    entries.PushBack(entry, allocator);
  };
  JsonValue consent(resource, allocator);
  JsonValue subject(rapidjson::kObjectType);
  set_text(subject, "reference", "Patient/" + persons.front(), allocator);
  set_member(consent, "patient", std::move(subject), allocator);
  add(std::move(consent));
  for (const auto& person : persons) {
    JsonValue patient(rapidjson::kObjectType);
    set_text(patient, "resourceType", "Patient", allocator);
    set_text(patient, "id", person, allocator);
    add(std::move(patient));
  }
  if (auto request = parse_json(kRequest)) {
    JsonValue made((*request)["resource"], allocator);
    JsonValue of(rapidjson::kObjectType);
    set_text(of, "reference", "Patient/" + persons.front(), allocator);
    set_member(made, "subject", std::move(of), allocator);
    add(std::move(made));
  }
  set_member(bundle, "entry", std::move(entries), allocator);
  return bundle;
}

std::string below(std::string_view pointer, std::string_view prefix) {
  return pointer.starts_with(prefix) ? std::string(pointer.substr(prefix.size())) : std::string();
}

Error within_resource(Error error) {
  error.pointer = below(error.pointer, kResourcePrefix);
  for (Fault& fault : error.more) fault.pointer = below(fault.pointer, kResourcePrefix);
  return error;
}

// The place that `canonical` came from; of what is not there, the nearest that holds it.
std::string source_of(const MappingReport& report, std::string canonical) {
  const std::vector<ReportLine> lines = report.lines();
  for (; canonical.size() > kConsentPrefix.size(); canonical.erase(canonical.rfind('/'))) {
    for (const ReportLine& line : lines) {
      if (line.target == canonical || line.target.starts_with(canonical + '/'))
        return below(line.source, kResourcePrefix);
    }
  }
  return {};
}

}  // namespace

Result<FromFhir> consent_from_fhir(const Profile& fhir, const JsonValue& resource, Instant now) {
  if (!resource.IsObject()) return fail(ErrorCode::type_mismatch, {}, "object");
  if (text_at(resource, "resourceType") != "Consent")
    return fail(ErrorCode::value_not_allowed, "/resourceType", "Consent");
  if (auto sound = check_fhir_consent(resource); !sound) return fail(std::move(sound.error()));
  std::vector<std::string> persons{person_named(resource)};
  if (persons.front().empty()) return fail(ErrorCode::field_missing, "/patient", "reference");
  if (!is_local_id(persons.front())) return fail(ErrorCode::pattern_mismatch, "/patient", "id");
  if (const JsonValue* extensions = member(resource, "extension")) persons_within(*extensions, persons);
  auto record = fhir.to_canonical(bundle_of(resource, persons));
  if (!record) return fail(within_resource(std::move(record.error())));
  const JsonValue* consents = member(record->referral.json(), "consents");
  if (consents == nullptr || consents->Size() != 1) return fail(ErrorCode::field_missing, {}, "Consent");
  FromFhir made;
  made.consent.CopyFrom((*consents)[0], made.consent.GetAllocator());
  for (const ReportLine& line : record->report.lines()) {
    const std::string place = below(line.source, kResourcePrefix);
    if (line.fate == Fate::dropped && !place.empty()) made.dropped.push_back(place);
  }
  if (auto whole = check_fhir_grant(resource, text_at(made.consent, "state"), now, made.dropped); !whole)
    return fail(std::move(whole.error()));
  made.report = std::move(record->report);
  return made;
}

Error places_in_resource(Error error, const MappingReport& report) {
  const auto said = [&](std::string& pointer) {
    pointer = source_of(report, std::string(kConsentPrefix) + pointer);
  };
  said(error.pointer);
  for (Fault& fault : error.more) said(fault.pointer);
  return error;
}

Result<Json> consent_to_fhir(const Profile& fhir, const Schema& canonical, const JsonValue& consent,
                             std::int64_t version) {
  auto record = parse_json(
      R"({"schema_version":"1.1.0","envelope":{"kind":"referral","purpose":"services","urgency":{"code":"standard"}},)"
      R"("persons":[],"consents":[]})");
  if (!record) return fail(std::move(record.error()));
  auto& allocator = record->GetAllocator();
  const std::string person(text_at(consent, "person"));
  const JsonValue* giver = member(consent, "giver");
  for (const std::string& id : {person, std::string(giver ? text_at(*giver, "person") : "")}) {
    if (id.empty() || (!(*record)["persons"].Empty() && id == person)) continue;
    JsonValue one(rapidjson::kObjectType);
    set_text(one, "id", id, allocator);
    (*record)["persons"].PushBack(one, allocator);
  }
  (*record)["consents"].PushBack(JsonValue(consent, allocator), allocator);
  auto referral = Referral::from(std::move(*record), canonical, nullptr, Opinions::own);
  if (!referral) return fail(std::move(referral.error()));
  auto bundle = fhir.from_canonical(*referral, {});
  if (!bundle) return fail(std::move(bundle.error()));
  Json out;
  for (const auto& entry : bundle->record["entry"].GetArray()) {
    if (text_at(entry["resource"], "resourceType") == "Consent")
      out.CopyFrom(entry["resource"], out.GetAllocator());
  }
  if (!out.IsObject()) return fail(ErrorCode::mapping_incomplete, {}, "Consent");
  JsonValue identifier(rapidjson::kObjectType);
  set_text(identifier, "value", person, out.GetAllocator());
  JsonValue patient(rapidjson::kObjectType);
  set_member(patient, "identifier", std::move(identifier), out.GetAllocator());
  set_member(out, "patient", std::move(patient), out.GetAllocator());
  JsonValue meta(rapidjson::kObjectType);
  set_text(meta, "versionId", std::to_string(version), out.GetAllocator());
  set_member(out, "meta", std::move(meta), out.GetAllocator());
  return out;
}

}  // namespace hotline
