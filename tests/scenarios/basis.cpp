// Sending without a consent: refused, and then on what a named human attests.
#include <gtest/gtest.h>

#include "tests/scenarios/situation.h"

namespace hotline::test {
namespace {

// What stands between commas.
void put_list(Json& wish, const char* name, const std::string& listed) {
  auto& allocator = wish.GetAllocator();
  JsonValue list(rapidjson::kArrayType);
  for (std::size_t begin = 0; begin <= listed.size();) {
    const auto end = std::min(listed.find(',', begin), listed.size());
    list.PushBack(make_text(listed.substr(begin, end - begin), allocator), allocator);
    begin = end + 1;
  }
  set_member(wish, name, std::move(list), allocator);
}

}  // namespace

Gateways::Call Situation::submission(const Sent& sent, const std::string& key) const {
  Gateways::Call call = {
      "POST", "/v1/referrals", {{"to", to_}}, sent.record, {{"Idempotency-Key", '"' + key + '"'}}};
  if (!purpose_.empty()) call.query.emplace_back("purpose", purpose_);
  if (!attestation_.empty()) call.query.emplace_back("attestation", attestation_);
  return call;
}

void Situation::check_refused(const std::string& from, const std::string& to) {
  make_network(from, to);
  for (std::size_t i = 0; i < sent_.size(); ++i) {
    const Reply reply = network_->call(from_, submission(sent_[i], "refused-" + std::to_string(i)));
    EXPECT_EQ(reply.status, 403) << "variant " << i << ": " << reply.body;
    errors_.add("refusal", reply.body);
  }
}

void Situation::attest() {
  if (attesting_.empty()) return;
  Json wish(rapidjson::kObjectType);
  auto& allocator = wish.GetAllocator();
  set_text(wish, "attested_by", "staff-21", allocator);
  set_text(wish, "staff_role", attesting_[0], allocator);
  set_text(wish, "ground", attesting_[1], allocator);
  set_text(wish, "recipient", to_, allocator);
  set_text(wish, "recipient_role", attesting_[2], allocator);
  put_list(wish, "categories", attesting_[3]);
  const Instant whole_second{network_->now().seconds() * 1000};
  set_text(wish, "until", format_instant(whole_second.plus_seconds(3600LL * std::stoll(attesting_[4]))),
           allocator);
  const Reply reply = network_->call(
      from_,
      {"POST", "/v1/attestations", {}, to_text(wish), {{"Idempotency-Key", "\"attested\""}}, "supervisor"});
  ASSERT_EQ(reply.status, 201) << reply.body;
  attestation_ = std::string(text_at(parse_json(reply.body).value(), "id"));
}

}  // namespace hotline::test
