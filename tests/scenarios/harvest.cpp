#include "tests/scenarios/harvest.h"

#include <sqlite3.h>

#include <filesystem>
#include <stdexcept>

#include "config/settings.h"
#include "gateway/crypto/node_keys.h"
#include "gateway/node/store_place.h"
#include "gateway/seal/open.h"

namespace hotline::test {
namespace {

template <class T>
T must(Result<T> result, const char* what) {
  if (!result)
    throw std::runtime_error(std::string(what) + ": " + std::string(to_string(result.error().code)));
  return std::move(*result);
}

// A node's keys and store, opened as the node itself would.
struct OpenNode {
  OpenNode(const Gateways& network, const std::string& node)
      : settings(must(Settings::load(network.config(node)), "settings")),
        keys(must(load_node_keys(settings.keys_folder), "keys")) {}
  std::unique_ptr<Store> store(const std::string& directory = {}) const {
    auto place = must(store_place(settings), "store");
    if (!directory.empty()) place.directory = directory;
    place.create = false;
    return must(open_sqlite_store(place, keys), "store");
  }
  Settings settings;
  NodeKeys keys;
};

std::vector<PayloadId> payload_ids(const std::string& database) {
  sqlite3* db = nullptr;
  sqlite3_stmt* statement = nullptr;
  std::vector<PayloadId> ids;
  const bool ready = sqlite3_open_v2(database.c_str(), &db, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK &&
                     sqlite3_prepare_v2(db, "SELECT id FROM payload", -1, &statement, nullptr) == SQLITE_OK;
  while (ready && sqlite3_step(statement) == SQLITE_ROW) {
    ids.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(statement, 0)));
  }
  sqlite3_finalize(statement);
  sqlite3_close(db);
  if (!ready) throw std::runtime_error("cannot read " + database);
  return ids;
}

}  // namespace

std::vector<std::string> opened_messages(const Gateways& network, const std::string& from,
                                         const std::string& to, const std::vector<std::string>& referrals) {
  const OpenNode sender(network, from);
  const OpenNode receiver(network, to);
  const auto decrypt = must(OwnKey::from(receiver.keys.encryption), "receiver's key");
  const auto signer =
      must(MemberKey::from_jwk(sender.keys.signing.public_jwk(KeyUse::sig), KeyUse::sig), "signer");
  const OpenContext context{
      MemberId(to),   decrypt,
      MemberId(from), [&](std::string_view) {
                              return KnownSigner{MemberId(from), signer}; },
      network.now(),  3600,
      4u << 20};
  std::vector<std::string> opened;
  const auto read = [&](const Reader& reader) -> Result<void> {
    for (const std::string& id : referrals) {
      for (const OutboxRow& row : reader.outbox_of(ReferralId(id))) {
        const auto sealed = reader.payload(row.sealed);
        if (sealed) opened.push_back(must(open_sealed(*sealed, context), "sealed message").body);
      }
    }
    return {};
  };
  if (!sender.store()->read(read)) throw std::runtime_error("the sender's store cannot be read");
  return opened;
}

std::vector<std::string> unwrapped_payloads(const Gateways& network, const std::string& node,
                                            const std::string& database) {
  namespace fs = std::filesystem;
  const OpenNode opened(network, node);
  std::string directory = fs::path(opened.settings.main_db).parent_path().string();
  TemporaryFolder restored;
  if (!database.empty()) {  // the backup with the keys that there are now
    fs::copy_file(database, restored.path("gateway.db"));
    fs::copy_file(opened.settings.keys_db, restored.path("keys.db"));
    directory = restored.path();
  }
  const auto ids = payload_ids(directory + "/gateway.db");
  std::vector<std::string> payloads;
  const auto store = opened.store(directory);
  const auto read = [&](const Reader& reader) -> Result<void> {
    for (const PayloadId& id : ids) {
      if (auto payload = reader.payload(id)) payloads.push_back(std::move(*payload));
    }
    return {};
  };
  if (!store->read(read)) throw std::runtime_error("the store of " + node + " cannot be read");
  return payloads;
}

Haystack files_of(const Gateways& network, const std::string& node) {
  namespace fs = std::filesystem;
  Haystack found;
  for (const auto& entry : fs::recursive_directory_iterator(network.directory(node))) {
    if (entry.is_regular_file())
      found.add("file " + entry.path().filename().string(), read_whole(entry.path()));
  }
  for (const char* end : {".out", ".err"}) {
    const fs::path log = network.log(node) + end;
    if (fs::exists(log)) found.add("log of " + node, read_whole(log));
  }
  return found;
}

}  // namespace hotline::test
