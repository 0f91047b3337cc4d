#include "gateway/exchange/onward.h"

#include <algorithm>

#include "consent/consent.h"

namespace hotline {
namespace {

constexpr Level kLevels[] = {Level::withheld, Level::pseudonymised, Level::generalised, Level::full};

// What stands on no list of what was held back came in full.
Level level_of(const JsonValue& person, const Category& category) {
  const auto* marks = member(person, "withheld");
  if (marks == nullptr || !marks->IsArray()) return Level::full;
  for (const auto& mark : marks->GetArray()) {
    if (text_at(mark, "category") != category.get()) continue;
    for (const Level level : kLevels) {
      if (to_string(level) == text_at(mark, "level")) return level;
    }
    return Level::withheld;
  }
  return Level::full;
}

bool is_taken_back(const ReferralRow& row) {
  return !row.hold.empty() || row.status == ReferralStatus::withdrawn_by_person ||
         row.status == ReferralStatus::revoked_by_sender || row.status == ReferralStatus::expired;
}

}  // namespace

std::string terms_of(const Referral& disclosed, Instant until) {
  Json out(rapidjson::kObjectType);
  auto& allocator = out.GetAllocator();
  const auto* terms = member(disclosed.json(), "terms");
  JsonValue recipients(rapidjson::kArrayType);
  const auto* named = terms == nullptr ? nullptr : member(*terms, "onward_recipients");
  if (named != nullptr && text_at(*terms, "onward") == "listed") recipients.CopyFrom(*named, allocator);
  set_member(out, "onward", std::move(recipients), allocator);
  set_text(out, "until", format_instant(until), allocator);
  JsonValue levels(rapidjson::kObjectType);
  const auto* persons = member(disclosed.json(), "persons");
  for (const auto& category : all_categories()) {
    Level least = persons == nullptr || persons->Empty() ? Level::withheld : Level::full;
    if (persons != nullptr) {
      for (const auto& person : persons->GetArray()) least = std::min(least, level_of(person, category));
    }
    set_text(levels, category.get(), to_string(least), allocator);
  }
  set_member(out, "levels", std::move(levels), allocator);
  return to_text(out);
}

OriginalTerms read_terms(const std::string& text) {
  OriginalTerms terms;
  const auto json = parse_json(text);
  if (!json || !json->IsObject()) return terms;
  terms.until = parse_instant(text_at(*json, "until")).value_or(Instant{});
  if (const auto* named = member(*json, "onward"); named != nullptr && named->IsArray()) {
    for (const auto& each : named->GetArray()) terms.recipients.emplace_back(std::string(as_text(each)));
  }
  const auto* levels = member(*json, "levels");
  if (levels == nullptr || !levels->IsObject()) return terms;
  for (const auto& category : all_categories()) {
    for (const Level level : kLevels) {
      if (to_string(level) == text_at(*levels, category.get())) terms.levels.emplace_back(category, level);
    }
  }
  return terms;
}

Result<Onward> onward_of(const Reader& reader, const ReferralId& said, const ReferralId& named) {
  const auto received = [&](const ReferralId& id) {
    auto row = id.get().empty() ? std::nullopt : reader.referral(id);
    return row && row->direction == Direction::inbound ? row : std::nullopt;
  };
  auto row = received(said);
  if (!row && !said.get().empty())
    return fail(ErrorCode::value_not_allowed, "/onward_of", "received_referral");
  if (!row) row = received(named);
  if (!row) return Onward{};
  if (is_taken_back(*row)) return fail(ErrorCode::no_consent);
  return Onward{row->id, read_terms(row->terms)};
}

bool may_go_on(const Reader& reader, const ReferralId& received) {
  if (received.get().empty()) return true;
  const auto row = reader.referral(received);
  return row && !is_taken_back(*row);
}

}  // namespace hotline
