// Another version of the own mapping looks on while records are sent and read, and is never noticed.
#include <gtest/gtest.h>

#include "gateway/exchange/inbox.h"
#include "tests/integration/houses.h"

namespace hotline {
namespace {

using test::Houses;

// A version that refuses everything it is given and writes nothing at all.
class Contrary final : public Profile {
 public:
  explicit Contrary(const Profile& current) : current_(current) {}
  std::string_view id() const override { return current_.id(); }
  std::string_view version() const override { return "9.9.9"; }
  const std::vector<LanguageTag>& languages() const override { return current_.languages(); }
  const Form& form() const override { return current_.form(); }
  Result<ToCanonical> to_canonical(const Shaped& shaped) const override { return to_canonical(shaped.tree); }
  Result<ToCanonical> to_canonical(const JsonValue&) const override {
    return fail(ErrorCode::value_not_allowed, "/people/7/name");
  }
  Result<FromCanonical> from_canonical(const Referral&, const LanguageTag&) const override {
    throw std::runtime_error("a shadow that falls over");
  }

 private:
  const Profile& current_;
};

TEST(ShadowMapping, CountsWhatItSeesAndChangesNoAnswer) {
  Houses houses;
  Shadow sending(std::make_shared<Contrary>(houses.context("us").profile));
  houses.at("us").context->shadow = &sending;
  auto sent = houses.submit("us", "mx", "case-handoff-to-puebla");
  EXPECT_EQ(sent.answer.status, 202);
  EXPECT_EQ(to_text(sending.to_json()["records"]), R"({"in":1,"out":0})");
  EXPECT_EQ(
      to_text(sending.to_json()["differences"]),
      R"([{"direction":"in","path":"/people/*/name","kind":"refused_by_shadow","from":"","to":"value_not_allowed","count":1}])");

  const std::string id = houses.only_referral(sent);
  houses.deliver("us", std::move(sent.jobs));
  Shadow reading(std::make_shared<Contrary>(houses.context("mx").profile));
  houses.at("mx").context->shadow = &reading;
  const auto record = read_inbox(houses.context("mx"), ReferralId(id), LanguageTag(), "system");
  ASSERT_TRUE(record);
  EXPECT_FALSE(record->record.empty());
}

TEST(ShadowMapping, OfTheSameVersionSeesNoDifferenceOnEitherSide) {
  Houses houses;
  const std::string root = HOTLINE_ROOT;
  const auto codes = CodeSystems::load(root).value();
  const auto schema = Schema::load(root + "/config/schema/referral.schema.json", &codes).value();
  std::map<std::string, std::unique_ptr<Shadow>> shadows;
  for (const std::string id : {"us", "mx"}) {
    shadows[id] =
        Shadow::load(root + "/adapters/" + id, root, schema, codes, houses.context(id).profile).value();
    houses.at(id).context->shadow = shadows[id].get();
  }
  auto sent = houses.submit("us", "mx", "case-handoff-to-puebla");
  const std::string id = houses.only_referral(sent);
  houses.deliver("us", std::move(sent.jobs));
  ASSERT_TRUE(read_inbox(houses.context("mx"), ReferralId(id), LanguageTag(), "system"));
  for (const auto& [member, shadow] : shadows) {
    const Json table = shadow->to_json();
    EXPECT_EQ(to_text(table["records"]), member == "us" ? R"({"in":1,"out":0})" : R"({"in":0,"out":1})");
    EXPECT_EQ(to_text(table["differences"]), "[]") << member;
  }
}

}  // namespace
}  // namespace hotline
