#include "config/registry.h"

#include <gtest/gtest.h>

namespace hotline {
namespace {

std::string digits(char c, std::size_t n) {
  return std::string(n, c);
}

// Shaped like a key, and no key: these are repeated letters, not points of the curve.
std::string jwk(const char* use, char letter) {
  std::string text = R"({"kty":"EC","crv":"P-256","kid":"k","use":")";
  text.append(use)
      .append(R"(","x":")")
      .append(digits(letter, 43))
      .append(R"(","y":")")
      .append(digits(letter, 43));
  return text.append("\"}");
}

std::string member_text(const std::string& id, char letter) {
  std::string text =
      R"({"id":")" + id + R"(","name":"Sample hotline","country":"MX","languages":["es-MX","en"],)";
  text += R"("role":"hotline","conduit":true,"profile":"mx","endpoint":"https://127.0.0.1:7443",)";
  text +=
      R"("time_zone":"America/Mexico_City","policy_version":"mx-2026.1","phone":"+52 55 0000 0017","active":true,)";
  text += R"("certificate_pem":"-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n","spki_sha256":")";
  text += digits(letter, 64) + R"(","signing_jwk":)" + jwk("sig", letter) + R"(,"encryption_jwk":)";
  return text + jwk("enc", letter) + "}";
}

std::string registry_text() {
  return R"({"version":3,"not_before":"2026-01-01T00:00:00Z","members":[)" + member_text("mx", 'a') + "," +
         member_text("us", 'b') + "]}";
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

Result<Registry> parse(const std::string& text) {
  return Registry::parse(parse_json(text).value(), HOTLINE_ROOT);
}

TEST(RegistryTest, MembersAreFoundById) {
  const auto registry = parse(registry_text());
  ASSERT_TRUE(registry) << registry.error().pointer << ' ' << registry.error().expected;
  EXPECT_EQ(registry->version(), 3);
  EXPECT_EQ(format_instant(*registry->not_before()), "2026-01-01T00:00:00Z");
  const Member* mx = registry->find(MemberId("mx"));
  ASSERT_NE(mx, nullptr);
  EXPECT_EQ(mx->country, "MX");
  EXPECT_EQ(mx->languages.front(), "es-MX");
  EXPECT_EQ(mx->policy_version, "mx-2026.1");
  EXPECT_TRUE(mx->conduit);
  EXPECT_TRUE(mx->active);
  EXPECT_EQ(registry->find(MemberId("ca")), nullptr);
}

TEST(RegistryTest, WhoIsNotSaidToBeActiveIsRefusedRatherThanGuessed) {
  const auto registry = parse(replaced(registry_text(), ",\"active\":true", ""));
  ASSERT_FALSE(registry);
  EXPECT_EQ(registry.error().code, ErrorCode::field_missing);
  EXPECT_EQ(registry.error().expected, "active");
}

TEST(RegistryTest, APrivateKeyIsAnUnknownField) {
  const auto registry = parse(replaced(registry_text(), "\"kid\":\"k\"", "\"kid\":\"k\",\"d\":\"secret\""));
  ASSERT_FALSE(registry);
  EXPECT_EQ(registry.error().code, ErrorCode::field_unknown);
  EXPECT_EQ(registry.error().pointer, "/members/0/signing_jwk/d");
}

TEST(RegistryTest, AKeyForSealingCannotSign) {
  const auto registry = parse(replaced(registry_text(), "\"use\":\"sig\"", "\"use\":\"enc\""));
  ASSERT_FALSE(registry);
  EXPECT_EQ(registry.error().pointer, "/members/0/signing_jwk/use");
}

TEST(RegistryTest, NobodyStandsTwice) {
  EXPECT_EQ(parse(replaced(registry_text(), "\"id\":\"us\"", "\"id\":\"mx\"")).error().pointer,
            "/members/1/id");
  EXPECT_EQ(parse(replaced(registry_text(), digits('b', 64), digits('a', 64))).error().pointer,
            "/members/1/spki_sha256");
}

TEST(RegistryTest, OnlyHttpsLeadsToAMember) {
  const auto registry = parse(replaced(registry_text(), "https://127", "http://127"));
  ASSERT_FALSE(registry);
  EXPECT_EQ(registry.error().pointer, "/members/0/endpoint");
}

TEST(RegistryTest, RolesHaveOneNameEach) {
  for (const char* name :
       {"hotline", "service_provider", "legal", "health", "law_enforcement", "immigration_enforcement",
        "child_protection", "emergency_services", "statistics"}) {
    ASSERT_TRUE(role_from(name)) << name;
    EXPECT_EQ(to_string(*role_from(name)), name);
  }
  EXPECT_FALSE(role_from("police"));
}

TEST(RegistryTest, EnforcementIsPoliceAndImmigrationAndNobodyElse) {
  EXPECT_TRUE(is_enforcement(Role::law_enforcement));
  EXPECT_TRUE(is_enforcement(Role::immigration_enforcement));
  for (const Role role : {Role::hotline, Role::service_provider, Role::legal, Role::health,
                          Role::child_protection, Role::emergency_services, Role::statistics}) {
    EXPECT_FALSE(is_enforcement(role)) << to_string(role);
  }
}

}  // namespace
}  // namespace hotline
