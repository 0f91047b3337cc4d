#include "gateway/exchange/send.h"

#include <algorithm>

#include "consent/consent.h"
#include "consent/safe_contact.h"
#include "gateway/crypto/random.h"
#include "gateway/exchange/contact.h"
#include "gateway/exchange/crash_points.h"
#include "gateway/exchange/crisis.h"
#include "gateway/exchange/known_words.h"
#include "gateway/exchange/onward.h"
#include "gateway/seal/seal.h"

namespace hotline {
namespace {

struct Prepared {
  ToCanonical record;
  KnownWords words;  // about every consent that the record names
  Decision decision;
  std::vector<Disclosure> disclosures;  // one per group of the decision
  ReferralId onward_of;
};

// One group on its way: what is written and what is delivered.
struct Parcel {
  ReferralRow referral;
  OutboxRow outbox;
  TimelineRow step;
  ProtectedPayload payload;
  std::optional<ProtectedPayload> contact_rules;
  CrisisTimes crisis;
  LogDetail detail;
  std::string sealed;
};

tl::unexpected<SendRefused> refused(Error error, std::string decision = {}) {
  return tl::make_unexpected(SendRefused{std::move(error), std::move(decision)});
}

Result<Request> question(const ExchangeContext& context, const Submission& submission,
                         const Referral& referral, Instant now) {
  const Member* recipient = context.registry.find(submission.recipient);
  if (recipient == nullptr || recipient->id == context.self.id) {
    return fail(ErrorCode::value_not_allowed, {}, "to");
  }
  Purpose purpose = submission.purpose;
  if (purpose.get().empty()) purpose = Purpose(std::string(referral.purpose()));
  return request_to(context.self, *recipient, std::move(purpose), now);
}

Result<Known> what_is_known(const ExchangeContext& context, const std::vector<ConsentId>& consents,
                            const Request& request, std::string_view attestation_id) {
  Known known;
  known.statements = &context.statements;
  known.canonical = &context.schema;
  auto read = context.store.read([&](const Reader& reader) -> Result<void> {
    for (const auto& id : consents) {
      if (reader.withdrawn(id)) known.withdrawn.push_back(id);
    }
    if (attestation_id.empty()) return {};
    // Only the one that the call names, never "whatever is in force": an exception is for one record.
    auto row = reader.attestation(attestation_id);
    if (!row || row->until <= request.now) return fail(ErrorCode::value_not_allowed, {}, "attestation");
    Attestation attestation;
    attestation.id = row->id;
    attestation.ground = row->ground;
    attestation.recipient = row->recipient;
    attestation.recipient_role = row->recipient_role;
    for (const auto& category : row->categories) attestation.categories.emplace_back(category);
    for (const auto& person : row->persons) attestation.persons.emplace_back(person);
    attestation.attested_by = row->attested_by;
    attestation.staff_role = row->staff_role;
    attestation.at = row->at;
    attestation.until = row->until;
    known.attestations.push_back(std::move(attestation));
    return {};
  });
  if (!read) return fail(std::move(read.error()));
  return known;
}

// "hold_human" and its kin say that a person has to look; everything else that lets nothing out is a no.
Error why_nothing(const Decision& decision) {
  for (const auto& person : decision.persons) {
    if (person.basis.starts_with("hold")) return Error{ErrorCode::held_for_human, {}, {}, {}};
  }
  return Error{ErrorCode::no_consent, {}, {}, {}};
}

// What came with a received record binds what is sent on of it.
Result<ReferralId> bind_original(const ExchangeContext& context, const Submission& submission,
                                 const Referral& referral, Request& request) {
  Onward onward;
  auto read = context.store.read([&](const Reader& reader) -> Result<void> {
    auto found = onward_of(reader, submission.onward_of,
                           ReferralId(std::string(text_at(referral.envelope(), "referral_id"))));
    if (!found) return fail(std::move(found.error()));
    onward = std::move(*found);
    return {};
  });
  if (!read) return fail(std::move(read.error()));
  if (!onward.received.get().empty()) request.original = std::move(onward.terms);
  return onward.received;
}

Json with_id(Json decision, std::string_view id) {
  if (!id.empty()) set_text(decision, "id", id, decision.GetAllocator());
  return decision;
}

std::string decision_text(const Decision& decision, std::string_view id) {
  return to_text(with_id(decision.to_json(), id));
}

// What is decided, whatever it is; nothing is made of it yet. `id` is the decision's, "" for one that nobody
// keeps; `decided` becomes what the log tells of it.
Sending<Prepared> decide_on(const ExchangeContext& context, const Submission& submission, Instant now,
                            std::string_view id, LogDetail& decided) {
  auto record = context.profile.to_canonical(submission.record);
  if (!record) return refused(std::move(record.error()));
  auto request = question(context, submission, record->referral, now);
  if (!request) return refused(std::move(request.error()));

  auto received = bind_original(context, submission, record->referral, *request);
  if (!received) return refused(std::move(received.error()));
  auto words = words_that_count(context, record->referral);
  if (!words) return refused(std::move(words.error()));
  if (words->record) record->referral = std::move(*words->record);
  std::vector<ConsentId> consents;
  for (const auto& brought : words->consents) consents.push_back(brought.id);
  auto known = what_is_known(context, consents, *request, submission.attestation);
  if (!known) return refused(std::move(known.error()));
  const Facts facts = reduce(record->referral, *request, *known, context.policies);
  Decision decision = decide(facts, context.policies);
  decided.decision_id(id)
      .decision(decision.to_json())
      .facts(facts.to_json())
      .peer(submission.recipient)
      .actor(submission.client)
      .at(now);
  if (context.policy_watch != nullptr) decided.version("policies", context.policy_watch->loaded());
  return Prepared{std::move(*record), std::move(*words), std::move(decision), {}, std::move(*received)};
}

Sending<Prepared> with_disclosures(const ExchangeContext& context, Prepared prepared, std::string_view id) {
  const DisclosureInputs inputs{
      context.schema,
      context.texts,
      context.policies,
      context.self.id,
      [] { return uuid4(); },
      std::string(context.profile.id()) + '@' + std::string(context.profile.version())};
  auto disclosures = disclose(prepared.record.referral, prepared.decision, inputs);
  if (!disclosures) return refused(std::move(disclosures.error()), decision_text(prepared.decision, id));
  prepared.disclosures = std::move(*disclosures);
  return prepared;
}

Sending<Prepared> prepare(const ExchangeContext& context, const Submission& submission, Instant now,
                          std::string_view id, LogDetail& decided) {
  auto prepared = decide_on(context, submission, now, id, decided);
  if (!prepared) return prepared;
  const Decision& decision = prepared->decision;
  if (auto may = may_act_on(decision); !may) return refused(std::move(may.error()));
  if (decision.groups.empty()) return refused(why_nothing(decision), decision_text(decision, id));
  return with_disclosures(context, std::move(*prepared), id);
}

// Groups of one record must not be linkable: after the first, each gets its own time, and everything that
// carries a time (message id, iat, exp) is made from that. A person in danger waits a minute at most.
Instant due_time(const ExchangeContext& context, const Disclosure& disclosure, std::size_t index,
                 Instant now) {
  if (index == 0) return now;
  const auto most = priority_of(disclosure.urgency()) == 0
                        ? std::min<std::int64_t>(context.unlink_max_seconds, 60)
                        : context.unlink_max_seconds;
  const auto least = std::min(context.unlink_min_seconds, most);
  return Instant{now.ms + random_between(least * 1000, most * 1000)};
}

Result<Parcel> make_parcel(const ExchangeContext& context, const Submission& submission,
                           const std::string& submission_id, const Disclosure& disclosure,
                           const Decision& decision, Instant due) {
  const auto keys = context.peer_keys.find(decision.recipient);
  if (keys == context.peer_keys.end()) return fail(ErrorCode::peer_unknown);
  const MessageId message(uuid7(due));
  const Instant end = std::min(disclosure.until(), due.plus_seconds(context.own_policy().outbound_seconds));
  Parcel parcel;
  parcel.crisis = times_for(context, decision.recipient, due);
  SealContext how{context.self.id, decision.recipient,     message, due, end,
                  context.signing, keys->second.encryption};
  if (priority_of(disclosure.urgency()) == 0) how.crisis = parcel.crisis;
  auto sealed = seal(disclosure, how);
  if (!sealed) return fail(std::move(sealed.error()));

  parcel.payload = context.store.protect(sealed->bytes);
  auto& referral = parcel.referral;
  referral.id = disclosure.referral();
  referral.submission = submission_id;
  referral.client = submission.client;
  referral.peer = decision.recipient;
  referral.direction = Direction::outbound;
  referral.status = ReferralStatus::sent;
  referral.urgency = disclosure.urgency();
  referral.purpose = decision.purpose.get();
  referral.recipient_policy = decision.recipient_policy;
  referral.profile = std::string(context.profile.id());
  referral.consents = disclosure.consents();
  referral.created = referral.updated = due;
  referral.until = disclosure.until();
  parcel.step = {referral.id, -1,     ReferralStatus::sent, due, context.self.id, ControlReason::none,
                 {},          message};
  auto& outbox = parcel.outbox;
  outbox.message = message;
  outbox.referral = referral.id;
  outbox.peer = decision.recipient;
  outbox.kind = MessageKind::referral;
  outbox.priority = priority_of(disclosure.urgency());
  outbox.created = outbox.next_attempt = due;
  outbox.until = end;
  outbox.sealed_sha256 = sealed->sha256;
  outbox.sealed = parcel.payload.id;
  parcel.detail.referral(referral.id).message(message).peer(decision.recipient);
  for (const auto& consent : disclosure.consents()) parcel.detail.consent(consent);
  parcel.detail.code("purpose", decision.purpose.get())
      .version("profile", context.profile.version())
      .version("recipient_policy", decision.recipient_policy)
      .sealed(sealed->sha256, sealed->bytes.size())
      .actor(submission.client)
      .at(due);
  parcel.sealed = std::move(sealed->bytes);
  return parcel;
}

// As this hotline names the persons.
Result<void> add_contact_rules(const ExchangeContext& context, const Disclosure& disclosure,
                               const Group& group, Parcel& parcel) {
  const auto disclosed = parse_json(disclosure.bytes(), {4u << 20, 64});
  if (!disclosed) return fail(disclosed.error());
  const auto* record = member(*disclosed, "referral");
  std::vector<std::string> ids;
  for (const auto& person : group.persons) ids.push_back(person.get());
  parcel.contact_rules = keep_contact_rules(context, record == nullptr ? *disclosed : *record, ids);
  if (parcel.contact_rules) parcel.referral.contact_rules = parcel.contact_rules->id;
  return {};
}

void put_parcel(Transaction& transaction, Parcel& parcel) {
  transaction.keep(parcel.payload);
  if (parcel.contact_rules) transaction.keep(*parcel.contact_rules);
  parcel.outbox.log_index = transaction.append(LogKind::send, parcel.detail, parcel.outbox.created).index;
  transaction.put(parcel.referral);
  transaction.put(parcel.outbox);
  transaction.put(parcel.step);
  put_deadlines(transaction, parcel.referral, parcel.crisis);
}

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

// A consent may have been withdrawn between the decision and this moment.
bool still_given(const Transaction& transaction, const std::vector<Parcel>& parcels) {
  if (!may_go_on(transaction, parcels.front().referral.onward_of)) return false;
  return std::none_of(parcels.begin(), parcels.end(), [&](const Parcel& parcel) {
    const auto& consents = parcel.referral.consents;
    return std::any_of(consents.begin(), consents.end(),
                       [&](const ConsentId& id) { return transaction.withdrawn(id).has_value(); });
  });
}

void put_decision(Transaction& transaction, const std::string& id, const LogDetail& decided, Instant now) {
  transaction.put(DecisionRow{id, transaction.append(LogKind::decision, decided, now).index});
}

// `decided` is empty when it was refused before anything was decided.
void log_refusal(const ExchangeContext& context, const Submission& submission, const Error& error,
                 const std::string& id, const LogDetail& decided, Instant now) {
  LogDetail detail;
  detail.peer(submission.recipient).code("reason", to_string(error.code)).actor(submission.client).at(now);
  // When the store cannot take the entry there is nothing to undo: nothing has left.
  (void)context.store.commit([&](Transaction& transaction) -> Result<void> {
    if (!decided.empty()) put_decision(transaction, id, decided, now);
    transaction.append(LogKind::refusal, detail, now);
    return {};
  });
}

bool is_refusal(ErrorCode code) {
  return exit_status(code) == 4;
}

}  // namespace

namespace {

// Nothing is sent, and nothing refused, when another word of the person was recorded between the decision and
// the commit: then `outdated` is set, and it is to be decided again.
Sending<Sent> send_once(const ExchangeContext& context, const Submission& submission, bool& outdated) {
  const Instant now = context.clock.now();
  const std::string submission_id = uuid4();
  LogDetail decided;
  auto prepared = prepare(context, submission, now, submission_id, decided);
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
    if (!still_given(transaction, parcels)) return fail(ErrorCode::no_consent);
    outdated = !still_the_last(transaction, prepared->words);
    if (outdated) return fail(ErrorCode::state_conflict);
    put_decision(transaction, submission_id, decided, now);
    for (auto& parcel : parcels) put_parcel(transaction, parcel);
    for (const auto& version : *versions) (void)put(transaction, version);
    kept.put(transaction);
    return {};
  });
  if (!committed) return refused(std::move(committed.error()));
  crash_point(CrashPoint::send_committed);

  for (auto& parcel : parcels) {
    context.metrics.count("hotline_referrals_sent", parcel.outbox.peer.get(), {}, "accepted");
    sent.jobs.push_back({parcel.outbox.message, parcel.outbox.peer, parcel.outbox.priority,
                         parcel.outbox.next_attempt, 0, std::move(parcel.sealed)});
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
  auto prepared = prepare(context, submission, context.clock.now(), {}, unused);
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
    prepared = with_disclosures(context, std::move(*prepared), {});
    if (!prepared) return tl::make_unexpected(std::move(prepared.error()));
  }
  const Member* recipient = context.registry.find(prepared->decision.recipient);
  if (recipient == nullptr) return refused(Error{ErrorCode::peer_unknown, {}, "to", {}});
  return sheets(prepared->decision,
                {prepared->record.referral, *recipient, context.policies, context.schema, catalog, language,
                 context.language, [&](const MemberId& id) { return context.registry.find(id); }});
}

}  // namespace hotline
