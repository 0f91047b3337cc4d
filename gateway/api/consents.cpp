#include "gateway/api/fhir_consent.h"
#include "gateway/api/handlers.h"
#include "gateway/api/replies.h"
#include "gateway/api/structured.h"
#include "gateway/exchange/grants.h"
#include "gateway/exchange/recall.h"

namespace hotline {
namespace {

// A version of the history; what was signed only where the row has a content of its own.
JsonValue version_json(const ConsentRow& row, const ConsentView& view, Json::AllocatorType& allocator) {
  JsonValue item(rapidjson::kObjectType);
  set_member(item, "version", JsonValue(row.version), allocator);
  set_text(item, "state", row.state, allocator);
  set_text(item, "at", format_instant(row.at), allocator);
  if (row.until.ms != 0) set_text(item, "until", format_instant(row.until), allocator);
  for (const auto& version : view.versions) {
    if (version.number != row.version) continue;
    const auto& word = version.signed_word;
    set_text(item, "digest", word.digest, allocator);
    if (!word.previous.empty()) set_text(item, "previous", word.previous, allocator);
    set_text(item, "signed_by", word.signer.get(), allocator);
    set_text(item, "signed_at", format_instant(word.at), allocator);
    set_text(item, "token", version.token, allocator);
  }
  return item;
}

std::string_view header_or_nothing(const Call& call, std::string_view name) {
  const auto* field = call.request.header(name);
  return field == nullptr ? std::string_view() : std::string_view(*field);
}

// Faults are said as places of the resource, where the client has to mend them. What we have no room for is
// told.
Reply post_fhir_consent(const ApiContext& context, const Call& call) {
  auto read = consent_from_fhir(*context.fhir, call.body, context.exchange.clock.now());
  if (!read) return problem(context, call, read.error());
  const auto answer = record_consent(context.exchange, read->consent, call.client, call.key, read->dropped);
  if (!answer) return problem(context, call, places_in_resource(answer.error(), read->report));
  return json_reply(*answer);
}

// The content was signed while it was given; whoever reads a copy has to see what became of it since. While a
// withdrawal waits for its confirmation nothing may be done under it.
template <class Version>
Json as_it_stands(const Version& newest, const ConsentRow& last) {
  Json out;
  out.CopyFrom(newest.signed_word.consent, out.GetAllocator());
  if (last.state == "withdrawn") {
    set_text(out, "state", last.state, out.GetAllocator());
    set_text(out, "withdrawn_at", format_instant(last.at), out.GetAllocator());
  } else if (last.state == "withdrawal_pending") {
    set_text(out, "state", "unknown", out.GetAllocator());
  }
  return out;
}

Reply fhir_reply(const ApiContext& context, const Call& call, const ConsentView& view) {
  // A consent that is only known to be taken back has no content to show.
  if (view.versions.empty()) return problem(context, call, Error{ErrorCode::not_found, {}, {}, {}});
  const auto& newest = view.versions.back();
  auto resource = consent_to_fhir(*context.fhir, context.exchange.schema,
                                  as_it_stands(newest, view.history.back()), newest.number);
  if (!resource) return problem(context, call, resource.error());
  Reply reply = json_reply(200, to_text(*resource));
  reply.content_type = "application/fhir+json";
  return reply;
}

}  // namespace

Reply post_consent(const ApiContext& context, const Call& call) {
  if (is_fhir_type(header_or_nothing(call, "content-type"))) return post_fhir_consent(context, call);
  const auto answer = record_consent(context.exchange, call.body, call.client, call.key);
  return answer ? json_reply(*answer) : problem(context, call, answer.error());
}

Reply get_consent(const ApiContext& context, const Call& call) {
  const auto view = view_consent(context.exchange, ConsentId(call.id));
  if (!view) return problem(context, call, view.error());
  const bool fhir = header_or_nothing(call, "accept").find("application/fhir+json") != std::string_view::npos;
  if (fhir && context.fhir != nullptr) return fhir_reply(context, call, *view);
  Json out(rapidjson::kObjectType);
  auto& allocator = out.GetAllocator();
  const auto& newest = view->history.back();
  set_text(out, "consent_id", newest.id.get(), allocator);
  set_text(out, "state", newest.state, allocator);
  if (newest.until.ms != 0) set_text(out, "until", format_instant(newest.until), allocator);
  JsonValue history(rapidjson::kArrayType);
  for (const auto& row : view->history) history.PushBack(version_json(row, *view, allocator), allocator);
  set_member(out, "history", std::move(history), allocator);
  if (!view->versions.empty()) {
    const auto& consent = view->versions.back().signed_word.consent;
    set_member(out, "consent", JsonValue(consent, allocator), allocator);
  }
  JsonValue referrals(rapidjson::kArrayType);
  for (const auto& row : view->referrals) {
    JsonValue item(rapidjson::kObjectType);
    set_text(item, "id", row.id.get(), allocator);
    set_text(item, "to", row.peer.get(), allocator);
    set_text(item, "state", to_string(shown_status(row)), allocator);
    referrals.PushBack(item, allocator);
  }
  set_member(out, "referrals", std::move(referrals), allocator);
  return json_reply(200, to_text(out));
}

Reply post_attestation(const ApiContext& context, const Call& call) {
  const auto answer = attest(context.exchange, call.body, call.client, call.key);
  return answer ? json_reply(*answer) : problem(context, call, answer.error());
}

}  // namespace hotline
