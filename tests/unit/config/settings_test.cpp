#include "config/settings.h"

#include <gtest/gtest.h>

#include <functional>

#include "tests/unit/config/data_root.h"

namespace hotline {
namespace {

constexpr const char* kSmallest = R"({
  "node": "us", "environment": "test", "data_root": "/opt/gateway", "language": "en-US",
  "registry": {"file": "registry.jws", "anchors": "anchors.json"},
  "store": {"main": "db/main.db", "keys": "../keys.db"}, "keys": {"folder": "keys"},
  "api": {"host": "127.0.0.1", "port": 0},
  "peer": {"host": "127.0.0.1", "port": 7443, "endpoint": "https://us.example.org:7443"},
  "clients": []
})";

// The smallest settings with one value put at a pointer.
Result<Settings> with(std::string_view pointer, std::string_view text) {
  Json document = parse_json(kSmallest).value();
  const Json value = parse_json(text).value();
  const std::size_t slash = pointer.rfind('/');
  auto* parent = const_cast<JsonValue*>(resolve_pointer(document, pointer.substr(0, slash)));
  const std::string name(pointer.substr(slash + 1));
  parent->RemoveMember(name.c_str());
  set_member(*parent, name, JsonValue(value, document.GetAllocator()), document.GetAllocator());
  return Settings::parse(document, "/etc/node", HOTLINE_ROOT);
}

std::string client(const std::string& id, const std::string& scopes, char token,
                   const std::string& role = "staff") {
  std::string text = R"({"id":")";
  text.append(id).append(R"(","role":")").append(role).append(R"(","scopes":)").append(scopes);
  return text.append(R"(,"token_sha256":")").append(64, token).append("\"}");
}

std::string list(std::string one, const std::string& other = {}) {
  if (!other.empty()) one.append(1, ',').append(other);
  return one.insert(0, 1, '[').append(1, ']');
}

void expect_refused(const Result<Settings>& settings, const std::string& pointer) {
  ASSERT_FALSE(settings);
  EXPECT_EQ(settings.error().code, ErrorCode::settings_invalid);
  EXPECT_EQ(settings.error().pointer, pointer) << settings.error().expected;
}

TEST(SettingsTest, WhatIsNotSaidHasASafeValue) {
  const auto s = with("/node", "\"us\"");
  ASSERT_TRUE(s) << s.error().pointer << ' ' << s.error().expected;
  EXPECT_EQ(s->node, MemberId("us"));
  EXPECT_EQ(s->max_body_bytes, 1u << 20);
  EXPECT_EQ(s->log_level, LogLevel::information);
  EXPECT_EQ(s->registry_minimum_signers, 2);
  EXPECT_TRUE(s->test_clock_file.empty());
  EXPECT_GE(s->unlink_min_seconds, 60);  // people parted by consent are not linked by the minute
}

TEST(SettingsTest, RelativePathsStartAtTheFile) {
  const auto s = with("/node", "\"us\"");
  ASSERT_TRUE(s);
  EXPECT_EQ(s->data_root, "/opt/gateway");
  EXPECT_EQ(s->main_db, "/etc/node/db/main.db");
  EXPECT_EQ(s->keys_db, "/etc/keys.db");
  EXPECT_EQ(s->keys_folder, "/etc/node/keys");
}

TEST(SettingsTest, AFileIsReadWithItsDataRoot) {
  DataRoot root;
  root.write("nodes/us/config.json", kSmallest);
  root.set("nodes/us/config.json", "/data_root", "\"../..\"");
  const auto s = Settings::load(root.file("nodes/us/config.json"));
  ASSERT_TRUE(s) << s.error().pointer << ' ' << s.error().expected;
  EXPECT_EQ(std::filesystem::path(s->data_root) / "", std::filesystem::path(root.path()) / "");
  EXPECT_EQ(s->file, root.file("nodes/us/config.json"));
  EXPECT_EQ(s->main_db, root.file("nodes/us/db/main.db"));
}

TEST(SettingsTest, ADataRootWithoutDataIsNamed) {
  DataRoot root;
  root.write("config.json", kSmallest);
  root.set("config.json", "/data_root", "\"nowhere\"");
  expect_refused(Settings::load(root.file("config.json")), "/data_root");
}

TEST(SettingsTest, UnknownKeysAreRefusedButCommentsAreNot) {
  expect_refused(with("/api/portt", "1"), "/api/portt");
  expect_refused(with("/override", "true"), "/override");
  EXPECT_TRUE(with("/_comment", "\"for the reader\""));
  EXPECT_TRUE(with("/api/_comment", "\"for the reader\""));
}

TEST(SettingsTest, WrongValuesAreNamedWithTheirPlace) {
  expect_refused(with("/api/port", "65536"), "/api/port");
  expect_refused(with("/environment", "\"staging\""), "/environment");
  expect_refused(with("/peer/endpoint", "\"http://us.example.org:80\""), "/peer/endpoint");
  expect_refused(with("/language", "\"english\""), "/language");
  expect_refused(with("/registry", R"({"file": "a", "anchors": "b", "minimum_signers": 1})"),
                 "/registry/minimum_signers");
}

TEST(SettingsTest, AClientIsReadWithItsScopes) {
  const auto s = with("/clients", list(client("desk", R"(["submit","receive"])", 'a', "hotline_system")));
  ASSERT_TRUE(s) << s.error().pointer << ' ' << s.error().expected;
  ASSERT_EQ(s->clients.size(), 1u);
  EXPECT_EQ(s->clients[0].role, ClientRole::hotline_system);
  EXPECT_TRUE(s->clients[0].may(Scope::submit));
  EXPECT_TRUE(s->clients[0].may(Scope::receive));
  EXPECT_FALSE(s->clients[0].may(Scope::audit));
}

TEST(SettingsTest, NobodyReadsBothTheLogAndTheReferrals) {
  expect_refused(with("/clients", list(client("a", R"(["audit","receive"])", 'a'))), "/clients/0/scopes");
  EXPECT_TRUE(with("/clients", list(client("a", R"(["audit"])", 'a'), client("b", R"(["receive"])", 'b'))));
}

TEST(SettingsTest, NobodySendsOnTheirOwnAttestation) {
  expect_refused(with("/clients", list(client("a", R"(["stats","attest","submit"])", 'a'))),
                 "/clients/0/scopes");
}

TEST(SettingsTest, EnforcementHasNoScope) {
  EXPECT_TRUE(with("/clients", list(client("sheriff", "[]", 'a', "law_enforcement"))));
  expect_refused(with("/clients", list(client("sheriff", R"(["stats"])", 'a', "law_enforcement"))),
                 "/clients/0/scopes");
}

TEST(SettingsTest, ASecretBelongsToOneClient) {
  expect_refused(with("/clients", list(client("a", R"(["audit"])", 'a'), client("b", R"(["receive"])", 'a'))),
                 "/clients/1/token_sha256");
  expect_refused(with("/clients", list(client("a", "[]", 'a'), client("a", "[]", 'b'))), "/clients/1/id");
  expect_refused(with("/clients", R"([{"id":"a","role":"staff","scopes":[]}])"), "/clients/0");
}

TEST(SettingsTest, ATestClockIsForTestsOnly) {
  EXPECT_TRUE(with("/test_clock_file", "\"clock\""));
  Json document = parse_json(kSmallest).value();
  auto& to = document.GetAllocator();
  document["environment"].SetString("production");
  set_text(document, "test_clock_file", "clock", to);
  expect_refused(Settings::parse(document, "/etc/node", HOTLINE_ROOT), "/test_clock_file");
}

TEST(SettingsTest, RangesHaveTheirEndsInOrder) {
  expect_refused(with("/delivery", R"({"retry_base_seconds": 60, "retry_max_seconds": 30})"),
                 "/delivery/retry_max_seconds");
  expect_refused(with("/unlink_delay", R"({"min_seconds": 60, "max_seconds": 30})"),
                 "/unlink_delay/max_seconds");
  expect_refused(with("/store", R"({"main": "a.db", "keys": "./a.db"})"), "/store/keys");
}

TEST(SettingsTest, EveryKeyIsExplained) {
  const std::string manual = read_file(HOTLINE_ROOT "/config/README.md").value();
  const Json schema = read_json_file(HOTLINE_ROOT "/config/schema/settings.schema.json").value();
  std::function<void(const JsonValue&, const std::string&)> visit = [&](const JsonValue& node,
                                                                        const std::string& path) {
    const JsonValue* inner = member(node, "items") != nullptr ? member(node, "items") : &node;
    const JsonValue* properties = member(*inner, "properties");
    if (properties == nullptr) {
      EXPECT_NE(manual.find(std::string(1, '`').append(path).append(1, '`')), std::string::npos) << path;
      return;
    }
    for (const auto& each : properties->GetObject()) {
      const std::string name(as_text(each.name));
      if (name != "_comment")
        visit(each.value, path.empty() ? name : std::string(path).append(1, '.').append(name));
    }
  };
  visit(schema, "");
}

}  // namespace
}  // namespace hotline
