#include "tests/scenarios/situation.h"

#include <gtest/gtest.h>

#include <filesystem>

namespace hotline::test {
namespace {

// What the receiver's folder is made to hold before it is searched; the search must find it.
constexpr const char* kCanary = "Çanário Ñandú 4815162342";
constexpr const char* kCanaryHidden = "{\"x\":\"w4dhbsOhcmlvIMORYW5kw7ogNDgxNTE2MjM0Mg==\"}";

std::string profile_of(const std::string& folder) {
  return std::filesystem::path(folder).parent_path().parent_path().filename().string();
}

Json parse(const std::string& text) {
  auto json = parse_json(text, {16u << 20, 64});
  if (!json) throw std::runtime_error("no JSON: " + std::string(to_string(json.error().code)));
  return std::move(*json);
}

// Consent ids of a record, by way of its canonical form.
std::vector<std::string> consent_ids(const std::string& profile, const std::string& record) {
  const Outcome converted =
      run_gateway_command({"convert", "--from", profile, "--to", "canonical", "-"}, record);
  if (converted.status != 0) throw std::runtime_error("convert: " + converted.err);
  std::vector<std::string> ids;
  const Json canonical = parse(converted.out);
  if (const JsonValue* consents = member(canonical, "consents")) {
    for (const JsonValue& each : consents->GetArray()) ids.emplace_back(text_at(each, "consent_id"));
  }
  return ids;
}

std::string replace_all(std::string text, const std::string& from, const std::string& to) {
  for (auto at = text.find(from); at != text.npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

bool is_code(const std::string& value) {
  return value.size() < 8 || std::all_of(value.begin(), value.end(), [](unsigned char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
         });
}

}  // namespace

Situation::Situation(Scenario scenario, std::uint32_t variants)
    : scenario_(std::move(scenario)), variants_(variants) {}

void Situation::play() {
  for (const Step& step : scenario_.steps) {
    SCOPED_TRACE("line " + std::to_string(step.line) + " of the scenario");
    take(step);
    if (testing::Test::HasFatalFailure()) return;
  }
}

void Situation::take(const Step& step) {
  switch (step.kind) {
    case StepKind::record:
      return prepare(step.words[0]);
    case StepKind::time:
      now_ = parse_instant(step.words[0]).value();
      return;
    case StepKind::expectation:
      expectation_ = step.words[0];
      return;
    case StepKind::purpose:
      purpose_ = step.words[0];
      return;
    case StepKind::attestation:
      attesting_ = step.words;
      return;
    case StepKind::refused:
      return check_refused(step.words[0], step.words[1]);
    case StepKind::send:
      return send(step.words[0], step.words[1]);
    case StepKind::both_columns:
      return check_columns();
    case StepKind::referrals:
      return check_count(std::stoul(step.words[0]));
    case StepKind::pass:
      return pass(std::stoi(step.words[0]));
    case StepKind::withdraw:
      return withdraw();
    case StepKind::nothing_left:
      return check_nothing_left();
    case StepKind::purge_receipt:
      return check_purge_receipt();
    case StepKind::demand:
      return demand(step.words[0]);
    case StepKind::same_refusal:
      return;  // checked by the demand itself, which has all answers in hand
  }
}

void Situation::prepare(const std::string& folder) {
  const std::string place = repository() + "/" + folder;
  const std::string record = read_whole(place + "/national.json");
  const std::string expectation = read_whole(place + "/" + expectation_);
  const auto consents = consent_ids(profile_of(folder), record);
  for (std::uint32_t seed = 0; seed <= variants_; ++seed) {
    Varied varied = variant(record, expectation, scenario_.vary, seed);
    Sent sent;
    for (const std::string& consent : consents) {  // no two people share a consent
      const std::string own = consent + "-v" + std::to_string(seed);
      varied.record = replace_all(varied.record, '"' + consent + '"', '"' + own + '"');
      sent.consents.push_back(own);
    }
    sent.record = varied.record;
    sent.expectation = parse(varied.expectation);
    sent_.push_back(std::move(sent));
  }
}

void Situation::start(const std::string& node) {
  if (!std::exchange(running_[node], true)) network_->start(node);
}

void Situation::stop(const std::string& node) {
  if (!std::exchange(running_[node], false)) return;
  EXPECT_EQ(network_->stop(node), 0) << node << " did not end well";
}

// All but the receiver.
void Situation::make_network(const std::string& from, const std::string& to) {
  from_ = from;
  to_ = to;
  if (network_) return;
  network_ = std::make_unique<Gateways>(now_);
  for (const auto& node : network_->nodes()) {
    if (node != to_) start(node);
  }
}

void Situation::send(const std::string& from, const std::string& to) {
  make_network(from, to);
  attest();
  for (std::size_t i = 0; i < sent_.size(); ++i) submit(sent_[i], i);
  if (testing::Test::HasFatalFailure()) return;
  open_wire();
  deliver();
  for (Sent& sent : sent_) read_inbox(sent);
  provoke_errors();
}

void Situation::submit(Sent& sent, std::size_t number) {
  const Reply reply = network_->call(from_, submission(sent, "variant-" + std::to_string(number)));
  ASSERT_EQ(reply.status, 202) << "variant " << number << ": " << reply.body;
  const Json answer = parse(reply.body);
  for (const JsonValue& each : answer["referrals"].GetArray())
    sent.referrals.emplace_back(text_at(each, "id"));
}

// The receiver has not been running, so what was sealed for it still lies in the sender's store.
void Situation::open_wire() {
  stop(from_);
  for (Sent& sent : sent_) {
    for (const std::string& body : opened_messages(*network_, from_, to_, sent.referrals)) {
      sent.arrived.add("opened message", body);
      ++opened_;
    }
  }
}

void Situation::deliver() {
  now_ = now_.plus_seconds(300);
  network_->set_clock(now_);
  start(to_);
  start(from_);
  for (const Sent& sent : sent_) {
    for (const std::string& id : sent.referrals) {
      const auto arrived = [&] {
        const std::string state(text_at(referral(id), "state"));
        return state != "ready" && state != "sent";
      };
      ASSERT_TRUE(eventually(arrived)) << "not delivered: " << text_at(referral(id), "state");
    }
  }
}

Json Situation::referral(const std::string& id) {
  return network_->json(from_, {"GET", "/v1/referrals/" + id});
}

void Situation::read_inbox(Sent& sent) {
  for (const std::string& id : sent.referrals) {
    sent.arrived.add("inbox record", to_text(network_->json(to_, {"GET", "/v1/inbox/" + id})));
    sent.arrived.add(
        "inbox record, opened",
        to_text(network_->json(
            to_, {"POST", "/v1/inbox/" + id + "/narratives", {}, R"({"reason":"needed_for_service"})"})));
  }
}

// Faults in every place that sees a record: whatever they answer is searched like the rest.
void Situation::provoke_errors() {
  const std::string& record = sent_.front().record;
  const std::string unknown = "{\"zz_unknown\":\"x\"," + record.substr(record.find('{') + 1);
  const std::string cut = record.substr(0, record.size() / 2);
  for (const std::string& broken : {unknown, cut, replace_all(record, "\"2026-", "\"2026-13-")}) {
    const Reply reply = network_->call(
        from_, {"POST", "/v1/referrals", {{"to", to_}}, broken, {{"Idempotency-Key", "\"broken\""}}});
    EXPECT_GE(reply.status, 400);
    EXPECT_LT(reply.status, 500) << reply.body;
    errors_.add("error of the API", reply.body);
  }
  const Outcome command = run_gateway_command({"convert", "--from", from_, "--to", to_, "-"}, cut);
  EXPECT_EQ(command.status, 3) << command.err;
  errors_.add("error of the command", command.out + command.err);
  const Reply reply = network_->call(to_, {"POST",
                                           "/v1/referrals/" + sent_.front().referrals.front() + "/status",
                                           {},
                                           R"({"status":"no_such_state"})",
                                           {{"Idempotency-Key", "\"wrong\""}}});
  EXPECT_GE(reply.status, 400);
  errors_.add("error at the receiver", reply.body);
}

void Situation::check_count(std::size_t expected) {
  for (const Sent& sent : sent_) EXPECT_EQ(sent.referrals.size(), expected);
}

std::vector<std::string> Situation::expected(const Sent& sent, const char* column) const {
  std::vector<std::string> values;
  for (const JsonValue& each : sent.expectation[column].GetArray()) values.emplace_back(as_text(each));
  return values;
}

void Situation::check_columns() {
  write_whole(network_->directory(to_) + "/store/canary", kCanaryHidden);
  for (const auto& node : network_->nodes()) stop(node);
  for (const Sent& sent : sent_) check_arrived(sent);

  Haystack held = files_of(*network_, to_);
  for (const std::string& payload : unwrapped_payloads(*network_, to_)) held.add("unwrapped row", payload);
  EXPECT_TRUE(held.find(kCanary)) << "the search is blind";
  for (const Sent& sent : sent_) held.add_all(sent.arrived);
  held.add_all(errors_);
  check_absent(held, "at the receiver");
  check_absent(files_of(*network_, from_), "on the sender's disk");
  for (const auto& node : network_->nodes()) {
    if (node != from_ && node != to_) check_absent(files_of(*network_, node), "at a third hotline");
  }
}

void Situation::check_arrived(const Sent& sent) {
  if (sent.expectation.HasMember("groups")) {
    EXPECT_EQ(sent.referrals.size(), static_cast<std::size_t>(integer_at(sent.expectation, "groups")));
  }
  EXPECT_EQ(sent.arrived.size() > 0, !sent.referrals.empty());
  for (const std::string& value : expected(sent, "must_arrive")) {
    EXPECT_TRUE(sent.arrived.find(value)) << "must arrive: " << value;
  }
}

void Situation::check_absent(const Haystack& everything, const std::string& where) {
  for (const Sent& sent : sent_) {
    for (const std::string& value : expected(sent, "must_not_arrive")) {
      const auto found = everything.find(value);
      EXPECT_FALSE(found) << "must not be " << where << ": " << value << ", found in " << found.value_or("");
    }
  }
}

void Situation::pass(int hours) {
  backup_ = network_->path("backup.db");
  stop(to_);
  std::filesystem::copy_file(network_->directory(to_) + "/store/gateway.db", backup_,
                             std::filesystem::copy_options::overwrite_existing);
  now_ = now_.plus_seconds(3600LL * hours);
  network_->set_clock(now_);
  for (const auto& node : network_->nodes()) start(node);
}

void Situation::withdraw() {
  for (const Sent& sent : sent_) {
    for (const std::string& consent : sent.consents) {
      const Reply reply = network_->call(from_, {"POST",
                                                 "/v1/consents/" + consent + "/withdraw",
                                                 {},
                                                 "{}",
                                                 {{"Idempotency-Key", "\"" + consent + "\""}}});
      EXPECT_EQ(reply.status, 202) << reply.body;
    }
  }
}

void Situation::check_purge_receipt() {
  for (const Sent& sent : sent_) {
    for (const std::string& id : sent.referrals) {
      const auto proven = [&] { return to_text(referral(id)).find("key_destroyed") != std::string::npos; };
      EXPECT_TRUE(eventually(proven)) << to_text(referral(id));
    }
  }
}

// Neither in what the receiver holds now, nor in a backup of its store from before with the keys that are
// left.
void Situation::check_nothing_left() {
  const auto gone = [&] {
    const Json inbox = network_->json(to_, {"GET", "/v1/inbox"});
    for (const JsonValue& item : inbox["items"].GetArray()) {
      if (text_at(item, "state") == "waiting") return false;
    }
    return true;
  };
  EXPECT_TRUE(eventually(gone));
  for (const auto& node : network_->nodes()) stop(node);
  Haystack left = files_of(*network_, to_);
  for (const std::string& payload : unwrapped_payloads(*network_, to_)) left.add("unwrapped row", payload);
  for (const std::string& payload : unwrapped_payloads(*network_, to_, backup_)) left.add("backup", payload);
  for (const Sent& sent : sent_) {
    for (const std::string& value : expected(sent, "must_arrive")) {
      if (is_code(value)) continue;  // a word of a closed list, which stays in rows and log
      const auto found = left.find(value);
      EXPECT_FALSE(found) << "still readable: " << value << ", in " << found.value_or("");
    }
  }
}

}  // namespace hotline::test
