#include "gateway/log/entry.h"

#include <array>
#include <map>

#include "gateway/crypto/digest.h"

namespace hotline {
namespace {

constexpr std::array<std::pair<LogKind, std::string_view>, 14> kKinds{{
    {LogKind::decision, "decision"},
    {LogKind::send, "send"},
    {LogKind::receive, "receive"},
    {LogKind::receipt, "receipt"},
    {LogKind::read, "read"},
    {LogKind::refusal, "refusal"},
    {LogKind::withdrawal, "withdrawal"},
    {LogKind::purge, "purge"},
    {LogKind::ack, "ack"},
    {LogKind::status, "status"},
    {LogKind::consent, "consent"},
    {LogKind::attestation, "attestation"},
    {LogKind::expiry, "expiry"},
    {LogKind::policy, "policy"},
}};

constexpr std::size_t kMaxCode = 128;

// A code or an id. What has another shape could be words about a person, so it is not written down.
std::string_view code_only(std::string_view text) {
  const bool fits =
      text.size() <= kMaxCode &&
      text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:@/+-") ==
          std::string_view::npos;
  return fits ? text : std::string_view("?");
}

void set_code(Json& json, std::string_view name, std::string_view value) {
  set_text(json, code_only(name), code_only(value), json.GetAllocator());
}

JsonValue& list_at(Json& json, const char* name) {
  if (!json.HasMember(name)) {
    json.AddMember(JsonValue(name, json.GetAllocator()), JsonValue(rapidjson::kArrayType),
                   json.GetAllocator());
  }
  return json[name];
}

JsonValue codes_of(const JsonValue& value, Json::AllocatorType& allocator) {
  if (value.IsString()) return make_text(code_only(as_text(value)), allocator);
  if (value.IsObject()) {
    JsonValue copy(rapidjson::kObjectType);
    for (const auto& each : value.GetObject()) {
      copy.AddMember(make_text(code_only(as_text(each.name)), allocator), codes_of(each.value, allocator),
                     allocator);
    }
    return copy;
  }
  if (value.IsArray()) {
    JsonValue copy(rapidjson::kArrayType);
    for (const auto& each : value.GetArray()) copy.PushBack(codes_of(each, allocator), allocator);
    return copy;
  }
  return JsonValue(value, allocator);
}

// A person's id in the hotline's own records is the hotline's affair; here a person is a number, in the order
// of the record. Facts name a person by the same number.
JsonValue without_person_ids(JsonValue decision, Json::AllocatorType& allocator) {
  std::map<std::string, std::string, std::less<>> numbers;
  if (const auto persons = decision.FindMember("persons"); persons != decision.MemberEnd()) {
    for (auto& each : persons->value.GetArray()) {
      const std::string number = std::to_string(numbers.size() + 1);
      numbers.emplace(text_at(each, "person"), number);
      set_text(each, "person", number, allocator);
    }
  }
  if (const auto groups = decision.FindMember("groups"); groups != decision.MemberEnd()) {
    for (auto& group : groups->value.GetArray()) {
      for (auto& id : group.GetArray()) id = make_text(numbers[std::string(as_text(id))], allocator);
    }
  }
  return decision;
}

}  // namespace

std::string_view to_string(LogKind kind) {
  for (const auto& [each, name] : kKinds) {
    if (each == kind) return name;
  }
  return "?";
}

std::optional<LogKind> log_kind_from(std::string_view text) {
  for (const auto& [each, name] : kKinds) {
    if (name == text) return each;
  }
  return std::nullopt;
}

LogDetail::LogDetail() {
  json_.SetObject();
}

LogDetail& LogDetail::referral(const ReferralId& id) {
  set_code(json_, "referral", id.get());
  return *this;
}
LogDetail& LogDetail::message(const MessageId& id) {
  set_code(json_, "message", id.get());
  return *this;
}
LogDetail& LogDetail::peer(const MemberId& id) {
  set_code(json_, "peer", id.get());
  return *this;
}
LogDetail& LogDetail::consent(const ConsentId& id) {
  list_at(json_, "consents")
      .PushBack(make_text(code_only(id.get()), json_.GetAllocator()), json_.GetAllocator());
  return *this;
}
LogDetail& LogDetail::rule(const RuleId& id) {
  list_at(json_, "rules")
      .PushBack(make_text(code_only(id.get()), json_.GetAllocator()), json_.GetAllocator());
  return *this;
}
LogDetail& LogDetail::level(int person, std::string_view category, std::string_view level,
                            const RuleId& rule) {
  auto& allocator = json_.GetAllocator();
  JsonValue row(rapidjson::kObjectType);
  row.AddMember("person", person, allocator);
  set_text(row, "category", code_only(category), allocator);
  set_text(row, "level", code_only(level), allocator);
  set_text(row, "rule", code_only(rule.get()), allocator);
  list_at(json_, "levels").PushBack(std::move(row), allocator);
  return *this;
}
LogDetail& LogDetail::decision(const JsonValue& decision) {
  auto& allocator = json_.GetAllocator();
  set_member(json_, "decision", without_person_ids(codes_of(decision, allocator), allocator), allocator);
  return *this;
}
LogDetail& LogDetail::facts(const JsonValue& facts) {
  auto& allocator = json_.GetAllocator();
  JsonValue copy = codes_of(facts, allocator);
  if (const auto persons = copy.FindMember("persons"); persons != copy.MemberEnd()) {
    int number = 0;
    for (auto& each : persons->value.GetArray()) set_text(each, "id", std::to_string(++number), allocator);
  }
  set_member(json_, "facts", std::move(copy), allocator);
  return *this;
}
LogDetail& LogDetail::decision_id(std::string_view id) {
  set_code(json_, "decision_id", id);
  return *this;
}
LogDetail& LogDetail::version(std::string_view what, std::string_view version) {
  set_code(json_, "version." + std::string(what), version);
  return *this;
}
LogDetail& LogDetail::sealed(std::string_view sha256_hex, std::uint64_t size) {
  set_code(json_, "sealed_sha256", sha256_hex);
  set_member(json_, "size", JsonValue(size), json_.GetAllocator());
  return *this;
}
LogDetail& LogDetail::code(std::string_view what, std::string_view code) {
  set_code(json_, "code." + std::string(what), code);
  return *this;
}
LogDetail& LogDetail::actor(std::string_view client_id) {
  set_code(json_, "actor", client_id);
  return *this;
}
LogDetail& LogDetail::at(Instant exact) {
  set_code(json_, "at", format_instant(exact));
  return *this;
}
LogDetail& LogDetail::trace(std::string_view inner, std::string_view outer) {
  set_code(json_, "trace.inner", inner);
  set_code(json_, "trace.outer", outer);
  return *this;
}

std::string LogDetail::canonical() const {
  return to_canonical(json_);
}

std::string LogEntry::canonical() const {
  // All four values are codes without anything to escape: this is RFC 8785 by construction.
  return R"({"commitment":")" + commitment + R"(","hour":")" + hour + R"(","kind":")" +
         std::string(to_string(kind)) + R"(","v":1})";
}

std::optional<LogEntry> LogEntry::parse(std::string_view canonical) {
  const auto json = parse_json(canonical, {4096, 2});
  if (!json) return std::nullopt;
  const auto kind = log_kind_from(text_at(*json, "kind"));
  if (!kind) return std::nullopt;
  LogEntry entry{*kind, std::string(text_at(*json, "hour")), std::string(text_at(*json, "commitment"))};
  if (entry.canonical() != canonical) return std::nullopt;
  return entry;
}

std::string log_hour(Instant at) {
  return format_instant(at).substr(0, 13) + "Z";
}

std::string commitment_of(std::string_view salt, std::string_view canonical_detail) {
  return sha256_hex(std::string(salt).append(canonical_detail));
}

}  // namespace hotline
