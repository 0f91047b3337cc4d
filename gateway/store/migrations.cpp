#include "gateway/store/migrations.h"

namespace hotline {
namespace {

// Every row table ends with its MAC. `tally` holds, per table, the number of rows and the sum of their MACs.
constexpr const char* kFirst = R"(
CREATE TABLE referral(
  id TEXT PRIMARY KEY, submission TEXT NOT NULL, client TEXT NOT NULL, peer TEXT NOT NULL, direction TEXT NOT NULL,
  status TEXT NOT NULL, urgency TEXT NOT NULL, purpose TEXT NOT NULL, recipient_policy TEXT NOT NULL,
  profile TEXT NOT NULL, consents TEXT NOT NULL,
  version INTEGER NOT NULL, sent_sequence INTEGER NOT NULL, seen_sequence INTEGER NOT NULL, created INTEGER NOT NULL,
  updated INTEGER NOT NULL, until INTEGER NOT NULL, record TEXT NOT NULL, handling TEXT NOT NULL, mac BLOB NOT NULL
) STRICT;
CREATE INDEX referral_submission ON referral(submission);
CREATE INDEX referral_created ON referral(created DESC, id);
CREATE INDEX referral_until ON referral(until);
CREATE TABLE referral_consent(
  consent TEXT NOT NULL, referral TEXT NOT NULL REFERENCES referral(id), PRIMARY KEY(consent, referral)
) STRICT, WITHOUT ROWID;
CREATE INDEX referral_consent_back ON referral_consent(referral);
CREATE TABLE outbox(
  message TEXT PRIMARY KEY, referral TEXT NOT NULL REFERENCES referral(id), peer TEXT NOT NULL, kind TEXT NOT NULL,
  priority INTEGER NOT NULL, state TEXT NOT NULL, created INTEGER NOT NULL, until INTEGER NOT NULL,
  next_attempt INTEGER NOT NULL, attempts INTEGER NOT NULL, last_error TEXT NOT NULL, sealed_sha256 TEXT NOT NULL,
  sealed TEXT NOT NULL, log_index INTEGER NOT NULL, mac BLOB NOT NULL
) STRICT;
CREATE INDEX outbox_queued ON outbox(priority, message) WHERE state='queued';
CREATE INDEX outbox_next ON outbox(next_attempt) WHERE state='queued';
CREATE INDEX outbox_referral ON outbox(referral);
CREATE INDEX outbox_log ON outbox(log_index);
CREATE TABLE inbox(
  sender TEXT NOT NULL, message TEXT NOT NULL, cursor INTEGER NOT NULL UNIQUE,
  referral TEXT NOT NULL REFERENCES referral(id), priority INTEGER NOT NULL, state TEXT NOT NULL,
  received INTEGER NOT NULL, until INTEGER NOT NULL, sealed_sha256 TEXT NOT NULL, canonical TEXT NOT NULL,
  national TEXT NOT NULL, log_index INTEGER NOT NULL, leaf_hash TEXT NOT NULL, mac BLOB NOT NULL,
  PRIMARY KEY(sender, message)
) STRICT;
CREATE INDEX inbox_waiting ON inbox(priority, cursor) WHERE state='waiting';
CREATE INDEX inbox_referral ON inbox(referral);
CREATE TABLE replay(
  sender TEXT NOT NULL, message TEXT NOT NULL, kind TEXT NOT NULL, sealed_sha256 TEXT NOT NULL,
  received INTEGER NOT NULL, result TEXT NOT NULL, log_index INTEGER NOT NULL, leaf_hash TEXT NOT NULL,
  forget_after INTEGER NOT NULL, mac BLOB NOT NULL, PRIMARY KEY(sender, message)
) STRICT;
CREATE INDEX replay_forget ON replay(forget_after);
CREATE TABLE timeline(
  referral TEXT NOT NULL REFERENCES referral(id), step INTEGER NOT NULL, status TEXT NOT NULL, at INTEGER NOT NULL,
  by TEXT NOT NULL, reason TEXT NOT NULL, next_option TEXT NOT NULL, message TEXT NOT NULL, mac BLOB NOT NULL,
  PRIMARY KEY(referral, step)
) STRICT;
CREATE TABLE receipt(
  message TEXT PRIMARY KEY, referral TEXT NOT NULL, sender TEXT NOT NULL, at INTEGER NOT NULL, token TEXT NOT NULL,
  mac BLOB NOT NULL
) STRICT;
CREATE INDEX receipt_referral ON receipt(referral);
CREATE TABLE consent(
  id TEXT NOT NULL, version INTEGER NOT NULL, state TEXT NOT NULL, client TEXT NOT NULL, at INTEGER NOT NULL,
  until INTEGER NOT NULL, record TEXT NOT NULL, mac BLOB NOT NULL, PRIMARY KEY(id, version)
) STRICT;
CREATE TABLE withdrawn_consent(
  id TEXT PRIMARY KEY, at INTEGER NOT NULL, by TEXT NOT NULL, stage TEXT NOT NULL, mac BLOB NOT NULL
) STRICT;
CREATE TABLE attestation(
  id TEXT PRIMARY KEY, ground TEXT NOT NULL, recipient TEXT NOT NULL, recipient_role TEXT NOT NULL,
  categories TEXT NOT NULL, persons TEXT NOT NULL, attested_by TEXT NOT NULL, staff_role TEXT NOT NULL, at INTEGER NOT NULL,
  until INTEGER NOT NULL, mac BLOB NOT NULL
) STRICT;
CREATE INDEX attestation_recipient ON attestation(recipient, until);
CREATE TABLE idempotency(
  client TEXT NOT NULL, key_hash TEXT NOT NULL, fingerprint TEXT NOT NULL, status INTEGER NOT NULL,
  media_type TEXT NOT NULL, response TEXT NOT NULL, created INTEGER NOT NULL, expires INTEGER NOT NULL,
  mac BLOB NOT NULL, PRIMARY KEY(client, key_hash)
) STRICT;
CREATE INDEX idempotency_expires ON idempotency(expires);
CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL, mac BLOB NOT NULL) STRICT;
CREATE TABLE payload(id TEXT PRIMARY KEY, ciphertext BLOB NOT NULL) STRICT;
CREATE TABLE log_entry(idx INTEGER PRIMARY KEY, entry TEXT NOT NULL) STRICT;
CREATE TABLE log_detail(
  idx INTEGER PRIMARY KEY REFERENCES log_entry(idx), salt BLOB NOT NULL, detail TEXT NOT NULL, referral TEXT NOT NULL
) STRICT;
CREATE INDEX log_detail_referral ON log_detail(referral) WHERE referral<>'';
CREATE TABLE log_node(
  level INTEGER NOT NULL, idx INTEGER NOT NULL, hash BLOB NOT NULL, PRIMARY KEY(level, idx)
) STRICT, WITHOUT ROWID;
CREATE TABLE tree_head(size INTEGER PRIMARY KEY, hour TEXT NOT NULL, note TEXT NOT NULL) STRICT;
CREATE TABLE tally(name TEXT PRIMARY KEY, rows INTEGER NOT NULL, sum BLOB NOT NULL, mac BLOB NOT NULL) STRICT;
)";

// Where the log tells of each decision.
constexpr const char* kDecisions = R"(
CREATE TABLE decision(id TEXT PRIMARY KEY, log_index INTEGER NOT NULL, mac BLOB NOT NULL) STRICT;
)";

// Taking back in full: what is held, passed on, owed as a proof; what the hotline's own system is told.
constexpr const char* kRecall = R"(
ALTER TABLE referral ADD COLUMN onward_of TEXT NOT NULL DEFAULT '';
ALTER TABLE referral ADD COLUMN terms TEXT NOT NULL DEFAULT '';
ALTER TABLE referral ADD COLUMN hold TEXT NOT NULL DEFAULT '';
ALTER TABLE referral ADD COLUMN hold_until INTEGER NOT NULL DEFAULT 0;
CREATE INDEX referral_onward ON referral(onward_of) WHERE onward_of<>'';
CREATE INDEX referral_hold ON referral(hold_until) WHERE hold<>'';
CREATE TABLE recall(
  referral TEXT PRIMARY KEY REFERENCES referral(id), peer TEXT NOT NULL, direction TEXT NOT NULL, stage TEXT NOT NULL,
  message TEXT NOT NULL, at INTEGER NOT NULL, asked INTEGER NOT NULL, proved INTEGER NOT NULL, proof TEXT NOT NULL,
  system TEXT NOT NULL, downstream INTEGER NOT NULL, proven INTEGER NOT NULL, escalated INTEGER NOT NULL,
  cascade TEXT NOT NULL, mac BLOB NOT NULL
) STRICT;
CREATE TABLE event(
  cursor INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL, audience TEXT NOT NULL, referral TEXT NOT NULL,
  consent TEXT NOT NULL, peer TEXT NOT NULL, code TEXT NOT NULL, mac BLOB NOT NULL
) STRICT;
CREATE TABLE words(
  consent TEXT PRIMARY KEY, code TEXT NOT NULL UNIQUE, word TEXT NOT NULL, duress TEXT NOT NULL, at INTEGER NOT NULL,
  mac BLOB NOT NULL
) STRICT;
CREATE TABLE code_request(
  id TEXT PRIMARY KEY, peer TEXT NOT NULL, code TEXT NOT NULL, word TEXT NOT NULL, at INTEGER NOT NULL,
  mac BLOB NOT NULL
) STRICT;
)";

// What a plan to contact somebody is held to; by when a crisis has to be taken.
constexpr const char* kCare = R"(
ALTER TABLE referral ADD COLUMN contact_rules TEXT NOT NULL DEFAULT '';
CREATE TABLE deadline(
  referral TEXT NOT NULL REFERENCES referral(id), step TEXT NOT NULL, peer TEXT NOT NULL, direction TEXT NOT NULL,
  due INTEGER NOT NULL, met INTEGER NOT NULL, told INTEGER NOT NULL, mac BLOB NOT NULL, PRIMARY KEY(referral, step)
) STRICT;
CREATE INDEX deadline_due ON deadline(due) WHERE met=0 AND told=0;
CREATE INDEX deadline_missed ON deadline(due) WHERE met=0 AND told>0;
)";

// Referrals in two stages, and the hand-over that is agreed between them.
constexpr const char* kStages = R"(
ALTER TABLE referral ADD COLUMN stage TEXT NOT NULL DEFAULT '';
ALTER TABLE referral ADD COLUMN handover TEXT NOT NULL DEFAULT '';
ALTER TABLE referral ADD COLUMN handover_from INTEGER NOT NULL DEFAULT 0;
ALTER TABLE referral ADD COLUMN handover_until INTEGER NOT NULL DEFAULT 0;
)";

constexpr const char* kSteps[] = {kFirst, kDecisions, kRecall, kCare, kStages};
constexpr int kNewest = sizeof kSteps / sizeof *kSteps;

}  // namespace

Result<void> migrate(Sql& sql) {
  const auto corrupt = [] { return fail(ErrorCode::store_corrupt, {}, "schema"); };
  std::int64_t version = 0;
  {
    Query query = sql.query("PRAGMA user_version");
    if (!query.step()) return corrupt();
    version = query.integer(0);
  }
  if (version < 0 || version > kNewest) return corrupt();
  for (auto step = version; step < kNewest; ++step) {
    const std::string done = "PRAGMA user_version=" + std::to_string(step + 1);
    if (!sql.run("BEGIN IMMEDIATE") || !sql.run(kSteps[step]) || !sql.run(done.c_str()) ||
        !sql.run("COMMIT")) {
      return corrupt();
    }
  }
  return {};
}

}  // namespace hotline
