// Three hotlines in one process, each with its keys, store and log, and a link in memory that a test may cut,
// bend or listen to. What they exchange is what real gateways exchange: the sealed bytes.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "gateway/crypto/node_keys.h"
#include "gateway/exchange/delivery.h"
#include "gateway/exchange/receive.h"
#include "gateway/exchange/send.h"
#include "gateway/store/sqlite.h"
#include "i18n/codes.h"
#include "tests/support/places.h"

namespace hotline::test {

class MovedClock final : public Clock {
 public:
  Instant now() const override { return at; }
  Instant at{};
};

// One hotline's side of everything.
struct House {
  explicit House(NodeKeys made) : keys(std::move(made)) {}
  NodeKeys keys;
  MovedClock clock;
  std::map<MemberId, PeerKeys> peer_keys;
  std::unique_ptr<Registry> registry;
  std::unique_ptr<OwnKey> signing, decryption;
  std::unique_ptr<Store> store;
  Metrics metrics;
  std::unique_ptr<ExchangeContext> context;
};

class Houses final : public PeerLink {
 public:
  Houses();

  House& at(const std::string& id) { return *houses_.at(id); }
  const ExchangeContext& context(const std::string& id) { return *houses_.at(id)->context; }
  void set_clocks(Instant now);
  // The registry as `of` sees it, with `member` having signed another version of the policy.
  void change_policy(const std::string& of, const std::string& member, const std::string& version);
  // A new signing key, known to everybody.
  void change_signing_key(const std::string& of);
  void set_unlink_delay(const std::string& of, std::int64_t least, std::int64_t most);

  // Sends the record of adapters/<from>/cases/<name> and gives what was answered; throws when it is refused.
  Sent submit(const std::string& from, const std::string& to, const std::string& name);
  Sending<Sent> try_submit(const std::string& from, const std::string& to, const std::string& name);
  // Delivers, and what comes back because of it, until nothing is left; gives the number of messages that
  // arrived.
  int deliver(const std::string& from, std::vector<DeliveryJob> jobs);
  // The same, and what comes back is lost.
  int deliver_only(const std::string& from, std::vector<DeliveryJob> jobs);

  // The link: from whom is told by `sender_`, set by deliver().
  Result<std::string> post(const MemberId& peer, std::string_view sealed, int timeout_ms) override;
  std::vector<std::string> wire;  // every sealed message that has been posted
  bool cut = false;               // nobody is reached
  std::string unreachable;        // this one is not
  bool lose_answers = false;      // the peer takes it, its receipt is lost
  std::function<void()> on_post;  // called once, before the peer gets it

  std::vector<DeliveryJob> queued(const std::string& house);  // everything, due or not

  ReferralRow referral(const std::string& house, const std::string& id);
  std::vector<InboxRow> inbox(const std::string& house);
  std::string only_referral(const Sent& sent);  // id of the first group
  std::vector<LogKind> log(const std::string& house);

 private:
  void make_house(const std::string& id);
  Result<Registry> registry_of_all(const std::map<std::string, std::string>& policies);
  void make_context(const std::string& id);

  TemporaryFolder home_;
  std::map<std::string, std::unique_ptr<House>> houses_;
  std::string sender_;
  std::vector<DeliveryJob> coming_back_;
  std::map<std::string, std::vector<DeliveryJob>> answers_;
};

}  // namespace hotline::test
