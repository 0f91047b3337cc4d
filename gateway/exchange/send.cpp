#include "gateway/exchange/send.h"

#include <algorithm>

#include "consent/safe_contact.h"
#include "consent/stages.h"
#include "gateway/crypto/random.h"
#include "gateway/exchange/contact.h"
#include "gateway/exchange/crash_points.h"
#include "gateway/exchange/parcel.h"
#include "gateway/exchange/prepare.h"

namespace hotline {
namespace {

void put_member(Json& out, std::string_view name, const Json& document) {
  JsonValue copy(document, out.GetAllocator());
  set_member(out, name, std::move(copy), out.GetAllocator());
}

JsonValue group_json(const Group& group, Json::AllocatorType& allocator) {
  JsonValue persons(rapidjson::kArrayType);
  for (const auto& person : group.persons) persons.PushBack(make_text(person.get(), allocator), allocator);
  return persons;
}

// For whoever wrote the record, and for nobody else: it goes into the answer and nowhere on.
void put_wording(Json& out, const ExchangeContext& context, const Referral& referral) {
  auto& allocator = out.GetAllocator();
  const auto wording = context.staff_words.look(referral, context.language);
  set_member(out, "wording", wording_json(wording, allocator), allocator);
}

std::string accepted_body(const ExchangeContext& context, const std::string& submission_id,
                          const Prepared& prepared, const std::vector<Parcel>& parcels) {
  Json out(rapidjson::kObjectType);
  auto& allocator = out.GetAllocator();
  set_text(out, "submission", submission_id, allocator);
  JsonValue referrals(rapidjson::kArrayType);
  for (std::size_t i = 0; i < parcels.size(); ++i) {
    const auto& parcel = parcels[i];
    JsonValue item(rapidjson::kObjectType);
    set_text(item, "id", parcel.referral.id.get(), allocator);
    set_text(item, "to", parcel.referral.peer.get(), allocator);
    set_text(item, "state", to_string(parcel.referral.status), allocator);
    set_text(item, "urgency", parcel.referral.urgency, allocator);
    set_member(item, "persons", group_json(prepared.decision.groups[i], allocator), allocator);
    set_text(item, "until", format_instant(parcel.referral.until), allocator);
    if (!parcel.referral.stage.empty()) set_text(item, "stage", parcel.referral.stage, allocator);
    set_text(item, "due", format_instant(parcel.outbox.next_attempt), allocator);
    set_text(item, "narrative_held", prepared.disclosures[i].narrative_held(), allocator);
    referrals.PushBack(item, allocator);
  }
  set_member(out, "referrals", std::move(referrals), allocator);
  put_member(out, "decision", with_id(prepared.decision.to_json(), submission_id));
  put_wording(out, context, prepared.record.referral);
  put_member(out, "report", prepared.record.report.to_json());
  return to_text(out);
}

// Nothing is sent, and nothing refused, when another word of the person was recorded between the decision and
// the commit: then `outdated` is set, and it is to be decided again.
Sending<Sent> send_once(const ExchangeContext& context, const Submission& submission, bool& outdated) {
  const Instant now = context.clock.now();
  const std::string submission_id = uuid4();
  LogDetail decided;
  if (submission.stage == Stage::complete)
    return refused(Error{ErrorCode::value_not_allowed, {}, "stage", {}});
  auto prepared = decide_to_send(context, submission, now, submission_id, decided);
  if (prepared) {
    note_stage(decided, submission.stage, context.policies.base());
    prepared = with_disclosures(context, std::move(*prepared), submission.stage, submission_id);
    if (prepared) note_stayed(decided, *prepared, submission.stage);
  }
  if (!prepared) {
    if (is_refusal(prepared.error().error.code))
      log_refusal(context, submission, prepared.error().error, submission_id, decided, now);
    return tl::make_unexpected(std::move(prepared.error()));
  }

  std::vector<Parcel> parcels;
  for (std::size_t i = 0; i < prepared->disclosures.size(); ++i) {
    const auto& disclosure = prepared->disclosures[i];
    auto parcel = make_parcel(context, submission, submission_id, disclosure, prepared->decision,
                              due_time(context, disclosure, i, now));
    if (!parcel) return refused(std::move(parcel.error()));
    parcel->referral.onward_of = prepared->onward_of;
    if (auto kept = add_contact_rules(context, disclosure, prepared->decision.groups[i], *parcel); !kept)
      return refused(std::move(kept.error()));
    parcel->referral.stage = std::string(to_string(submission.stage));
    parcels.push_back(std::move(*parcel));
  }
  Sent sent;
  sent.answer = {202, accepted_body(context, submission_id, *prepared, parcels)};
  sent.first = parcels.front().referral.id;
  const KeptAnswer kept(context.store, submission.key, sent.answer, now);
  const auto versions = new_versions(context, prepared->words, submission.client, now);
  if (!versions) return refused(versions.error());
  crash_point(CrashPoint::send_sealed);

  auto committed = context.store.commit([&](Transaction& transaction) -> Result<void> {
    for (const auto& parcel : parcels) {
      if (!still_given(transaction, parcel.referral.onward_of, parcel.referral.consents))
        return fail(ErrorCode::no_consent);
    }
    outdated = !still_the_last(transaction, prepared->words);
    if (outdated) return fail(ErrorCode::state_conflict);
    put_decision(transaction, submission_id, decided, now);
    for (auto& parcel : parcels) {
      put(transaction, parcel);
      put_deadlines(transaction, parcel.referral, parcel.crisis);
    }
    for (const auto& version : *versions) (void)put(transaction, version);
    kept.put(transaction);
    return {};
  });
  if (!committed) return refused(std::move(committed.error()));
  crash_point(CrashPoint::send_committed);

  for (auto& parcel : parcels) {
    context.metrics.count("hotline_referrals_sent", parcel.outbox.peer.get(), {}, "accepted");
    sent.jobs.push_back(job_of(std::move(parcel)));
  }
  if (context.shadow != nullptr) context.shadow->imported(submission.record, prepared->record.report);
  return sent;
}

}  // namespace

Sending<Sent> send(const ExchangeContext& context, const Submission& submission) {
  constexpr int kTries = 8;
  bool outdated = false;
  for (int tries = 1;; ++tries) {
    auto sent = send_once(context, submission, outdated);
    if (sent || !outdated || tries == kTries) return sent;
    outdated = false;
  }
}

Sending<Answer> preview(const ExchangeContext& context, const Submission& submission) {
  LogDetail unused;
  auto prepared = decide_to_send(context, submission, context.clock.now(), {}, unused);
  if (prepared) prepared = with_disclosures(context, std::move(*prepared), submission.stage, {});
  if (!prepared) return tl::make_unexpected(std::move(prepared.error()));
  Json out(rapidjson::kObjectType);
  auto& allocator = out.GetAllocator();
  set_member(out, "safe_contact", safe_contacts(prepared->record.referral.json(), allocator), allocator);
  put_member(out, "decision", prepared->decision.to_json());
  put_wording(out, context, prepared->record.referral);
  put_member(out, "report", prepared->record.report.to_json());
  JsonValue disclosures(rapidjson::kArrayType);
  for (std::size_t i = 0; i < prepared->disclosures.size(); ++i) {
    const auto& disclosure = prepared->disclosures[i];
    auto record = parse_json(disclosure.bytes());
    if (!record) return refused(std::move(record.error()));
    JsonValue item(rapidjson::kObjectType);
    set_member(item, "persons", group_json(prepared->decision.groups[i], allocator), allocator);
    set_text(item, "urgency", disclosure.urgency(), allocator);
    set_text(item, "until", format_instant(disclosure.until()), allocator);
    set_text(item, "narrative_held", disclosure.narrative_held(), allocator);
    set_member(item, "disclosure", JsonValue(*record, allocator), allocator);
    disclosures.PushBack(item, allocator);
  }
  set_member(out, "disclosures", std::move(disclosures), allocator);
  return Answer{200, to_text(out)};
}

Sending<std::vector<Sheet>> preview_sheets(const ExchangeContext& context, const Submission& submission,
                                           const Catalog& catalog, const LanguageTag& language) {
  LogDetail unused;
  auto prepared = decide_on(context, submission, context.clock.now(), {}, unused);
  if (!prepared) return tl::make_unexpected(std::move(prepared.error()));
  if (auto may = may_tell_of(prepared->decision); !may) return refused(std::move(may.error()));
  // What would leave is made as if it left: a sheet never promises what the second reader holds back.
  if (!prepared->decision.groups.empty()) {
    prepared = with_disclosures(context, std::move(*prepared), Stage::whole, {});
    if (!prepared) return tl::make_unexpected(std::move(prepared.error()));
  }
  const Member* recipient = context.registry.find(prepared->decision.recipient);
  if (recipient == nullptr) return refused(Error{ErrorCode::peer_unknown, {}, "to", {}});
  return sheets(prepared->decision,
                {prepared->record.referral, *recipient, context.policies, context.schema, catalog, language,
                 context.language, [&](const MemberId& id) { return context.registry.find(id); }});
}

}  // namespace hotline
