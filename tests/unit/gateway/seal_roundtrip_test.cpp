#include <atomic>
#include <thread>

#include "tests/unit/gateway/seal_fixture.h"

namespace hotline {

// The only maker of a Disclosure is consent's disclose(); in this binary, which does not link consent, it is
// this one.
Result<std::vector<Disclosure>> disclose(const Referral&, const Decision&, const DisclosureInputs& inputs) {
  std::vector<Disclosure> all;
  all.push_back(Disclosure(inputs.source_profile, ReferralId(uuid4()), "routine", Instant{0}, {}, ""));
  return all;
}

namespace {

ControlMessage accepted(const std::string& referral) {
  ControlMessage::Fields fields;
  fields.referral = ReferralId(referral);
  fields.status = ReferralStatus::declined_capacity;
  fields.sequence = 3;
  fields.reason = ControlReason::no_space;
  fields.next_option = MemberId("ca");
  fields.consents = {ConsentId("consent-1")};
  fields.at = SealedExchange::kAt;
  return ControlMessage::make(fields).value();
}

Disclosure disclosure_of(const std::string& bytes) {
  alignas(64) static const char unread[1024] = {};
  const auto& referral = *reinterpret_cast<const Referral*>(unread);
  const auto& decision = *reinterpret_cast<const Decision*>(unread);
  const auto& schema = *reinterpret_cast<const Schema*>(unread);
  const auto& texts = *reinterpret_cast<const ConsentTexts*>(unread);
  const auto& policies = *reinterpret_cast<const Policies*>(unread);
  auto all = disclose(referral, decision, {schema, texts, policies, MemberId("us"), uuid4, bytes});
  return std::move(all->front());
}

using Seal = SealedExchange;

TEST_F(Seal, AControlMessageArrivesAsItWasSent) {
  const std::string referral = uuid4();
  const auto sealed = seal(accepted(referral), sealing());
  ASSERT_TRUE(sealed);
  EXPECT_EQ(sealed->sha256, sha256_hex(sealed->bytes));
  const auto opened = open_sealed(sealed->bytes, opening());
  ASSERT_TRUE(opened) << to_string(opened.error().code) << opened.error().expected;
  EXPECT_EQ(opened->kind, MessageKind::status);
  EXPECT_EQ(opened->sender, MemberId("us"));
  EXPECT_EQ(opened->message, message);
  EXPECT_EQ(opened->issued, kAt);
  EXPECT_EQ(opened->until, kAt.plus_seconds(3600));
  EXPECT_EQ(opened->sha256, sealed->sha256);
  const auto read = ControlMessage::parse(opened->kind, opened->body_json());
  ASSERT_TRUE(read);
  EXPECT_EQ(read->to_json(), accepted(referral).to_json());
  EXPECT_EQ(read->fields().next_option, MemberId("ca"));
}

TEST_F(Seal, ADisclosuresBytesAreTheSignedBytes) {
  const std::string text = "{ \"referral\" : {\"b\":1,\"a\":\"se\\u00f1ora \\\"}\\\" [\"}, \"report\":[ ] }";
  const auto sealed = seal(disclosure_of(text), sealing());
  ASSERT_TRUE(sealed);
  EXPECT_EQ(sealed->kind, MessageKind::referral);
  const auto opened = open_sealed(sealed->bytes, opening());
  ASSERT_TRUE(opened) << to_string(opened.error().code) << opened.error().expected;
  EXPECT_EQ(opened->kind, MessageKind::referral);
  EXPECT_EQ(opened->body, text);
  EXPECT_EQ(text_at(*member(opened->body_json(), "referral"), "a"), "se\u00f1ora \"}\" [");
}

TEST_F(Seal, IsReadByHandAsTheStandardsSay) {
  const auto sealed = seal(accepted(uuid4()), sealing());
  ASSERT_TRUE(sealed);
  const auto parts = by_hand::parts_of(sealed->bytes);
  ASSERT_EQ(parts.size(), 5u);
  const auto outer = parse_json(from_base64url(parts[0]).value());
  ASSERT_TRUE(outer);
  EXPECT_EQ(outer->MemberCount(), 5u);
  EXPECT_EQ(text_at(*outer, "alg"), "ECDH-ES");
  EXPECT_EQ(text_at(*outer, "enc"), "A256GCM");
  EXPECT_EQ(text_at(*outer, "cty"), "JWT");
  EXPECT_EQ(text_at(*outer, "kid"), mx_enc.kid());
  const std::string inner = by_hand::decrypt(sealed->bytes, mx_enc);
  const auto token = by_hand::parts_of(inner);
  ASSERT_EQ(token.size(), 3u);
  const auto header = parse_json(from_base64url(token[0]).value());
  EXPECT_EQ(header->MemberCount(), 3u);
  EXPECT_EQ(text_at(*header, "alg"), "ES256");
  EXPECT_EQ(text_at(*header, "typ"), "status+jwt");
  EXPECT_EQ(text_at(*header, "kid"), us_sign.kid());
  EXPECT_TRUE(by_hand::verify(us_sign, token[0] + '.' + token[1], from_base64url(token[2]).value()));
  const auto payload = parse_json(from_base64url(token[1]).value());
  EXPECT_EQ(text_at(*payload, "aud"), "mx");
}

TEST_F(Seal, WhatAnotherImplementationMadeIsOpened) {
  const auto opened = open_sealed(token(claims()), opening());
  ASSERT_TRUE(opened) << to_string(opened.error().code) << opened.error().expected;
  EXPECT_EQ(opened->body, R"({"any": "thing"})");
}

TEST_F(Seal, ThreadsShareKeysWithoutHarm) {
  std::vector<std::thread> threads;
  std::atomic<int> good = 0;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 20; ++i) {
        const auto sealed = seal(accepted(uuid4()), sealing());
        if (sealed && open_sealed(sealed->bytes, opening())) ++good;
      }
    });
  }
  for (auto& each : threads) each.join();
  EXPECT_EQ(good, 80);
}

TEST_F(Seal, IdsWithoutTheirShapeAreNotSealed) {
  const auto message_of = accepted(uuid4());
  SealContext context = sealing();
  context.recipient = MemberId("MX\",\"x\":\"");
  EXPECT_EQ(seal(message_of, context).error().pointer, "/aud");
  SealContext late = sealing();
  late.until = late.now;
  EXPECT_EQ(seal(message_of, late).error().pointer, "/exp");
}

TEST(ControlMessage, HoldsNoWords) {
  ControlMessage::Fields fields;
  fields.referral = ReferralId("she called from the farm");
  EXPECT_EQ(ControlMessage::make(fields).error().pointer, "/referral");
  fields.referral = ReferralId(uuid4());
  fields.next_option = MemberId("la granja");
  EXPECT_EQ(ControlMessage::make(fields).error().pointer, "/next_option");
  fields.next_option = MemberId();
  fields.consents = {ConsentId("a name")};
  EXPECT_EQ(ControlMessage::make(fields).error().pointer, "/consents");
  fields.consents.clear();
  fields.kind = MessageKind::referral;
  EXPECT_EQ(ControlMessage::make(fields).error().pointer, "/kind");
}

TEST(ControlMessage, AnUnknownMemberOrCodeIsRefused) {
  const std::string good = accepted(uuid4()).to_json();
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    text.replace(text.find(from), from.size(), to);
    return ControlMessage::parse(MessageKind::status, *parse_json(text));
  };
  EXPECT_TRUE(with("no_space", "no_space"));
  EXPECT_FALSE(with("no_space", "because_of_her"));
  EXPECT_FALSE(with("declined_capacity", "gone"));
  EXPECT_FALSE(with("{\"referral\"", "{\"note\":\"x\",\"referral\""));
  EXPECT_FALSE(with("\"sequence\":3", "\"sequence\":-3"));
}

// What is neither a Disclosure nor a ControlMessage cannot be sealed.
template <class T>
concept CanBeSealed = requires(const T& value, const SealContext& context) {
  seal(value, context);
};
static_assert(CanBeSealed<Disclosure> && CanBeSealed<ControlMessage>);
static_assert(!CanBeSealed<std::string> && !CanBeSealed<std::string_view> && !CanBeSealed<Json>);
static_assert(!CanBeSealed<ControlMessage::Fields> && !std::is_constructible_v<Disclosure, std::string>);

}  // namespace
}  // namespace hotline
