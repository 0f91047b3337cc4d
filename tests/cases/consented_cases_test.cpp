// Both columns of a situation: beside a record, expect.json says to whom it goes, how many unlinked
// disclosures come of it, what must be readable there and what must not, in the disclosure or in the
// receiver's own form.
#include <cstdio>
#include <filesystem>
#include <stdexcept>

#include "adapters/engine/profiles.h"
#include "config/policy.h"
#include "consent/decide.h"
#include "consent/redact.h"
#include "consent/texts.h"
#include "i18n/base/text_files.h"
#include "i18n/codes.h"
#include "i18n/fold.h"

namespace hotline {
namespace {

namespace fs = std::filesystem;

const std::string kRoot = HOTLINE_ROOT;

template <typename T>
T must(Result<T> result) {
  if (!result)
    throw std::runtime_error(std::string(to_string(result.error().code)) + " at " + result.error().pointer +
                             " " + result.error().expected);
  return std::move(*result);
}

struct World {
  CodeSystems codes = must(CodeSystems::load(kRoot));
  Schema schema = must(Schema::load(kRoot + "/config/schema/referral.schema.json", &codes));
  Profiles profiles = must(Profiles::load(kRoot, schema, codes));
  Policies policies = must(Policies::load(kRoot));
  ConsentTexts texts = must(ConsentTexts::load(kRoot));
};

const World& world() {
  static const World one;
  return one;
}

std::string country_of(const std::string& hotline) {
  const Json profile = must(read_json_file(kRoot + "/adapters/" + hotline + "/profile.json"));
  return std::string(text_at(profile, "country"));
}

// "at" is the moment of sending; unless said otherwise the day after the consents were given.
Request request_of(const JsonValue& expected, const Referral& referral) {
  const std::string from(text_at(expected, "from"));
  const std::string to(text_at(expected, "to"));
  Request request;
  request.sender = MemberId(from);
  request.sender_country = country_of(from);
  request.recipient = MemberId(to);
  request.recipient_country = country_of(to);
  request.recipient_policy_version = to + "-2026.1";
  request.purpose = Purpose(std::string(referral.purpose()));
  request.now = must(parse_instant(text_at(expected, "at", "2026-11-21T12:00:00Z")));
  return request;
}

std::string next_uuid() {
  static unsigned counter = 0;
  char text[40];
  std::snprintf(text, sizeof text, "3d0c1e52-7a44-4b1f-9e21-%012x", ++counter);
  return text;
}

void collect(const JsonValue& value, std::vector<std::string>& texts) {
  if (value.IsObject()) {
    for (const auto& one : value.GetObject()) collect(one.value, texts);
  } else if (value.IsArray()) {
    for (const JsonValue& one : value.GetArray()) collect(one, texts);
  } else if (value.IsString()) {
    texts.push_back(fold_for_search(as_text(value)));
  }
}

// Short words only as words of their own: "Cele" is not in "celebrated".
bool stands_in(const std::string& text, const std::string& wanted) {
  const auto is_letter = [&](std::size_t at) {
    return at < text.size() && (std::isalnum(static_cast<unsigned char>(text[at])) != 0 || text[at] < 0);
  };
  for (std::size_t at = text.find(wanted); at != std::string::npos; at = text.find(wanted, at + 1))
    if (wanted.size() >= 6 || (!(at > 0 && is_letter(at - 1)) && !is_letter(at + wanted.size()))) return true;
  return false;
}

std::string digits_of(const std::string& text) {
  std::string digits;
  for (const char c : text)
    if (c >= '0' && c <= '9') digits += c;
  return digits;
}

// Numbers are the same number however they are spaced.
bool is_number(const std::string& text) {
  return digits_of(text).size() >= 7 && text.find_first_not_of("0123456789 +-().") == std::string::npos;
}

bool readable(const std::vector<std::string>& texts, std::string_view wanted) {
  const std::string folded = fold_for_search(wanted);
  const bool number = is_number(folded);
  return std::any_of(texts.begin(), texts.end(), [&](const std::string& one) {
    return stands_in(one, folded) || (number && digits_of(one).find(digits_of(folded)) != std::string::npos);
  });
}

struct Arrived {
  std::size_t disclosures = 0;
  std::vector<std::string> texts;  // folded; of every disclosure and of the receiver's record made from it
};

Arrived send(const fs::path& folder, const JsonValue& expected) {
  const std::string from(text_at(expected, "from"));
  const Json national = must(read_json_file((folder / "national.json").string()));
  const ToCanonical read = must(world().profiles.find(from)->to_canonical(national));
  const Decision decision =
      must(decide(read.referral, request_of(expected, read.referral), {}, {}, world().policies));
  const std::vector<Disclosure> sent = must(disclose(
      read.referral, decision,
      {world().schema, world().texts, world().policies, MemberId(from), next_uuid, from + "@1.0.0"}));
  Arrived arrived{sent.size(), {}};
  for (const Disclosure& one : sent) {
    const Json body = must(parse_json(one.bytes()));
    collect(body, arrived.texts);
    Json record;
    record.CopyFrom(*member(body, "referral"), record.GetAllocator());
    const Referral received = must(Referral::from(std::move(record), world().schema));
    collect(
        must(world().profiles.find(text_at(expected, "to"))->from_canonical(received, LanguageTag())).record,
        arrived.texts);
  }
  return arrived;
}

std::vector<std::string> situations() {
  std::vector<std::string> found;
  for (const auto& profile : fs::directory_iterator(fs::path(kRoot) / "adapters")) {
    std::error_code none;
    for (const auto& one : fs::directory_iterator(profile.path() / "cases", none))
      if (fs::exists(one.path() / "expect.json"))
        found.push_back(fs::relative(one.path(), fs::path(kRoot) / "adapters").string());
  }
  std::sort(found.begin(), found.end());
  return found;
}

class Situation : public testing::TestWithParam<std::string> {};

TEST_P(Situation, BringsWhatWasAgreedAndNothingElse) {
  const fs::path folder = fs::path(kRoot) / "adapters" / GetParam();
  const Json expected = must(read_json_file((folder / "expect.json").string()));
  const Arrived arrived = send(folder, expected);

  EXPECT_EQ(arrived.disclosures, static_cast<std::size_t>(integer_at(expected, "groups", 1)));
  for (const JsonValue& value : member(expected, "must_arrive")->GetArray())
    EXPECT_TRUE(readable(arrived.texts, as_text(value))) << "missing: " << as_text(value);
  for (const JsonValue& value : member(expected, "must_not_arrive")->GetArray())
    EXPECT_FALSE(readable(arrived.texts, as_text(value))) << "readable: " << as_text(value);
}

// What must not arrive is there to be withheld: a list that names nothing of the record would prove nothing.
TEST_P(Situation, WithholdsWhatTheRecordDoesHold) {
  const fs::path folder = fs::path(kRoot) / "adapters" / GetParam();
  const Json expected = must(read_json_file((folder / "expect.json").string()));
  const Json national = must(read_json_file((folder / "national.json").string()));
  const Profile* sender = world().profiles.find(text_at(expected, "from"));
  std::vector<std::string> texts;
  collect(national, texts);
  collect(must(sender->to_canonical(national)).referral.json(), texts);
  for (const JsonValue& value : member(expected, "must_not_arrive")->GetArray())
    EXPECT_TRUE(readable(texts, as_text(value))) << "not in the record: " << as_text(value);
}

std::string test_name(const testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  for (char& c : name)
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  return name;
}

INSTANTIATE_TEST_SUITE_P(All, Situation, testing::ValuesIn(situations()), test_name);

}  // namespace
}  // namespace hotline
