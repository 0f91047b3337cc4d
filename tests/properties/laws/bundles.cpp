#include "tests/properties/laws/bundles.h"

#include <algorithm>
#include <functional>

#include "tests/properties/laws/canonical_records.h"
#include "tests/properties/laws/crossing.h"

namespace hotline::laws {

namespace {

// What others say that we do not: a resource type, a member, one more element for it (or a value, where the
// member is none). Every free text has the mark.
constexpr const char* kMore = R"json([
  ["Patient", "identifier", {"system": "https://ids.example/mrn", "value": "Qzmrn", "use": "usual"}],
  ["Patient", "identifier", {"value": "Qzcard", "type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR"}], "text": "Qzmr"}}],
  ["Patient", "identifier", {"system": "https://ids.example/mrn"}],
  ["Patient", "name", {"use": "old", "family": "Qzold", "given": ["Qzone", "Qztwo"], "period": {"end": "2019"}}],
  ["Patient", "name", {"use": "official", "text": "Qzofficial", "prefix": ["Dr."]}],
  ["Patient", "name", {"family": "Qzfamily Qzmother", "given": ["Qzfirst", "Qzmiddle"], "_family": {"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/humanname-mothers-family", "valueString": "Qzmother"}]}}],
  ["Patient", "name", {"use": "usual", "given": ["Qzcalled"]}],
  ["Patient", "name", {"use": "nickname", "text": "Qznick"}],
  ["Patient", "telecom", {"system": "phone", "value": "202 555 0171", "use": "home", "rank": 1}],
  ["Patient", "telecom", {"system": "phone", "value": "ask for Qzaunt"}],
  ["Patient", "telecom", {"system": "sms", "value": "+525500000123", "use": "mobile", "period": {"start": "2020"}}],
  ["Patient", "telecom", {"system": "fax", "value": "+12025550199"}],
  ["Patient", "telecom", {"system": "email", "value": "Qzmail@example.org", "use": "work"}],
  ["Patient", "telecom", {"system": "email", "value": "no address"}],
  ["Patient", "telecom", {"system": "url", "value": "https://qz.example"}],
  ["Patient", "telecom", {"value": "Qzwhat"}],
  ["Patient", "address", {"use": "home", "line": ["Qzstreet 1", "Apt 2"], "city": "Qzcity", "state": "TX", "postalCode": "78701", "country": "USA"}],
  ["Patient", "address", {"text": "Qzsomewhere", "state": "Nowhere", "country": "Ruritania", "district": "Qzd"}],
  ["Patient", "address", {"use": "old", "city": "Qzold"}],
  ["Patient", "communication", {"language": {"coding": [{"system": "urn:ietf:bcp:47", "code": "es-MX"}], "text": "Qzspanish"}, "preferred": true}],
  ["Patient", "communication", {"language": {"coding": [{"system": "https://lang.example", "code": "spa"}]}, "preferred": true}],
  ["Patient", "communication", {"language": {"text": "Qzmixe"}}],
  ["Patient", "contact", {"name": {"text": "Qzcontact"}, "telecom": [{"system": "phone", "value": "+12025550123"}]}],
  ["Patient", "generalPractitioner", {"display": "Qzdoctor"}],
  ["Patient", "active", true],
  ["Patient", "deceasedBoolean", false],
  ["Patient", "multipleBirthInteger", 2],
  ["Patient", "gender", "female"],
  ["Patient", "birthDate", "1990-02-30"],
  ["Patient", "maritalStatus", {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-MaritalStatus", "code": "A"}], "text": "Qzannulled"}],
  ["Patient", "maritalStatus", {"text": "Qzjoined"}],
  ["ServiceRequest", "identifier", {"system": "https://ids.example/order", "value": "Qzorder"}],
  ["ServiceRequest", "note", {"text": "Qznote", "time": "2026-10-01T10:00:00Z", "authorString": "Qzwho"}],
  ["ServiceRequest", "note", {"text": "Qzsecond"}],
  ["ServiceRequest", "category", {"coding": [{"system": "http://snomed.info/sct", "code": "409063005", "display": "Qzcounsel"}]}],
  ["ServiceRequest", "reasonCode", {"text": "Qzreason"}],
  ["ServiceRequest", "performer", {"reference": "Organization/9", "display": "Qzorg"}],
  ["ServiceRequest", "requester", {"reference": "Practitioner/9"}],
  ["ServiceRequest", "priority", "urgent"],
  ["ServiceRequest", "priority", "soon"],
  ["ServiceRequest", "status", "draft"],
  ["ServiceRequest", "language", "fr-CA"],
  ["ServiceRequest", "language", "no language"],
  ["ServiceRequest", "authoredOn", "2026-11-02T23:30:00-06:00"],
  ["ServiceRequest", "occurrenceDateTime", "2026-11-05T08:00:00Z"],
  ["ServiceRequest", "occurrencePeriod", {"start": "2026-11-05", "end": "2026-11-09T10:00:00Z"}],
  ["ServiceRequest", "requisition", {"system": "https://ids.example/group", "value": "Qzgroup"}],
  ["ServiceRequest", "patientInstruction", "Qzinstruction"],
  ["Task", "status", "accepted"],
  ["Task", "status", "ready"],
  ["Task", "note", {"text": "Qztask", "time": "2026-10-01T10:00:00Z"}],
  ["Task", "note", {"time": "2026-10-01"}],
  ["Task", "owner", {"display": "Qzowner"}],
  ["Task", "lastModified", "2026-10-01T10:00:00Z"],
  ["Task", "reasonCode", {"text": "Qzwhy"}],
  ["Consent", "identifier", {"system": "https://ids.example/consent", "value": "Qzconsent"}],
  ["Consent", "category", {"coding": [{"system": "http://loinc.org", "code": "59284-0"}]}],
  ["Consent", "dateTime", "2026-10-01"],
  ["Consent", "dateTime", "2026-10-01T10:00:00.123-05:00"],
  ["Consent", "policyRule", {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "OPTIN"}]}],
  ["Consent", "status", "draft"],
  ["Communication", "payload", {"contentString": "Qzmore"}],
  ["Communication", "payload", {"contentReference": {"reference": "Binary/1"}}],
  ["Communication", "language", "en-US"],
  ["Communication", "sent", "2026-10-01T10:00:00Z"],
  ["Communication", "topic", {"text": "Qztopic"}],
  ["RelatedPerson", "relationship", {"text": "Qzcomadre"}],
  ["RelatedPerson", "relationship", {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-RoleCode", "code": "AUNT", "display": "Qzaunt"}]}],
  ["RelatedPerson", "name", {"family": "Qzrel", "given": ["Qza", "Qzb"]}],
  ["RelatedPerson", "telecom", {"system": "phone", "value": "Qznumber"}],
  ["RelatedPerson", "telecom", {"system": "phone", "value": "+14165550111"}],
  ["RelatedPerson", "gender", "male"],
  ["RelatedPerson", "birthDate", "1960"],
  ["Practitioner", "name", {"family": "Qzprac", "given": ["Qzp"]}],
  ["Practitioner", "telecom", {"system": "phone", "value": "+14165550112", "use": "work"}],
  ["Practitioner", "identifier", {"system": "https://ids.example/npi", "value": "Qznpi"}],
  ["Provenance", "agent", {"who": {"display": "Qzagent"}}],
  ["Provenance", "recorded", "2026-10-01T10:00:00Z"],
  ["Provenance", "entity", {"role": "source", "what": {"display": "Qzsource"}}],
  ["*", "id", "x1"],
  ["*", "meta", {"versionId": "3", "lastUpdated": "2026-10-01T10:00:00Z"}],
  ["*", "text", {"status": "generated", "div": "<div>Qzdiv</div>"}]
])json";

// Whole resources; `@` is a patient.
constexpr const char* kOthers = R"json([
  {"resourceType": "Observation", "status": "final", "code": {"text": "Qzobs"}, "subject": {"reference": "@"}, "valueString": "Qzvalue"},
  {"resourceType": "Organization", "id": "9", "name": "Qzorg"},
  {"resourceType": "Practitioner", "id": "9", "name": [{"family": "Qznine", "given": ["Qzg"]}], "telecom": [{"system": "phone", "value": "by mail"}]},
  {"resourceType": "Location", "name": "Qzloc", "contained": [{"resourceType": "Organization", "id": "o", "name": "Qzin"}]},
  {"resourceType": "Patient", "id": "77", "name": [{"text": "Qzother"}], "link": [{"other": {"reference": "@"}, "type": "seealso"}]},
  {"resourceType": "RelatedPerson", "patient": {"reference": "@"}, "relationship": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-RoleCode", "code": "NMTH"}]}, {"text": "Qzmadre"}], "name": [{"text": "Qzmom"}]},
  {"resourceType": "RelatedPerson", "patient": {"reference": "Patient/none"}},
  {"resourceType": "ServiceRequest", "status": "active", "intent": "plan", "subject": {"reference": "@"}, "code": {"coding": [{"system": "http://snomed.info/sct", "code": "710925007", "display": "Qzhousing"}], "text": "Qzneed"}},
  {"resourceType": "ServiceRequest", "status": "entered-in-error", "subject": {"reference": "@"}},
  {"resourceType": "Task", "status": "requested", "intent": "order", "for": {"reference": "@"}},
  {"resourceType": "Consent", "status": "active", "patient": {"reference": "@"}, "provision": {"type": "permit", "provision": [{"type": "deny", "securityLabel": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "HIV"}]}]}},
  {"resourceType": "Consent", "status": "active", "id": "c9", "patient": {"reference": "@"}, "dateTime": "2026", "provision": {"type": "permit"}},
  {"resourceType": "Communication", "status": "completed", "subject": {"reference": "@"}, "payload": [{"contentString": "Qzsaid"}], "sender": {"reference": "Practitioner/9"}},
  {"resourceType": "Communication", "status": "not-done", "payload": [{"contentString": "Qznever"}]},
  {"resourceType": "Provenance", "target": [{"reference": "@"}], "recorded": "2026-10-01T10:00:00Z", "agent": [{"who": {"display": "Qzwho"}}]}
])json";

class Stranger {
 public:
  Stranger(const std::string& profile, std::uint64_t seed)
      : draw_(seed), more_(*parse_json(kMore)), others_(*parse_json(kOthers)), bundle_(exported(profile)) {}

  Json run() {
    const std::vector<void (Stranger::*)()> ways{
        &Stranger::more, &Stranger::other_resources, &Stranger::other_codings,    &Stranger::extensions,
        &Stranger::less, &Stranger::nothing_of_ours, &Stranger::other_references, &Stranger::other_order,
        &Stranger::sent};
    for (std::size_t n = draw_.below(5); n > 0; --n) (this->*draw_.of(ways))();
    return std::move(bundle_);
  }

 private:
  using Allocator = Json::AllocatorType;
  Allocator& allocator() { return bundle_.GetAllocator(); }
  JsonValue copy(const JsonValue& value) { return JsonValue(value, allocator()); }
  JsonValue& entries() { return const_cast<JsonValue&>(*member(bundle_, "entry")); }

  Json exported(const std::string& id) {
    for (;;)
      if (const auto referral = referral_of(canonical_record(World::get(), draw_.next())))
        return std::move(profile(id).from_canonical(*referral, LanguageTag())->record);
  }

  void each(JsonValue& value, const std::function<void(JsonValue&)>& visit) {
    visit(value);
    if (value.IsObject())
      for (auto& one : value.GetObject()) each(one.value, visit);
    if (value.IsArray())
      for (JsonValue& one : value.GetArray()) each(one, visit);
  }
  void each_resource(const std::function<void(JsonValue&)>& visit) {
    for (JsonValue& entry : entries().GetArray())
      if (const JsonValue* resource = member(entry, "resource")) visit(const_cast<JsonValue&>(*resource));
  }
  std::string some_patient() {
    std::string found;
    for (const JsonValue& entry : entries().GetArray())
      if (const JsonValue* resource = member(entry, "resource");
          resource != nullptr && text_at(*resource, "resourceType") == "Patient" &&
          (found.empty() || draw_.in_100(50)))
        found = text_at(entry, "fullUrl");
    return found;
  }
  void put(JsonValue& list, JsonValue value) {
    list.PushBack(value, allocator());
    if (draw_.in_100(50)) std::rotate(list.Begin(), list.End() - 1, list.End());
  }

  void more() {
    for (std::size_t n = 1 + draw_.below(6); n > 0; --n) {
      const JsonValue& one = more_[static_cast<rapidjson::SizeType>(draw_.below(more_.Size()))];
      each_resource([&](JsonValue& resource) {
        if ((as_text(one[0]) != "*" && as_text(one[0]) != text_at(resource, "resourceType")) ||
            draw_.in_100(30))
          return;
        auto* known = const_cast<JsonValue*>(member(resource, as_text(one[1])));
        if (known != nullptr && known->IsArray())
          put(*known, copy(one[2]));
        else if (known != nullptr)
          *known = copy(one[2]);
        else if (one[2].IsObject() && is_list(as_text(one[0]), as_text(one[1]))) {
          JsonValue list(rapidjson::kArrayType);
          list.PushBack(copy(one[2]), allocator());
          set_member(resource, as_text(one[1]), std::move(list), allocator());
        } else {
          set_member(resource, as_text(one[1]), copy(one[2]), allocator());
        }
      });
    }
  }
  static bool is_list(std::string_view type, std::string_view name) {
    const std::vector<std::string_view> single{"meta",      "text",          "requisition",
                                               "requester", "maritalStatus", "occurrencePeriod",
                                               "owner",     "policyRule"};
    return std::find(single.begin(), single.end(), name) == single.end() &&
           !(type == "Task" && name == "reasonCode") && !(type == "Communication" && name == "topic");
  }

  void other_resources() {
    const std::string patient = some_patient();
    for (std::size_t n = 1 + draw_.below(3); n > 0; --n) {
      JsonValue made = copy(others_[static_cast<rapidjson::SizeType>(draw_.below(others_.Size()))]);
      each(made, [&](JsonValue& value) {
        if (as_text(value) == "@") value = make_text(patient, allocator());
      });
      JsonValue entry(rapidjson::kObjectType);
      if (draw_.in_100(50)) set_text(entry, "fullUrl", "https://ehr.example/" + values_mark(), allocator());
      set_member(entry, "resource", std::move(made), allocator());
      put(entries(), std::move(entry));
    }
  }
  std::string values_mark() { return "n" + std::to_string(draw_.below(1000000)); }

  void other_codings() {
    each(entries(), [&](JsonValue& value) {
      if (!value.IsObject() || member(value, "coding") == nullptr || draw_.in_100(60)) return;
      auto& codings = const_cast<JsonValue&>(*member(value, "coding"));
      if (!codings.IsArray()) return;
      if (draw_.in_100(20)) codings.Clear();
      JsonValue coding(rapidjson::kObjectType);
      set_text(coding, "system", draw_.in_100(50) ? "http://snomed.info/sct" : "https://codes.example",
               allocator());
      set_text(coding, "code", "73211009", allocator());
      if (draw_.in_100(50)) set_text(coding, "display", "Qzcoded", allocator());
      if (draw_.in_100(50)) set_member(coding, "userSelected", JsonValue(true), allocator());
      put(codings, std::move(coding));
      if (draw_.in_100(30) && member(value, "text") == nullptr)
        set_text(value, "text", "Qztext", allocator());
    });
  }

  void extensions() {
    const unsigned often = draw_.in_100(50) ? 3 : 30;
    each(entries(), [&](JsonValue& value) {
      if (!value.IsObject() || value.ObjectEmpty() || !draw_.in_100(often)) return;
      auto* list = const_cast<JsonValue*>(member(value, "extension"));
      if (list == nullptr && (member(value, "resource") || member(value, "reference"))) return;
      if (list == nullptr) {
        set_member(value, "extension", JsonValue(rapidjson::kArrayType), allocator());
        list = const_cast<JsonValue*>(member(value, "extension"));
      }
      JsonValue one(rapidjson::kObjectType);
      set_text(one, "url", "https://ext.example/unknown", allocator());
      set_text(one, "valueString", "Qzext", allocator());
      put(*list, std::move(one));
    });
  }

  // Members and elements go missing anywhere below a resource.
  void less() {
    for (std::size_t n = 1 + draw_.below(4); n > 0; --n)
      each_resource([&](JsonValue& resource) {
        if (draw_.in_100(60)) take_one(resource);
      });
  }
  void take_one(JsonValue& value) {
    const bool here = draw_.in_100(40);
    if (value.IsObject() && !value.ObjectEmpty()) {
      auto chosen = value.MemberBegin() + static_cast<std::ptrdiff_t>(draw_.below(value.MemberCount()));
      if (here && as_text(chosen->name) != "resourceType")
        value.RemoveMember(chosen);
      else
        take_one(chosen->value);
    } else if (value.IsArray() && !value.Empty()) {
      auto* chosen = value.Begin() + draw_.below(value.Size());
      if (here && value.Size() > 1)
        value.Erase(chosen);
      else
        take_one(*chosen);
    }
  }

  static bool is_ours(const JsonValue& value) {
    return text_at(value, "url").starts_with("tag:") || text_at(value, "system").starts_with("tag:");
  }
  // As one who has never heard of us writes it.
  void nothing_of_ours() {
    each(bundle_, [&](JsonValue& value) {
      if (!value.IsArray()) return;
      for (auto* one = value.Begin(); one != value.End();)
        one = one->IsObject() && is_ours(*one) ? value.Erase(one) : one + 1;
    });
    each(bundle_, [&](JsonValue& value) {
      if (!value.IsObject()) return;
      for (auto one = value.MemberBegin(); one != value.MemberEnd();)
        one = one->value.IsArray() && one->value.Empty() ? value.EraseMember(one) : one + 1;
    });
  }

  // Relative, absolute and versioned references in place of urn:uuid.
  void other_references() {
    std::map<std::string, std::string> names;
    for (JsonValue& entry : entries().GetArray()) {
      const JsonValue* resource = member(entry, "resource");
      const std::string url(text_at(entry, "fullUrl"));
      if (resource == nullptr || !url.starts_with("urn:") || member(*resource, "id") != nullptr) continue;
      const std::string id = std::to_string(names.size() + 1);
      const std::string relative = std::string(text_at(*resource, "resourceType")) + "/" + id;
      names[url] = relative;
      set_text(const_cast<JsonValue&>(*resource), "id", id, allocator());
      const_cast<JsonValue&>(*member(entry, "fullUrl")) =
          make_text("https://ehr.example/fhir/" + relative, allocator());
    }
    each(entries(), [&](JsonValue& value) {
      const auto name = value.IsString() ? names.find(std::string(as_text(value))) : names.end();
      if (name == names.end()) return;
      const std::vector<std::string> forms{name->second, "https://ehr.example/fhir/" + name->second,
                                           name->second + "/_history/2"};
      value = make_text(draw_.of(forms), allocator());
    });
  }

  void other_order() {
    JsonValue& all = entries();
    for (rapidjson::SizeType i = all.Size(); i > 1; --i)
      all[i - 1].Swap(all[static_cast<rapidjson::SizeType>(draw_.below(i))]);
  }

  void sent() {
    const std::vector<std::string> types{"transaction", "searchset", "message", "batch"};
    const_cast<JsonValue&>(*member(bundle_, "type")) = make_text(draw_.of(types), allocator());
    if (member(bundle_, "timestamp") == nullptr)
      set_text(bundle_, "timestamp", "2026-10-01T10:00:00Z", allocator());
    for (JsonValue& entry : entries().GetArray()) {
      if (member(entry, "request") != nullptr) continue;
      JsonValue request(rapidjson::kObjectType);
      set_text(request, "method", "POST", allocator());
      set_text(request, "url", "Qzurl", allocator());
      set_member(entry, "request", std::move(request), allocator());
    }
  }

  Draw draw_;
  Json more_, others_, bundle_;
};

}  // namespace

Json bundle(const std::string& profile, std::uint64_t seed) {
  return Stranger(profile, seed).run();
}

}  // namespace hotline::laws
