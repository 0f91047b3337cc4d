#include "gateway/exchange/events.h"

namespace hotline {
namespace {

constexpr std::string_view kNamedHuman = "attest";

}  // namespace

std::string_view to_string(EventKind kind) {
  switch (kind) {
    case EventKind::withdrawal_pending:
      return "withdrawal_pending";
    case EventKind::withdrawal_lifted:
      return "withdrawal_lifted";
    case EventKind::withdrawn:
      return "withdrawn";
    case EventKind::purge_wanted:
      return "purge_wanted";
    case EventKind::purge_proven:
      return "purge_proven";
    case EventKind::consent_narrowed:
      return "consent_narrowed";
    case EventKind::withdrawal_unanswered:
      return "withdrawal_unanswered";
    case EventKind::crisis_unacknowledged:
      return "crisis_unacknowledged";
    case EventKind::crisis_unaccepted:
      return "crisis_unaccepted";
    case EventKind::crisis_escalate_supervisor:
      return "crisis_escalate_supervisor";
    case EventKind::crisis_second_partner:
      return "crisis_second_partner";
    case EventKind::crisis_undelivered:
      return "crisis_undelivered";
    case EventKind::crisis_declined:
      return "crisis_declined";
    case EventKind::crisis_untaken:
      return "crisis_untaken";
    case EventKind::duress:
      return "duress";
    case EventKind::guessing:
      return "guessing";
    case EventKind::stranger:
      return "stranger";
  }
  return {};
}

bool is_for_a_named_human(EventKind kind) {
  return kind == EventKind::duress || kind == EventKind::guessing || kind == EventKind::stranger;
}

void tell(Transaction& transaction, EventKind kind, const EventAbout& about, Instant now) {
  EventRow row;
  row.at = now;
  row.kind = std::string(to_string(kind));
  if (is_for_a_named_human(kind)) row.audience = std::string(kNamedHuman);
  row.referral = about.referral;
  row.consent = about.consent;
  row.peer = about.peer;
  row.code = std::string(about.code);
  transaction.put(row);
}

Result<EventPage> events_after(const Store& store, std::int64_t after, bool all, std::size_t limit) {
  EventPage page;
  page.next = after;
  auto read = store.read([&](const Reader& reader) -> Result<void> {
    page.rows = reader.events(after, all ? kNamedHuman : std::string_view(), limit);
    return {};
  });
  if (!read) return fail(std::move(read.error()));
  if (!page.rows.empty()) page.next = page.rows.back().cursor;
  return page;
}

}  // namespace hotline
