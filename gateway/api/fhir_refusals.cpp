#include "gateway/api/fhir_refusals.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace hotline {
namespace {

using Faults = std::vector<Fault>;
using Names = std::initializer_list<std::string_view>;

constexpr std::string_view kOurs = "tag:hotline-gateway.example,2026:fhir:";
constexpr std::string_view kPolicy = "tag:hotline-gateway.example,2026:policy:consent";
constexpr std::string_view kScope = "http://terminology.hl7.org/CodeSystem/consentscope|patient-privacy";
constexpr std::string_view kDirective = "http://terminology.hl7.org/CodeSystem/v3-ActCode|IDSCL";
constexpr std::string_view kDocument = "http://loinc.org|59284-0";  // "consent document", says nothing more
constexpr std::string_view kRecipient = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType|IRCP";
constexpr std::int64_t kSkewSeconds = 300;              // two clocks of one office
constexpr std::int64_t kLatestMidnightSeconds = 43200;  // a day begins last at UTC-12

void refuse(Faults& faults, std::string pointer, std::string word) {
  faults.push_back({ErrorCode::value_not_allowed, std::move(pointer), std::move(word)});
}

Result<void> result_of(const Faults& faults) {
  if (faults.empty()) return {};
  Error error{faults.front().code, faults.front().pointer, faults.front().expected, {}};
  error.more.assign(faults.begin() + 1, faults.end());
  return fail(std::move(error));
}

bool is_one_of(std::string_view value, Names names) {
  return std::find(names.begin(), names.end(), value) != names.end();
}

// Names of ours that may stand more than once: each adds one.
bool is_list(std::string_view url) {
  return url == std::string(kOurs) + "onward_recipient" || url == std::string(kOurs) + "only_field";
}

void check_twice(const JsonValue& extensions, const std::string& pointer, Faults& faults) {
  for (rapidjson::SizeType i = 0; i < extensions.Size(); ++i) {
    const auto url = text_at(extensions[i], "url");
    if (url.empty() || is_list(url)) continue;
    for (rapidjson::SizeType j = 0; j < i; ++j) {
      if (text_at(extensions[j], "url") == url &&
          to_canonical(extensions[j]) != to_canonical(extensions[i])) {
        refuse(faults, pointer_join(pointer, std::size_t{i}), "consent_extension_twice");
        break;
      }
    }
  }
}

// The depth is bounded by whoever parsed.
void check_everywhere(const JsonValue& value, const std::string& pointer, Faults& faults) {
  if (value.IsArray()) {
    for (rapidjson::SizeType i = 0; i < value.Size(); ++i)
      check_everywhere(value[i], pointer_join(pointer, std::size_t{i}), faults);
    return;
  }
  if (!value.IsObject()) return;
  for (const auto& each : value.GetObject()) {
    const auto name = as_text(each.name);
    const auto place = pointer_join(pointer, name);
    if (name == "modifierExtension") refuse(faults, place, "modifier_extension");
    if (name == "implicitRules") refuse(faults, place, "implicit_rules");
    if (name == "extension" && each.value.IsArray()) check_twice(each.value, place, faults);
    check_everywhere(each.value, place, faults);
  }
}

// Nothing that is said of a state in a FHIR status may be said of another one.
std::string_view status_of(std::string_view state) {
  if (state == "given" || state == "renewed") return "active";
  if (state == "requested") return "proposed";
  if (state == "refused") return "rejected";
  return "inactive";
}

std::optional<std::string_view> stated(const JsonValue& resource) {
  const JsonValue* extensions = member(resource, "extension");
  if (extensions == nullptr || !extensions->IsArray()) return std::nullopt;
  for (const auto& each : extensions->GetArray()) {
    if (text_at(each, "url") == std::string(kOurs) + "state") return text_at(each, "valueCode");
  }
  return std::nullopt;
}

void check_status(const JsonValue& resource, std::string_view state, Faults& faults) {
  const auto status = text_at(resource, "status");
  const auto said = stated(resource);
  const bool agrees = status == status_of(state) || (status == "draft" && state == "requested");
  if (!agrees || (said && *said != state)) refuse(faults, "/status", "consent_status_disagrees");
}

// Every coding of a concept is one of those; a text of its own could say anything.
void check_concept(const JsonValue& concept_, const std::string& pointer, Names tokens, Faults& faults) {
  if (!concept_.IsObject()) return refuse(faults, pointer, "consent_not_understood");
  for (const auto& each : concept_.GetObject()) {
    const auto name = as_text(each.name);
    if (name == "id") continue;
    const auto place = pointer_join(pointer, name);
    if (name != "coding" || !each.value.IsArray()) {
      refuse(faults, place, "consent_not_understood");
      continue;
    }
    for (rapidjson::SizeType i = 0; i < each.value.Size(); ++i) {
      const auto& coding = each.value[i];
      if (!is_one_of(std::string(text_at(coding, "system")) + '|' + std::string(text_at(coding, "code")),
                     tokens))
        refuse(faults, pointer_join(place, std::size_t{i}), "consent_not_understood");
    }
  }
}

template <class Check>
void for_each_in(const JsonValue& object, std::string_view name, const std::string& pointer,
                 const Check& check) {
  const JsonValue* list = member(object, name);
  if (list == nullptr) return;
  const auto place = pointer_join(pointer, name);
  if (!list->IsArray()) return check(*list, place);
  for (rapidjson::SizeType i = 0; i < list->Size(); ++i)
    check((*list)[i], pointer_join(place, std::size_t{i}));
}

// A whole day has begun everywhere when it has at UTC-12; coarser than a day is not understood.
bool has_begun(std::string_view start, Instant now) {
  if (start.size() == 10) {
    const auto day = parse_instant(std::string(start) + "T00:00:00Z");
    return day && day->plus_seconds(kLatestMidnightSeconds) <= now;
  }
  const auto at = parse_instant(start);
  return at && *at <= now.plus_seconds(kSkewSeconds);
}

void check_provision(const JsonValue& provision, Instant now, Faults& faults) {
  if (const JsonValue* type = member(provision, "type");
      type != nullptr && !is_one_of(as_text(*type), {"deny", "permit"}))
    refuse(faults, "/provision/type", "consent_not_understood");
  if (const JsonValue* period = member(provision, "period"); period != nullptr) {
    if (const JsonValue* start = member(*period, "start");
        start != nullptr && !has_begun(as_text(*start), now))
      refuse(faults, "/provision/period/start", "consent_not_yet");
  }
  std::size_t actors = 0;
  for_each_in(provision, "actor", "/provision", [&](const JsonValue& actor, const std::string& place) {
    if (++actors > 1) return refuse(faults, place, "consent_one_recipient");
    if (const JsonValue* role = member(actor, "role"))
      check_concept(*role, place + "/role", {kRecipient}, faults);
  });
  for_each_in(provision, "provision", "/provision", [&](const JsonValue& nested, const std::string& place) {
    const JsonValue* type = member(nested, "type");
    if (type == nullptr || as_text(*type) == "permit") return;
    bool withheld = false;
    for_each_in(nested, "extension", place, [&](const JsonValue& each, const std::string&) {
      if (text_at(each, "url") == std::string(kOurs) + "level")
        withheld = text_at(each, "valueCode") == "withheld";
    });
    if (as_text(*type) != "deny" || !withheld) refuse(faults, place + "/type", "consent_says_no");
  });
}

bool is_the_person(const JsonValue& who, const JsonValue& patient) {
  const auto reference = text_at(who, "reference");
  if (!reference.empty()) return reference == text_at(patient, "reference");
  const JsonValue* theirs = member(patient, "identifier");
  const JsonValue* named = member(who, "identifier");
  return theirs != nullptr && named != nullptr && !text_at(*named, "value").empty() &&
         text_at(*named, "value") == text_at(*theirs, "value");
}

void check_root(const JsonValue& resource, Faults& faults) {
  if (const JsonValue* scope = member(resource, "scope")) check_concept(*scope, "/scope", {kScope}, faults);
  for_each_in(resource, "category", "", [&](const JsonValue& each, const std::string& place) {
    check_concept(each, place, {kDirective, kDocument}, faults);
  });
  for_each_in(resource, "policy", "", [&](const JsonValue& each, const std::string& place) {
    if (text_at(each, "uri") != kPolicy || member(each, "authority") != nullptr)
      refuse(faults, place, "consent_not_understood");
  });
  if (member(resource, "policyRule") != nullptr) refuse(faults, "/policyRule", "consent_not_understood");
  for_each_in(resource, "verification", "", [&](const JsonValue& each, const std::string& place) {
    if (!flag_at(each, "verified")) refuse(faults, place + "/verified", "consent_says_no");
  });
  const JsonValue* patient = member(resource, "patient");
  for_each_in(resource, "performer", "", [&](const JsonValue& each, const std::string& place) {
    if (patient == nullptr || !is_the_person(each, *patient)) refuse(faults, place, "consent_not_understood");
  });
}

// The place without its indices: /provision/actor/0/role is /provision/actor/*/role.
std::string shape_of(std::string_view place) {
  std::string out;
  while (!place.empty()) {
    const auto end = std::min(place.find('/', 1), place.size());
    const auto token = place.substr(1, end - 1);
    const bool index = !token.empty() && token.find_first_not_of("0123456789") == std::string_view::npos;
    out += index ? "/*" : std::string(place.substr(0, end));
    place.remove_prefix(end);
  }
  return out;
}

bool is_at(std::string_view shape, std::string_view place) {
  return shape == place || (shape.starts_with(place) && shape[place.size()] == '/');
}

bool is_below_one_of(std::string_view shape, Names places) {
  return std::any_of(places.begin(), places.end(), [&](auto each) { return is_at(shape, each); });
}

// Read here or by the profile as what it has to be, so nothing of it is lost.
bool is_understood(std::string_view shape) {
  return is_below_one_of(shape, {"/resourceType", "/status", "/patient/reference", "/scope", "/category",
                                 "/policy", "/provision/type", "/provision/period/start",
                                 "/provision/actor/*/role", "/provision/actor/*/reference/identifier/system",
                                 "/provision/provision/*/type", "/identifier/*/system"});
}

// Says who, when and where it is kept; nothing of what was agreed.
bool is_no_limit(std::string_view shape) {
  return is_below_one_of(
      shape,
      {"/id", "/meta/versionId", "/meta/lastUpdated", "/meta/source", "/meta/profile", "/meta/tag",
       "/language", "/text", "/patient", "/identifier", "/performer", "/organization", "/sourceAttachment",
       "/sourceReference", "/verification", "/provision/id", "/provision/provision/*/id"});
}

// The words beside a code, which says the same and is judged itself.
bool is_label_of_a_code(const JsonValue& resource, std::string_view place) {
  const auto shape = shape_of(place);
  if (shape != "/provision/purpose/*/display" && shape != "/provision/provision/*/securityLabel/*/display")
    return false;
  const JsonValue* coding = resolve_pointer(resource, place.substr(0, place.rfind('/')));
  return coding != nullptr && !text_at(*coding, "code").empty();
}

// FHIR lets a plain extension of another maker be passed over at the root; one of ours that was not read, or
// any beside what is granted, may not be. One that stands twice with one value is read once.
bool may_pass_over(const JsonValue& resource, std::string_view place) {
  constexpr std::string_view kRoot = "/extension/";
  if (!place.starts_with(kRoot)) return is_label_of_a_code(resource, place);
  const auto end = std::min(place.find('/', kRoot.size()), place.size());
  const JsonValue* extension = resolve_pointer(resource, place.substr(0, end));
  if (extension == nullptr || !extension->IsObject()) return false;
  if (!text_at(*extension, "url").starts_with(kOurs)) return true;
  const auto same = to_canonical(*extension);
  const auto& all = resource["extension"];
  if (!all.IsArray()) return false;
  return std::count_if(all.Begin(), all.End(), [&](const auto& each) { return to_canonical(each) == same; }) >
         1;
}

}  // namespace

Result<void> check_fhir_consent(const JsonValue& resource) {
  Faults faults;
  if (!is_one_of(text_at(resource, "status"), {"draft", "proposed", "active", "rejected", "inactive"}))
    refuse(faults, "/status", "consent_status");
  check_everywhere(resource, "", faults);
  return result_of(faults);
}

Result<void> check_fhir_grant(const JsonValue& resource, std::string_view state, Instant now,
                              std::vector<std::string>& dropped) {
  Faults faults;
  check_status(resource, state, faults);
  const bool grants = status_of(state) == "active";
  if (grants) {
    check_root(resource, faults);
    if (const JsonValue* provision = member(resource, "provision")) check_provision(*provision, now, faults);
  }
  std::vector<std::string> told;
  for (const auto& place : dropped) {
    const auto shape = shape_of(place);
    if (is_understood(shape) && grants) continue;
    if (is_below_one_of(shape, {"/resourceType", "/status", "/patient/reference"})) continue;
    told.push_back(place);
    const bool found = std::any_of(faults.begin(), faults.end(),
                                   [&](const Fault& fault) { return is_at(place, fault.pointer); });
    if (grants && !found && !is_no_limit(shape) && !may_pass_over(resource, place))
      refuse(faults, place, "consent_not_understood");
  }
  dropped = std::move(told);
  return result_of(faults);
}

}  // namespace hotline
