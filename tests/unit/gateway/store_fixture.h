// A node's keys made once for all tests of this binary, and folders that are gone afterwards.
#pragma once

#include <gtest/gtest.h>

#include "gateway/crypto/digest.h"
#include "gateway/crypto/random.h"
#include "gateway/store/sqlite.h"
#include "tests/support/temporary_folder.h"

namespace hotline {

using test::TemporaryFolder;

inline constexpr Instant kNow{1'772'373'600'000};  // 2026-03-01T14:00:00Z

inline const NodeKeys& test_keys() {
  static const TemporaryFolder folder;
  static const NodeKeys keys =
      generate_node_keys(folder.path() + "/keys", {"us", {}, kNow, kNow.plus_seconds(86400)}).value();
  return keys;
}

inline SqliteOptions options_in(const std::string& directory) {
  SqliteOptions options;
  options.directory = directory;
  options.log_origin = "us.hotline.example/log";
  return options;
}

inline std::unique_ptr<Store> open_store(const std::string& directory) {
  auto store = open_sqlite_store(options_in(directory), test_keys());
  EXPECT_TRUE(store) << (store ? "" : to_string(store.error().code)) << ' '
                     << (store ? "" : store.error().expected);
  return store ? std::move(*store) : nullptr;
}

inline ReferralRow referral_row(const std::string& id) {
  ReferralRow row;
  row.id = ReferralId(id);
  row.peer = MemberId("mx");
  row.status = ReferralStatus::ready;
  row.urgency = "routine";
  row.consents = {ConsentId("consent-1"), ConsentId("consent-2")};
  row.created = row.updated = kNow;
  row.until = kNow.plus_seconds(86400);
  return row;
}

inline std::string sealed_text(const std::string& message) {
  return "sealed body of " + message;
}

// What a send leaves behind: referral, outbox row, payload and log entry, in one commit.
inline Result<void> send_one(Store& store, const std::string& referral, const std::string& message) {
  const ProtectedPayload payload = store.protect(sealed_text(message));
  return store.commit([&](Transaction& tx) -> Result<void> {
    tx.put(referral_row(referral));
    tx.keep(payload);
    LogDetail detail;
    detail.referral(ReferralId(referral)).message(MessageId(message)).peer(MemberId("mx"));
    detail.sealed(sha256_hex(sealed_text(message)), sealed_text(message).size());
    OutboxRow row;
    row.message = MessageId(message);
    row.referral = ReferralId(referral);
    row.peer = MemberId("mx");
    row.priority = 2;
    row.created = row.next_attempt = kNow;
    row.until = kNow.plus_seconds(86400);
    row.sealed_sha256 = sha256_hex(sealed_text(message));
    row.sealed = payload.id;
    row.log_index = tx.append(LogKind::send, detail, kNow).index;
    tx.put(row);
    return {};
  });
}

}  // namespace hotline
