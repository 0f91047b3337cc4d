#include "gateway/exchange/prepare.h"

#include <algorithm>

#include "consent/consent.h"
#include "consent/stages.h"
#include "gateway/crypto/random.h"
#include "gateway/exchange/onward.h"

namespace hotline {
namespace {

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

bool everybody_has_something(const Decision& decision) {
  return std::all_of(decision.groups.begin(), decision.groups.end(),
                     [&](const Group& group) { return decision.of(group.persons.front())->anything(); });
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

}  // namespace

Json with_id(Json decision, std::string_view id) {
  if (!id.empty()) set_text(decision, "id", id, decision.GetAllocator());
  return decision;
}

std::string decision_text(const Decision& decision, std::string_view id) {
  return to_text(with_id(decision.to_json(), id));
}

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

Sending<Prepared> decide_to_send(const ExchangeContext& context, const Submission& submission, Instant now,
                                 std::string_view id, LogDetail& decided) {
  auto prepared = decide_on(context, submission, now, id, decided);
  if (!prepared) return prepared;
  const Decision& decision = prepared->decision;
  if (auto may = may_act_on(decision); !may) return refused(std::move(may.error()));
  if (decision.groups.empty()) return refused(why_nothing(decision), decision_text(decision, id));
  return prepared;
}

Sending<Prepared> with_disclosures(const ExchangeContext& context, Prepared prepared, Stage stage,
                                   std::string_view id, std::vector<ReferralId> ids) {
  DisclosureInputs inputs{context.schema,
                          context.texts,
                          context.policies,
                          context.self.id,
                          [] { return uuid4(); },
                          std::string(context.profile.id()) + '@' + std::string(context.profile.version())};
  inputs.stage = stage;
  inputs.referrals = std::move(ids);
  const Decision* leaves = &prepared.decision;
  std::optional<Decision> cut;
  if (stage == Stage::pseudonymous) {
    cut = first_stage(prepared.decision, context.policies.base());
    if (!everybody_has_something(*cut))
      return refused(Error{ErrorCode::no_consent, {}, {}, {}}, decision_text(prepared.decision, id));
    leaves = &*cut;
  }
  auto disclosures = disclose(prepared.record.referral, *leaves, inputs);
  if (!disclosures) return refused(std::move(disclosures.error()), decision_text(prepared.decision, id));
  const bool staged = stage != Stage::whole;
  // What somebody attested is for now; a second stage stands on what the person agreed to.
  if (staged && std::any_of(disclosures->begin(), disclosures->end(),
                            [](const Disclosure& each) { return each.consents().empty(); })) {
    return refused(Error{ErrorCode::value_not_allowed, {}, "stage", {}});
  }
  prepared.disclosures = std::move(*disclosures);
  return prepared;
}

void note_stage(LogDetail& decided, Stage stage, const Policy& base) {
  if (stage == Stage::whole) return;
  decided.code("stage", to_string(stage));
  if (stage != Stage::pseudonymous) return;
  for (const FirstShare& each : base.first_stage) decided.code("stage." + each.category.get(), each.level);
}

std::string stayed_key(std::string_view consent, std::string_view category) {
  return "stayed." + std::string(category) + '.' + std::string(consent);
}

void note_stayed(LogDetail& decided, const Prepared& prepared, Stage stage) {
  if (stage == Stage::pseudonymous) return;  // what its policy lets through is noted with the stage
  for (std::size_t i = 0; i < prepared.disclosures.size(); ++i) {
    const Disclosure& disclosure = prepared.disclosures[i];
    const auto body = parse_json(disclosure.bytes());
    const JsonValue* record = body ? member(*body, "referral") : nullptr;
    const JsonValue* marks = record == nullptr ? nullptr : member(*record, "withheld");
    if (marks == nullptr || !marks->IsArray()) continue;
    const PersonDecision& terms = *prepared.decision.of(prepared.decision.groups[i].persons.front());
    for (const auto& mark : marks->GetArray()) {
      const auto category = text_at(mark, "category");
      const bool story = category == "narrative";
      const bool granted = terms.of(category).level != Level::withheld;
      const bool some = story && member(*record, "narratives") != nullptr;
      if (!granted || some || text_at(mark, "level") != to_string(Level::withheld)) continue;
      std::string_view why = story ? std::string_view(disclosure.narrative_held()) : "case_split";
      if (why.empty()) why = text_at(mark, "reason") == "held_for_human" ? "case_split" : "untold";
      for (const auto& consent : disclosure.consents())
        decided.code(stayed_key(consent.get(), category), why);
    }
  }
}

bool still_given(const Transaction& transaction, const ReferralId& onward_of,
                 const std::vector<ConsentId>& consents) {
  return may_go_on(transaction, onward_of) &&
         std::none_of(consents.begin(), consents.end(),
                      [&](const ConsentId& id) { return transaction.withdrawn(id).has_value(); });
}

void put_decision(Transaction& transaction, const std::string& id, const LogDetail& decided, Instant now) {
  transaction.put(DecisionRow{id, transaction.append(LogKind::decision, decided, now).index});
}

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

}  // namespace hotline
