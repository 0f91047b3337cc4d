// After a withdrawal nothing of the person can be read: not in any file of either node, not in a backup made
// before, and not in the memory of the two processes, which go on running.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "config/settings.h"
#include "gateway/crypto/digest.h"
#include "tests/scenarios/harvest.h"

namespace hotline::test {
namespace {

constexpr const char* kConsent = "C-4182-1";
// One that lies in memory of its own, one so short that it lies inside other objects and on stacks. They are
// put together at run time, so that the bytes of neither stand in the test itself.
std::string long_canary() {
  return std::string("Xochipiltzin") + "tecuhtlinahual";
}
std::string short_canary() {
  return std::string("Qzwy") + "lovka";
}

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

std::string widened(const std::string& text, std::size_t width) {
  std::string out;
  for (const char c : text) out.append(1, c).append(width - 1, '\0');
  return out;
}

// As it may lie in memory: in UTF-8, -16 and -32, whatever its case; and within base64, at any of three
// places.
struct Patterns {
  std::vector<std::string> folded;
  std::vector<std::string> exact;
};
Patterns patterns_of(const std::string& canary) {
  Patterns patterns;
  for (const std::size_t width : {1u, 2u, 4u}) patterns.folded.push_back(widened(lower(canary), width));
  for (std::size_t shift = 0; shift < 3; ++shift) {
    const auto encoded = to_base64url(std::string(shift, 'x') + canary);
    const std::size_t skip = shift == 0 ? 0 : 4;
    patterns.exact.push_back(encoded.substr(skip, (encoded.size() - skip) / 4 * 4 - 4));
  }
  return patterns;
}

std::optional<std::string> found_in(const std::string& bytes, const Patterns& patterns) {
  for (const auto& each : patterns.exact) {
    if (bytes.find(each) != std::string::npos) return "base64";
  }
  const auto folded = lower(bytes);
  for (const auto& each : patterns.folded) {
    if (folded.find(each) != std::string::npos) return "width " + std::to_string(each[1] == '\0');
  }
  return std::nullopt;
}

// What a core dump of the running process would hold: every region that can be read. Where the canary lies
// first, nothing when nowhere.
std::optional<std::string> in_memory_of(pid_t pid, const std::string& canary) {
  const auto patterns = patterns_of(canary);
  const std::string process = "/proc/" + std::to_string(pid);
  std::ifstream maps(process + "/maps");
  const int memory = open((process + "/mem").c_str(), O_RDONLY | O_CLOEXEC);
  if (memory < 0) throw std::runtime_error("the memory of the process cannot be read");
  std::optional<std::string> found;
  for (std::string line; !found && std::getline(maps, line);) {
    std::istringstream words(line);
    std::string range, rights, offset, device, inode, name;
    words >> range >> rights >> offset >> device >> inode >> name;
    if (rights[0] != 'r' || name == "[vvar]" || name == "[vsyscall]") continue;
    const auto dash = range.find('-');
    const auto begin = std::stoull(range.substr(0, dash), nullptr, 16);
    const auto end = std::stoull(range.substr(dash + 1), nullptr, 16);
    constexpr std::size_t kPiece = 8u << 20, kOverlap = 256;
    for (auto at = begin; at < end && !found; at += kPiece) {
      std::string bytes(std::min<std::size_t>(kPiece + kOverlap, end - at), '\0');
      const auto got = pread(memory, bytes.data(), bytes.size(), static_cast<off_t>(at));
      if (got <= 0) break;
      bytes.resize(static_cast<std::size_t>(got));
      if (const auto how = found_in(bytes, patterns)) found = name + " " + *how;
    }
  }
  close(memory);
  return found;
}

void sql(const std::string& database, const std::string& text) {
  sqlite3* db = nullptr;
  const bool done = sqlite3_open_v2(database.c_str(), &db, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK &&
                    sqlite3_exec(db, text.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK;
  sqlite3_close(db);
  if (!done) throw std::runtime_error(text + " of " + database);
}

class Unreadable : public testing::Test {
 protected:
  Unreadable() : network(parse_instant("2026-11-21T12:00:00Z").value(), {"ca", "mx"}) {}

  void send_and_read(const std::string& receiver_program) {
    network.start("ca");
    network.start("mx", receiver_program);
    std::string record = read_whole(
        repository() + "/adapters/ca/cases/seasonal-worker-goes-home-without-the-employer/national.json");
    const auto replace = [&](const std::string& what, const std::string& with) {
      std::size_t times = 0;
      for (std::size_t at = 0; (at = record.find(what, at)) != std::string::npos;
           at += with.size(), ++times) {
        record.replace(at, what.size(), with);
      }
      EXPECT_GT(times, 0u);
    };
    replace("Celerino", long_canary());
    replace("Bautista", short_canary());
    const auto sent = network.json("ca", {"POST",
                                          "/v1/referrals",
                                          {{"to", "mx"}},
                                          record,
                                          {{"Idempotency-Key", "\"one\""}, {"Prefer", "wait=30"}}});
    id = text_at(sent["referrals"][0], "id");
    const auto shown = network.call("mx", {"GET", "/v1/inbox/" + id}).body;
    ASSERT_NE(shown.find(long_canary()), std::string::npos);
    ASSERT_NE(shown.find(short_canary()), std::string::npos);
  }

  // A copy of the database as a backup has it, and, apart from it, the file with the keys.
  void back_up() {
    const auto settings = Settings::load(network.config("mx")).value();
    sql(settings.main_db, "VACUUM INTO '" + network.path("backup.db") + "'");
    std::filesystem::copy_file(settings.keys_db, network.path("old-keys.db"));
    std::filesystem::copy_file(settings.keys_db + "-wal", network.path("old-keys.db-wal"));
    sql(network.path("old-keys.db"), "PRAGMA wal_checkpoint(TRUNCATE)");
    sql(network.path("old-keys.db"), "PRAGMA journal_mode=DELETE");
  }

  void withdraw() {
    network.json("ca", {"POST", "/v1/consents/" + std::string(kConsent) + "/withdraw"}, 202);
    ASSERT_TRUE(eventually([&] {
      const auto story = network.json("ca", {"GET", "/v1/referrals/" + id});
      for (const auto& step : story["timeline"].GetArray()) {
        if (text_at(step, "reason") == "key_destroyed") return true;
      }
      return false;
    }));
  }

  bool in_memory(const std::string& node) {
    const auto pid = network.process(node).pid();
    last = in_memory_of(pid, long_canary());
    if (!last) last = in_memory_of(pid, short_canary());
    return last.has_value();
  }

  static bool in_any(const std::vector<std::string>& payloads) {
    return std::any_of(payloads.begin(), payloads.end(), [](const std::string& payload) {
      return found_in(payload, patterns_of(long_canary())).has_value();
    });
  }

  Gateways network;
  std::string id;
  std::optional<std::string> last;
};

TEST_F(Unreadable, InNoFileNoBackupAndNoMemory) {
  const std::string here = long_canary();
  ASSERT_TRUE(in_memory_of(getpid(), here)) << "the search is blind";
  send_and_read(program());
  back_up();
  withdraw();

  // What the idle connections still hold goes with them, after some seconds.
  for (const char* node : {"ca", "mx"}) {
    EXPECT_TRUE(eventually([&] { return !in_memory(node); }, 30)) << node << ": " << last.value_or("");
  }
  for (const char* node : {"ca", "mx"}) network.stop(node);
  for (const char* node : {"ca", "mx"}) {
    const auto files = files_of(network, node);
    EXPECT_GT(files.size(), 5u);
    EXPECT_FALSE(files.find(long_canary())) << node << ": " << files.find(long_canary()).value_or("");
    EXPECT_FALSE(files.find(short_canary())) << node << ": " << files.find(short_canary()).value_or("");
    EXPECT_FALSE(in_any(unwrapped_payloads(network, node))) << node;
  }
  EXPECT_FALSE(in_any(unwrapped_payloads(network, "mx", network.path("backup.db"))));

  // The same backup together with the keys of that time can be read: why keys.db belongs in no backup, and
  // that the search above would have found it.
  const auto settings = Settings::load(network.config("mx")).value();
  std::filesystem::remove(settings.keys_db + "-wal");
  std::filesystem::copy_file(network.path("old-keys.db"), settings.keys_db,
                             std::filesystem::copy_options::overwrite_existing);
  EXPECT_TRUE(in_any(unwrapped_payloads(network, "mx", network.path("backup.db"))));
}

// The same program without the wiping of memory: what the search finds there is what the wiping takes away.
TEST_F(Unreadable, WithoutTheWipingItWouldBeInACoreDump) {
  send_and_read(HOTLINE_CRASHABLE);
  withdraw();
  EXPECT_TRUE(in_memory("mx"));
}

}  // namespace
}  // namespace hotline::test
