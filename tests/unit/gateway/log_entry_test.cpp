#include "gateway/log/entry.h"

#include <gtest/gtest.h>

#include "gateway/crypto/digest.h"
#include "gateway/log/tree_head.h"

namespace hotline {
namespace {

constexpr Instant kAt{1'772'376'330'123};  // 2026-03-01T14:45:30.123Z

TEST(LogEntry, IsKindHourAndCommitmentOnly) {
  const LogEntry entry{LogKind::send, log_hour(kAt), commitment_of("salt", "{}")};
  EXPECT_EQ(entry.canonical(), R"({"commitment":")" + sha256_hex("salt{}") +
                                   R"(","hour":"2026-03-01T14Z","kind":"send","v":1})");
  EXPECT_EQ(entry.canonical(), to_canonical(*parse_json(entry.canonical())));
  const auto read = LogEntry::parse(entry.canonical());
  ASSERT_TRUE(read);
  EXPECT_EQ(read->kind, LogKind::send);
}

TEST(LogEntry, OneTextOnlyIsAnEntry) {
  const std::string text = LogEntry{LogKind::ack, "2026-03-01T14Z", sha256_hex("")}.canonical();
  EXPECT_TRUE(LogEntry::parse(text));
  EXPECT_FALSE(LogEntry::parse(text + ' '));
  EXPECT_FALSE(LogEntry::parse(std::string(text).insert(1, R"("a":1,)")));
  EXPECT_FALSE(LogEntry::parse(std::string(text).replace(text.find("ack"), 3, "abc")));
  EXPECT_FALSE(LogEntry::parse(std::string(text).replace(text.find("\"v\":1"), 5, "\"v\":2")));
}

TEST(LogDetail, IsCanonicalAndTakesNoWords) {
  LogDetail detail;
  detail.referral(ReferralId("018bcfe5-6800-4000-8000-000000000000")).peer(MemberId("mx"));
  detail.consent(ConsentId("c-1")).level(0, "identity", "withheld", RuleId("base.no-consent"));
  detail.code("outcome", "she lives with her sister").sealed(sha256_hex("x"), 12).at(kAt);
  const std::string text = detail.canonical();
  EXPECT_EQ(text, to_canonical(*parse_json(text)));
  EXPECT_EQ(text.find("sister"), std::string::npos);
  EXPECT_NE(text.find(R"("code.outcome":"?")"), std::string::npos);
  EXPECT_EQ(detail.referral_id(), "018bcfe5-6800-4000-8000-000000000000");
}

TEST(LogDetail, ADecisionIsCopiedWithoutWhatIsNoCode) {
  LogDetail detail;
  detail.decision(
      *parse_json(R"({"persons":[{"person":"p1","rule":"us.x","note":"the woman from Puebla"}],"n":3})"));
  const std::string text = detail.canonical();
  EXPECT_NE(text.find(R"("rule":"us.x")"), std::string::npos);
  EXPECT_EQ(text.find("Puebla"), std::string::npos);
}

struct Heads : testing::Test {
  KeyPair key = KeyPair::generate(KeyKind::ed25519).value();
  std::string origin = "us.hotline.example/log";
  TreeHead head{origin, 7, sha256("root")};
};

TEST_F(Heads, AreCheckpointsInSignedNotes) {
  const std::string note = sign_tree_head(head, key).value();
  EXPECT_TRUE(note.starts_with(origin + "\n7\n" + to_base64(head.root) + "\n\n\u2014 " + origin + ' '));
  const auto read = verify_tree_head(note, origin, key.public_raw());
  ASSERT_TRUE(read);
  EXPECT_EQ(read->size, 7u);
  EXPECT_EQ(read->root, head.root);
}

TEST_F(Heads, CarryTheSignaturesOfWitnesses) {
  const std::string note =
      sign_tree_head(head, key).value() + "\u2014 witness.example " + to_base64("any bytes") + '\n';
  EXPECT_TRUE(verify_tree_head(note, origin, key.public_raw()));
}

TEST_F(Heads, OfAnotherLogKeyOrTextAreRefused) {
  const std::string note = sign_tree_head(head, key).value();
  EXPECT_FALSE(verify_tree_head(note, "ca.hotline.example/log", key.public_raw()));
  EXPECT_FALSE(verify_tree_head(note, origin, KeyPair::generate(KeyKind::ed25519)->public_raw()));
  for (std::size_t at = 0; at < note.size(); ++at) {
    std::string flipped = note;
    flipped[at] = static_cast<char>(flipped[at] ^ 1 << at % 8);
    EXPECT_FALSE(verify_tree_head(flipped, origin, key.public_raw())) << at;
  }
}

TEST_F(Heads, TheVerifierKeyHasItsPublishedForm) {
  const std::string text = verifier_key(origin, key.public_raw());
  EXPECT_TRUE(text.starts_with(origin + '+'));
  EXPECT_EQ(text.size(), origin.size() + 1 + 8 + 1 + 44);
  const auto typed = from_base64(text.substr(origin.size() + 10));
  EXPECT_EQ(typed, '\x01' + key.public_raw());
  EXPECT_EQ(text.substr(origin.size() + 1, 8), sha256_hex(origin + '\n' + *typed).substr(0, 8));
}

}  // namespace
}  // namespace hotline
