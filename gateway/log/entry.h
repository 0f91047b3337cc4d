// One entry of the exchange log, and its detail. The entry is all that the tree holds: what kind of thing
// happened, in which hour, and a salted commitment. The detail stays here, for the local auditors, and can be
// deleted.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "i18n/base/clock.h"
#include "i18n/base/ids.h"
#include "i18n/base/json.h"

namespace hotline {

enum class LogKind {
  decision,
  send,
  receive,
  receipt,
  read,
  refusal,
  withdrawal,
  purge,
  ack,
  status,
  consent,
  attestation,
  expiry,
  policy,
};
std::string_view to_string(LogKind kind);
std::optional<LogKind> log_kind_from(std::string_view text);

// What an auditor may read: ids, rules, categories and levels, versions, sizes, digests of sealed bytes.
// There is no setter that takes free text, and every value is checked for the shape of an id or code
// ([A-Za-z0-9._:@/+-]{0,128}); one that has not is written as "?".
class LogDetail {
 public:
  LogDetail();
  LogDetail(LogDetail&&) = default;
  LogDetail& operator=(LogDetail&&) = default;

  LogDetail& referral(const ReferralId& id);
  LogDetail& message(const MessageId& id);
  LogDetail& peer(const MemberId& id);
  LogDetail& consent(const ConsentId& id);  // may be called several times
  LogDetail& rule(const RuleId& id);        // may be called several times
  LogDetail& level(int person, std::string_view category, std::string_view level, const RuleId& rule);
  LogDetail& decision(const JsonValue& decision);  // Decision::to_json: ids, categories, levels, rules
  LogDetail& facts(const JsonValue& facts);        // Facts::to_json: what the decision was made from
  LogDetail& version(std::string_view what, std::string_view version);  // profile, policy, schema, program
  LogDetail& decision_id(std::string_view id);
  LogDetail& sealed(std::string_view sha256_hex, std::uint64_t size);
  LogDetail& code(std::string_view what, std::string_view code);  // outcome, status, reason, purpose, kind
  LogDetail& actor(std::string_view client_id);  // id of the calling system or staff id, no name
  LogDetail& at(Instant exact);
  LogDetail& trace(std::string_view inner, std::string_view outer);  // trace ids on either side of the border

  std::string canonical() const;  // RFC 8785
  bool empty() const { return json_.ObjectEmpty(); }
  std::string_view referral_id() const { return text_at(json_, "referral"); }

 private:
  Json json_;
};

struct LogEntry {
  LogKind kind;
  std::string hour;        // "2026-03-01T14Z": no finer, so that an entry does not tell when a person called
  std::string commitment;  // hex SHA-256 of salt and canonical detail
  std::string canonical() const;  // {"commitment","hour","kind","v"}: the leaf's bytes
  static std::optional<LogEntry> parse(std::string_view canonical);  // exactly what canonical() writes
};

std::string log_hour(Instant at);
std::string commitment_of(std::string_view salt, std::string_view canonical_detail);  // hex

// Where an entry stands: what a receipt repeats.
struct LogPlace {
  std::uint64_t index = 0;
  std::string leaf_hash;  // hex
};

}  // namespace hotline
