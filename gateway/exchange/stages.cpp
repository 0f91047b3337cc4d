#include "gateway/exchange/stages.h"

#include <algorithm>

#include "gateway/crypto/random.h"
#include "gateway/exchange/contact.h"
#include "gateway/exchange/crash_points.h"
#include "gateway/exchange/parcel.h"
#include "gateway/exchange/prepare.h"
#include "gateway/referral/state.h"

namespace hotline {
namespace {

constexpr std::string_view kAgreed = "agreed";

Result<void> check_step(const ReferralRow& row) {
  const auto conflict = [](const char* why) { return fail(ErrorCode::state_conflict, "/stage", why); };
  const auto stage = stage_from(row.stage).value_or(Stage::whole);
  if (!row.hold.empty()) return conflict("stage_held");
  if (is_over(row.status)) return conflict("stage_over");
  if (stage == Stage::whole) return conflict("stage_whole");
  if (stage == Stage::complete) return conflict("stage_complete");
  if (row.status != ReferralStatus::accepted) return conflict("stage_not_accepted");
  if (row.handover != kAgreed) return conflict("stage_no_handover");
  return {};
}

Result<ReferralRow> row_to_complete(const ExchangeContext& context, const ReferralId& id) {
  std::optional<ReferralRow> row;
  auto read = context.store.read([&](const Reader& reader) -> Result<void> {
    row = reader.referral(id);
    return {};
  });
  if (!read) return fail(std::move(read.error()));
  if (!row || row->direction != Direction::outbound) return fail(ErrorCode::not_found);
  if (auto may = check_step(*row); !may) return fail(std::move(may.error()));
  return std::move(*row);
}

template <class T>
bool has(const std::vector<T>& list, const T& wanted) {
  return std::find(list.begin(), list.end(), wanted) != list.end();
}

bool is_same_case(const Prepared& prepared, const ReferralRow& row) {
  return std::any_of(prepared.words.consents.begin(), prepared.words.consents.end(),
                     [&](const auto& each) { return has(row.consents, each.id); });
}

// Of the groups that are decided now, those people who went in this referral; nobody else of the record.
std::vector<Group> who_went(const Decision& decision, const ReferralRow& row) {
  std::vector<Group> groups;
  for (const auto& group : decision.groups) {
    Group same;
    for (const auto& person : group.persons) {
      if (has(row.consents, decision.of(person)->consent)) same.persons.push_back(person);
    }
    if (!same.persons.empty()) groups.push_back(std::move(same));
  }
  return groups;
}

Sending<Prepared> decide_again(const ExchangeContext& context, const Submission& submission,
                               const ReferralRow& row, Instant now, const std::string& id,
                               LogDetail& decided) {
  auto prepared = decide_to_send(context, submission, now, id, decided);
  if (!prepared) return prepared;
  if (!is_same_case(*prepared, row))
    return refused(Error{ErrorCode::value_not_allowed, "/consents", "same_case", {}});
  note_stage(decided, Stage::complete, context.policies.base());
  prepared->decision.groups = who_went(prepared->decision, row);
  const auto groups = prepared->decision.groups.size();
  // People who agreed alike and no longer do cannot stay in one referral: somebody has to look.
  if (groups != 1) {
    const auto why = groups == 0 ? ErrorCode::no_consent : ErrorCode::held_for_human;
    return refused(Error{why, {}, {}, {}}, decision_text(prepared->decision, id));
  }
  auto made = with_disclosures(context, std::move(*prepared), Stage::complete, id, {row.id});
  if (made) note_stayed(decided, *made, Stage::complete);
  return made;
}

std::string completed_body(const ReferralRow& row, const Prepared& prepared) {
  Json out(rapidjson::kObjectType);
  auto& allocator = out.GetAllocator();
  set_text(out, "id", row.id.get(), allocator);
  set_text(out, "stage", row.stage, allocator);
  set_text(out, "until", format_instant(row.until), allocator);
  set_text(out, "narrative_held", prepared.disclosures.front().narrative_held(), allocator);
  const Json decision = with_id(prepared.decision.to_json(), row.submission);
  set_member(out, "decision", JsonValue(decision, allocator), allocator);
  const Json report = prepared.record.report.to_json();
  set_member(out, "report", JsonValue(report, allocator), allocator);
  return to_text(out);
}

// The referral stays what it is for everybody; what it holds and until when is new.
void carry_over(Parcel& parcel, const ReferralRow& row) {
  ReferralRow next = row;
  next.submission = parcel.referral.submission;
  next.urgency = parcel.referral.urgency;
  next.recipient_policy = parcel.referral.recipient_policy;
  next.until = parcel.referral.until;
  next.updated = parcel.outbox.created;
  next.stage = std::string(to_string(Stage::complete));
  next.contact_rules = parcel.referral.contact_rules;
  ++next.version;
  parcel.referral = std::move(next);
  parcel.step.status = row.status;
  parcel.detail.code("stage", to_string(Stage::complete));
}

Sending<Sent> complete_once(const ExchangeContext& context, const Completion& completion, bool& outdated) {
  const Instant now = context.clock.now();
  auto row = row_to_complete(context, completion.referral);
  if (!row) return refused(std::move(row.error()));
  const Submission submission{completion.record, completion.client, row->peer,      Purpose(row->purpose), {},
                              completion.key,    row->onward_of,    Stage::complete};
  const std::string id = uuid4();
  LogDetail decided;
  auto prepared = decide_again(context, submission, *row, now, id, decided);
  if (!prepared) {
    if (is_refusal(prepared.error().error.code))
      log_refusal(context, submission, prepared.error().error, id, decided, now);
    return tl::make_unexpected(std::move(prepared.error()));
  }
  auto parcel = make_parcel(context, submission, id, prepared->disclosures.front(), prepared->decision, now);
  if (!parcel) return refused(std::move(parcel.error()));
  if (auto kept = add_contact_rules(context, prepared->disclosures.front(), prepared->decision.groups.front(),
                                    *parcel);
      !kept)
    return refused(std::move(kept.error()));
  carry_over(*parcel, *row);
  Sent sent;
  sent.answer = {202, completed_body(parcel->referral, *prepared)};
  sent.first = row->id;
  const KeptAnswer kept(context.store, completion.key, sent.answer, now);
  const auto versions = new_versions(context, prepared->words, completion.client, now);
  if (!versions) return refused(versions.error());
  crash_point(CrashPoint::complete_sealed);

  auto committed = context.store.commit([&](Transaction& transaction) -> Result<void> {
    if (!still_given(transaction, row->onward_of, row->consents)) return fail(ErrorCode::no_consent);
    const auto current = transaction.referral(row->id);
    outdated = !current || current->version != row->version || !still_the_last(transaction, prepared->words);
    if (outdated) return fail(ErrorCode::state_conflict);
    put_decision(transaction, id, decided, now);
    forget_contact_rules(transaction, *row);
    put(transaction, *parcel);
    for (const auto& version : *versions) (void)put(transaction, version);
    kept.put(transaction);
    return {};
  });
  if (!committed) return refused(std::move(committed.error()));
  crash_point(CrashPoint::complete_committed);
  context.metrics.count("hotline_referrals_sent", row->peer.get(), {}, "completed");
  sent.jobs.push_back(job_of(std::move(*parcel)));
  return sent;
}

}  // namespace

bool agree_handover(ReferralRow& row, ReferralStatus status, const HandoverSaid& said) {
  if (status == ReferralStatus::accepted && said.agreed) {
    const bool news =
        row.handover != kAgreed || row.handover_from != said.from || row.handover_until != said.until;
    row.handover = std::string(kAgreed);
    row.handover_from = said.from;
    row.handover_until = said.until;
    return news;
  }
  const bool in_hand = status == ReferralStatus::accepted || status == ReferralStatus::in_service;
  if (in_hand) return false;
  row.handover.clear();
  row.handover_from = row.handover_until = Instant{};
  return false;
}

Sending<Sent> complete_referral(const ExchangeContext& context, const Completion& completion) {
  constexpr int kTries = 8;
  bool outdated = false;
  for (int tries = 1;; ++tries) {
    auto sent = complete_once(context, completion, outdated);
    if (sent || !outdated || tries == kTries) return sent;
    outdated = false;
  }
}

bool fall_back(Transaction& transaction, const OutboxRow& outbox, Instant now) {
  if (outbox.kind != MessageKind::referral) return false;
  auto row = transaction.referral(outbox.referral);
  if (!row || row->stage != to_string(Stage::complete)) return false;
  row->stage = std::string(to_string(Stage::pseudonymous));
  ++row->version;
  transaction.put(*row);
  return !is_over(row->status) && row->until > now;
}

}  // namespace hotline
