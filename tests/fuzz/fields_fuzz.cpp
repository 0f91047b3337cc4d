// The small readers of what peers, clients and auditors send: header fields, dates, log entries, tree heads.
// What one takes is within its bounds, and it takes what it has written itself.
#include <cstdint>
#include <cstdlib>

#include "gateway/api/structured.h"
#include "gateway/crypto/digest.h"
#include "gateway/http/client.h"
#include "gateway/http/problem.h"
#include "gateway/link/http_link.h"
#include "gateway/log/entry.h"
#include "gateway/log/tree_head.h"
#include "i18n/base/clock.h"

namespace {

using namespace hotline;

void must(bool holds) {
  if (!holds) std::abort();
}

void header_fields(std::string_view text) {
  if (const auto key = parse_idempotency_key(text)) must(!key->empty() && key->size() <= 255);
  if (const auto wait = parse_prefer_wait(text)) must(*wait >= 0 && *wait <= 60);
  if (const auto tag = parse_etag(text)) must(parse_etag('"' + std::to_string(*tag) + '"') == tag);
  if (const auto number = parse_number(text)) must(parse_number(std::to_string(*number)) == number);
  (void)is_json_type(text);
  (void)code_of_problem(text);
  if (const auto client = client_for(std::string(text))) must(!client->host.empty() && client->port != 0);
}

void answers_in_a_language(std::string_view accept_language) {
  static const Catalog catalog = Catalog::load(HOTLINE_ROOT).value();
  const Reply reply =
      problem_reply(Error{ErrorCode::field_missing, "/persons/0", {}, {}}, catalog, accept_language);
  must(reply.status == http_status(ErrorCode::field_missing) && !reply.body.empty());
}

void log_and_time(std::string_view text) {
  if (const auto entry = LogEntry::parse(text)) must(entry->canonical() == text);
  static const KeyPair key = KeyPair::generate(KeyKind::ed25519).value();
  must(!verify_tree_head(text, "us.hotline.example/log", key.public_raw()));
  if (const auto at = parse_instant(text)) must(parse_instant(format_instant(*at)).value() == *at);
  if (const auto bytes = from_base64url(text)) must(to_base64url(*bytes) == text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  header_fields(text);
  answers_in_a_language(text);
  log_and_time(text);
  return 0;
}
