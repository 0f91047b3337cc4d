#include "gateway/cli/decided.h"

#include "consent/facts.h"
#include "consent/history.h"
#include "gateway/crypto/random.h"

namespace hotline::cli {
namespace {

// The member that keeps its records in that profile; a canonical record says itself where it comes from.
Result<const Member*> sender_of(const ConsentData& consent, const std::string& profile,
                                const Referral& referral) {
  if (profile == "canonical") {
    if (const Member* origin = consent.find(MemberId(std::string(text_at(referral.envelope(), "origin"))))) {
      return origin;
    }
    return fail(ErrorCode::peer_unknown, "/envelope/origin");
  }
  for (const Member& member : consent.members) {
    if (member.profile == profile) return &member;
  }
  return fail(ErrorCode::peer_unknown, "", "from");
}

// The word on file stands in the record's place where it is later or stricter; one with an id that the record
// does not know is one consent more.
Result<void> bound_by_file(ToCanonical& read, const std::string& file, const Schema& canonical) {
  const auto consent = read_json_file(file);
  if (!consent) return fail(consent.error());
  Json record;
  record.CopyFrom(read.referral.json(), record.GetAllocator());
  auto& allocator = record.GetAllocator();
  if (!record.HasMember("consents"))
    set_member(record, "consents", JsonValue(rapidjson::kArrayType), allocator);
  bool known = false;
  for (auto& each : record["consents"].GetArray()) {
    if (text_at(each, "consent_id") != text_at(*consent, "consent_id")) continue;
    const Json counts = word_that_counts(each, {&static_cast<const JsonValue&>(*consent)});
    each.CopyFrom(counts, allocator);
    known = true;
  }
  if (!known) record["consents"].PushBack(JsonValue(*consent, allocator), allocator);
  auto bounded = Referral::from(std::move(record), canonical);
  if (!bounded) return fail(std::move(bounded.error()));
  read.referral = std::move(*bounded);
  return {};
}

}  // namespace

void add_decide_options(CLI::App& command, DecideOptions& options) {
  command.add_option("--from", options.from, "Profile of the record, and so the hotline that would send it.")
      ->type_name("PROFILE")
      ->required();
  command.add_option("--to", options.to, "Hotline that would receive it.")->type_name("NODE")->required();
  command
      .add_option("--purpose", options.purpose,
                  "What for: services, case_handoff, emergency, child_protection, "
                  "legal. Without it, the purpose that the record names.")
      ->type_name("P");
  command
      .add_option("--registry", options.registry,
                  "Payload of the member registry to decide by; the demonstration members without it.")
      ->type_name("FILE");
  command.add_option("--now", options.now, "Decide as if it were this instant (RFC 3339).")
      ->type_name("INSTANT");
  command.add_option("FILE", options.file, "The record; '-' or nothing is standard input.");
}

Result<Decided> decide_from_file(Session& session, const DecideOptions& options) {
  auto data = load_data(session);
  if (!data) return fail(data.error());
  auto consent = load_consent_data(*data, options.registry);
  if (!consent) return fail(consent.error());
  const auto now = instant_or_now(options.now);
  if (!now) return fail(now.error());
  const auto text = read_input(session, options.file);
  if (!text) return fail(text.error());
  auto read = read_record(*data, options.from, *text);
  if (!read) return fail(read.error());

  if (!options.consent.empty()) {
    if (auto bounded = bound_by_file(*read, options.consent, *data->schema); !bounded)
      return fail(bounded.error());
  }

  const std::string to = options.recipient.empty() ? options.to : options.recipient;
  const Member* recipient = consent->find(MemberId(to));
  if (recipient == nullptr) return fail(ErrorCode::peer_unknown, "", "to");
  const auto sender = sender_of(*consent, options.from, read->referral);
  if (!sender) return fail(sender.error());
  const Purpose purpose(options.purpose.empty() ? std::string(read->referral.purpose()) : options.purpose);
  Request request = request_to(**sender, *recipient, purpose, *now);
  const Known known{{}, {}, &consent->statements, data->schema.get()};
  Decision decision = decide(reduce(read->referral, request, known, consent->policies), consent->policies);
  if (auto may = options.told ? may_tell_of(decision) : may_act_on(decision); !may) return fail(may.error());
  return Decided{std::move(*data),        std::move(*consent), std::move(read->referral),
                 std::move(read->report), std::move(request),  std::move(decision)};
}

Result<std::vector<Disclosure>> disclosures(const Decided& decided) {
  const DisclosureInputs inputs{*decided.data.schema,   decided.consent.texts,  decided.consent.policies,
                                decided.request.sender, [] { return uuid4(); }, decided.report.from};
  return disclose(decided.referral, decided.decision, inputs);
}

}  // namespace hotline::cli
