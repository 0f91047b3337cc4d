#include "gateway/log/verify.h"

#include <map>

#include "gateway/crypto/digest.h"
#include "gateway/log/tree_head.h"

// The words of LogFinding::what:
// entry_changed       an entry is not canonical, or its leaf is not the stored one
// entry_missing       a number is left out, or entries stand in another order
// commitment_broken   a detail or its salt is not what the entry committed to
// detail_incomplete   a detail without its salt, or a salt without its detail
// node_changed        a stored tree node is not what its entries make
// node_missing        a complete subtree has no stored node, or there are nodes of entries that are not there
// head_unsigned       a stored tree head does not verify
// head_mismatch       a signed tree head says another size or root than the entries make
// mirror_missing, mirror_mismatch   likewise, of the file beside the store
// rows_unreadable     the database cannot be read
// and of the store itself: row_changed, row_missing, digest_mismatch, payload_changed, database_damaged
namespace hotline {
namespace {

constexpr std::size_t kMaxFindings = 100;

class Verifier {
 public:
  Verifier(const LogSource& source, const std::string& origin, const std::string& public_raw)
      : source_(source), origin_(origin), public_raw_(public_raw) {}

  LogReport run() {
    for (const auto& note : source_.signed_heads()) read_head(note, "head_unsigned", "tree_head");
    const auto mirror = source_.mirrored_head();
    if (mirror) read_head(*mirror, "head_unsigned", "tree-head");
    std::stable_sort(heads_.begin(), heads_.end(),
                     [](const Head& a, const Head& b) { return a.head.size < b.head.size; });
    check_size(0);
    if (!source_.each_entry([this](const StoredEntry& entry) { return take(entry); }))
      find("rows_unreadable", {}, "log_entry");
    report_.entries = frontier_.size();
    report_.root_hex = to_hex(frontier_.root());
    check_heads(mirror.has_value());
    check_nodes();
    for (auto& each : source_.check_rows([this](std::uint64_t index) { return digest_at(index); })) {
      find(std::move(each.what), each.index, std::move(each.where));
    }
    return std::move(report_);
  }

 private:
  struct Head {
    TreeHead head;
    std::string where;
    bool met = false;
  };

  void find(std::string what, std::optional<std::uint64_t> index, std::string where) {
    if (report_.findings.size() < kMaxFindings) {
      report_.findings.push_back({std::move(what), index, std::move(where)});
    }
  }

  void read_head(const std::string& note, const char* what, const char* where) {
    auto head = verify_tree_head(note, origin_, public_raw_);
    if (!head) return find(what, {}, where);
    heads_.push_back({std::move(*head), where, false});
  }

  // Every head is compared with the root at its own size, in passing.
  void check_size(std::uint64_t size) {
    std::string root;
    for (; next_head_ < heads_.size() && heads_[next_head_].head.size == size; ++next_head_) {
      if (root.empty()) root = frontier_.root();
      heads_[next_head_].met = heads_[next_head_].head.root == root;
    }
  }

  bool take(const StoredEntry& stored) {
    if (stored.index != frontier_.size()) {
      find("entry_missing", frontier_.size(), "log_entry");
      return false;  // from here on every number would be wrong
    }
    const auto entry = LogEntry::parse(stored.entry);
    if (!entry) find("entry_changed", stored.index, "log_entry");
    check_detail(stored, entry);
    for (const auto& node : frontier_.append(merkle_leaf(stored.entry))) {
      const auto kept = source_.node(node.level, node.index);
      if (!kept) find("node_missing", stored.index, "log_node");
      if (kept && *kept != node.hash)
        find(node.level == 0 ? "entry_changed" : "node_changed", stored.index, "log_node");
      ++nodes_;
    }
    check_size(frontier_.size());
    return true;
  }

  void check_detail(const StoredEntry& stored, const std::optional<LogEntry>& entry) {
    if (stored.salt.has_value() != stored.detail.has_value())
      return find("detail_incomplete", stored.index, "log_detail");
    if (!stored.detail) return;
    ++report_.details;
    if (entry && commitment_of(*stored.salt, *stored.detail) != entry->commitment) {
      return find("commitment_broken", stored.index, "log_detail");
    }
    const auto json = parse_json(*stored.detail);
    const auto digest = json ? text_at(*json, "sealed_sha256") : std::string_view{};
    if (!digest.empty()) digests_.emplace(stored.index, digest);
  }

  void check_heads(bool mirrored) {
    bool newest = frontier_.size() == 0;
    for (const auto& each : heads_) {
      const bool in_file = each.where == "tree-head";
      if (!each.met) find(in_file ? "mirror_mismatch" : "head_mismatch", {}, each.where);
      newest = newest || (!in_file && each.head.size == frontier_.size());
    }
    if (!newest) find("head_mismatch", {}, "tree_head");
    if (!mirrored && frontier_.size() != 0) find("mirror_missing", {}, "tree-head");
  }

  void check_nodes() {
    if (source_.node_count() != nodes_) find("node_missing", {}, "log_node");
  }

  std::optional<std::string> digest_at(std::uint64_t index) const {
    const auto found = digests_.find(index);
    if (found == digests_.end()) return std::nullopt;
    return found->second;
  }

  const LogSource& source_;
  const std::string& origin_;
  const std::string& public_raw_;
  MerkleFrontier frontier_;
  std::vector<Head> heads_;  // by size, once all are read
  std::size_t next_head_ = 0;
  std::map<std::uint64_t, std::string> digests_;
  std::uint64_t nodes_ = 0;
  LogReport report_;
};

}  // namespace

LogReport verify_log(const LogSource& source, const std::string& origin, const std::string& log_public_raw) {
  return Verifier(source, origin, log_public_raw).run();
}

}  // namespace hotline
