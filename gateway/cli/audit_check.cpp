#include "gateway/cli/audit_check.h"

#include "config/settings.h"
#include "gateway/crypto/digest.h"
#include "gateway/crypto/node_keys.h"
#include "gateway/log/merkle.h"
#include "gateway/log/tree_head.h"
#include "gateway/node/store_place.h"

namespace hotline::cli {
namespace {

// The bytes of a leaf, from an entry as the API shows it.
std::optional<std::string> leaf_bytes(const JsonValue& entry) {
  const auto kind = log_kind_from(text_at(entry, "kind"));
  if (!kind) return std::nullopt;
  return LogEntry{*kind, std::string(text_at(entry, "hour")), std::string(text_at(entry, "commitment"))}
      .canonical();
}

LogReport recompute(const Json& entries, const TreeHead& head) {
  LogReport report;
  MerkleFrontier tree;
  for (const JsonValue& entry : entries.GetArray()) {
    if (tree.size() == head.size) break;  // written after the head was signed
    const auto bytes = leaf_bytes(entry);
    if (!bytes || integer_at(entry, "index", -1) != static_cast<std::int64_t>(tree.size())) {
      report.findings.push_back({"entry_missing", tree.size(), "log"});
      break;
    }
    const JsonValue* detail = member(entry, "detail");
    if (detail != nullptr && detail->IsObject()) ++report.details;
    tree.append(merkle_leaf(*bytes));
  }
  report.entries = tree.size();
  report.root_hex = to_hex(tree.root());
  if (report.findings.empty() && (tree.size() != head.size || tree.root() != head.root)) {
    report.findings.push_back({"head_differs", std::nullopt, "log"});
  }
  return report;
}

}  // namespace

Result<LogCheck> check_stored_log(const std::string& config) {
  const auto settings = Settings::load(config);
  if (!settings) return fail(settings.error());
  auto place = store_place(*settings);
  if (!place) return fail(place.error());
  place->create = false;
  const auto keys = load_node_keys(settings->keys_folder);
  if (!keys) return fail(keys.error());
  const auto store = open_sqlite_store(*place, *keys);
  if (!store) return fail(store.error());
  auto report = (*store)->verify();
  if (!report) return fail(report.error());
  return LogCheck{std::move(*report), true};
}

Result<Json> all_entries(Api& api, const std::string& path) {
  Json all(rapidjson::kArrayType);
  Headers query;
  for (;;) {
    const auto reply = api.fetch("GET", path, query);
    if (!reply) return fail(reply.error());
    const auto page = parse_json(reply->body, {64u << 20, 64});
    if (!page) return fail(page.error());
    const JsonValue* entries = member(*page, "entries");
    if (entries == nullptr || !entries->IsArray()) return fail(ErrorCode::internal);
    for (const JsonValue& entry : entries->GetArray()) {
      all.PushBack(JsonValue(entry, all.GetAllocator()), all.GetAllocator());
    }
    const auto next = next_cursor(reply->headers);
    if (!next || entries->Empty()) return all;
    query = {{"cursor", *next}};
  }
}

Result<LogCheck> check_running_log(const std::string& config, Api& api) {
  const auto settings = Settings::load(config);
  if (!settings) return fail(settings.error());
  const auto place = store_place(*settings);
  if (!place) return fail(place.error());
  const auto keys = load_node_keys(settings->keys_folder);
  if (!keys) return fail(keys.error());
  const auto note = api.fetch("GET", "/log/checkpoint");
  if (!note) return fail(note.error());
  const auto head = verify_tree_head(note->body, place->log_origin, keys->log.public_raw());
  if (!head) return fail(head.error());
  const auto entries = all_entries(api, "/v1/audit/entries");
  if (!entries) return fail(entries.error());
  return LogCheck{recompute(*entries, *head), false};
}

}  // namespace hotline::cli
