// A fourth country joins by a folder of data and a policy: it reads and is read by all others, and exchanges
// consented referrals with each of them, with the same programs.
#include <filesystem>

#include "adapters/engine/mapped_profile.h"
#include "tests/fourth-hotline/data_root.h"

namespace hotline::test {
namespace {

namespace fs = std::filesystem;

struct Loaded {
  explicit Loaded(const std::string& root)
      : codes(CodeSystems::load(root).value()),
        schema(Schema::load(root + "/config/schema/referral.schema.json", &codes).value()),
        profiles(Profiles::load(root, schema, codes).value()) {}
  CodeSystems codes;
  Schema schema;
  Profiles profiles;
};

std::string say(const Error& error) {
  return std::string(to_string(error.code)) + " at " + error.pointer + " (" + error.expected + ")";
}

// What a hotline sent, each in its own form.
std::vector<Json> cases_of(const std::string& root, const std::string& profile) {
  std::vector<Json> cases;
  for (const auto& each : fs::directory_iterator(root + "/adapters/" + profile + "/cases")) {
    const fs::path file = each.path() / "national.json";
    if (each.path().filename().string().starts_with("received-") || !fs::exists(file)) continue;
    cases.push_back(parse_json(read_whole(file)).value());
  }
  return cases;
}

// The record can be said in the other form: valid there, and every leaf has a fate with a reason. (It is not
// always complete there: a code that is only related waits for a person.)
void expect_said(const Profile& from, const Json& record, const Profile& to) {
  const auto in = from.to_canonical(record);
  ASSERT_TRUE(in) << say(in.error());
  const auto out = to.from_canonical(in->referral, LanguageTag());
  ASSERT_TRUE(out) << say(out.error());
  if (const auto* mapped = dynamic_cast<const MappedProfile*>(&to); to.id() == "gt" && mapped != nullptr) {
    const auto valid = mapped->national_schema().validate(out->record);
    EXPECT_TRUE(valid) << say(valid.error());
  }
  EXPECT_GT(out->report.lines().size(), 5u);
  for (const ReportLine& line : out->report.lines())
    EXPECT_FALSE(line.fate == Fate::dropped && line.reason.empty()) << line.source;
}

TEST(FourthHotline, IsCleanForTheLint) {
  const DataRoot data;
  const Outcome check = data.run({"check"});
  EXPECT_EQ(check.status, 0) << check.out << check.err;
}

TEST(FourthHotline, ReadsAndIsReadByEveryOther) {
  const DataRoot data;
  const Loaded loaded(data.path());
  const Profile* gt = loaded.profiles.find("gt");
  ASSERT_NE(gt, nullptr);
  const auto own = cases_of(data.path(), "gt");
  EXPECT_GE(own.size(), 5u);
  std::size_t others = 0;
  for (const std::string& id : loaded.profiles.ids()) {
    if (id == "gt" || id == "canonical") continue;
    SCOPED_TRACE(id);
    const Profile& other = *loaded.profiles.find(id);
    for (const Json& record : own) expect_said(*gt, record, other);
    for (const Json& record : cases_of(data.path(), id)) expect_said(other, record, *gt);
    ++others;
  }
  EXPECT_GE(others, 4u);
}

struct Corridor {
  std::string from, to, record;
  std::vector<std::string> arrives, stays;
};

// A consent that another hotline was named in now names the new one: in the object that speaks of its policy.
bool readdress(JsonValue& value, const std::string& to, Json::AllocatorType& allocator, bool inside = false) {
  const std::map<std::string, std::string> words = {{to, "gt"},
                                                    {to + "-2026.1", "gt-2026.1"},
                                                    {"MX", "GT"},
                                                    {"US", "GT"},
                                                    {"CA", "GT"},
                                                    {"México", "Guatemala"},
                                                    {"Estados Unidos", "Guatemala"}};
  if (value.IsString()) {
    const auto word = words.find(value.GetString());
    if (inside && word != words.end()) value.SetString(word->second, allocator);
    return inside && word != words.end();
  }
  bool any = false;
  if (value.IsArray())
    for (auto& each : value.GetArray()) any = readdress(each, to, allocator, inside) || any;
  if (!value.IsObject()) return any;
  for (const auto& each : value.GetObject())
    inside = inside || (each.value.IsString() && each.value.GetString() == to + "-2026.1");
  for (auto& each : value.GetObject()) any = readdress(each.value, to, allocator, inside) || any;
  return any;
}

std::string addressed_to_gt(const std::string& file, const std::string& before) {
  Json record = parse_json(read_whole(file)).value();
  EXPECT_TRUE(readdress(record, before, record.GetAllocator())) << file;
  return to_text(record);
}

// Submits, lets time pass, and waits for the receipt that the sender has verified.
void expect_delivered(Gateways& network, const Corridor& corridor) {
  const std::string key = "\"" + corridor.from + "-" + corridor.to + "\"";
  const Reply reply = network.call(
      corridor.from,
      {"POST", "/v1/referrals", {{"to", corridor.to}}, corridor.record, {{"Idempotency-Key", key}}});
  ASSERT_EQ(reply.status, 202) << reply.body;
  const auto answer = parse_json(reply.body).value();
  ASSERT_EQ(answer["referrals"].Size(), 1u);
  const std::string id(text_at(answer["referrals"][0], "id"));
  network.set_clock(network.now().plus_seconds(300));
  Json sent;
  ASSERT_TRUE(eventually([&] {
    sent = network.json(corridor.from, {"GET", "/v1/referrals/" + id});
    return text_at(sent, "state") == "delivered";
  })) << to_text(sent);
  EXPECT_EQ(sent["receipts"].Size(), 1u) << to_text(sent);

  const std::string arrived = to_text(network.json(corridor.to, {"GET", "/v1/inbox/" + id}));
  for (const std::string& value : corridor.arrives)
    EXPECT_NE(arrived.find(value), std::string::npos) << "must arrive: " << value;
  for (const std::string& value : corridor.stays)
    EXPECT_EQ(arrived.find(value), std::string::npos) << "must not arrive: " << value;
}

TEST(FourthHotline, ExchangesWithEveryOtherBothWays) {
  const DataRoot data;
  Gateways network(parse_instant("2026-11-21T12:00:00Z").value(), {"us", "ca", "mx", "gt"}, data.path());
  for (const std::string& node : network.nodes()) network.start(node);

  std::vector<Corridor> corridors;
  for (const auto& each : fs::directory_iterator(data.file("adapters/gt/cases"))) {
    if (!fs::exists(each.path() / "expect.json")) continue;
    const auto expectation = parse_json(read_whole(each.path() / "expect.json")).value();
    Corridor corridor{
        "gt", std::string(text_at(expectation, "to")), read_whole(each.path() / "national.json"), {}, {}};
    for (const auto& value : expectation["must_arrive"].GetArray())
      corridor.arrives.emplace_back(as_text(value));
    for (const auto& value : expectation["must_not_arrive"].GetArray())
      corridor.stays.emplace_back(as_text(value));
    corridors.push_back(std::move(corridor));
  }
  EXPECT_EQ(corridors.size(), 3u);
  const auto record = [&](const char* folder, const char* before) {
    return addressed_to_gt(data.file(std::string("adapters/") + folder + "/national.json"), before);
  };
  corridors.push_back({"us", "gt", record("us/cases/crisis-within-24-hours", "ca"), {"Junie"}, {"Kessler"}});
  corridors.push_back({"ca",
                       "gt",
                       record("ca/cases/seasonal-worker-goes-home-without-the-employer", "mx"),
                       {"Celerino"},
                       {"Pruett Greenhouses"}});
  corridors.push_back({"mx",
                       "gt",
                       record("mx/cases/family-abroad-is-called-for-money", "us"),
                       {"Noemí Prado"},
                       {"El Chato"}});
  for (const Corridor& corridor : corridors) {
    SCOPED_TRACE(corridor.from + " to " + corridor.to);
    expect_delivered(network, corridor);
  }
  for (const std::string& node : network.nodes()) {
    EXPECT_EQ(network.stop(node), 0) << node;
    const Outcome log = data.run({"audit", "verify", "--config", network.config(node)});
    EXPECT_EQ(log.status, 0) << node << log.out << log.err;
  }
}

}  // namespace
}  // namespace hotline::test
