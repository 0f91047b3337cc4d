#include "gateway/exchange/policy_watch.h"

#include <algorithm>
#include <filesystem>
#include <vector>

#include "gateway/crypto/digest.h"
#include "gateway/exchange/context.h"
#include "i18n/base/text_files.h"

namespace hotline {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSeen = "policy_files_seen";
constexpr std::size_t kMaxFile = 4u << 20;

}  // namespace

PolicyWatch::PolicyWatch(std::string root) : root_(std::move(root)), loaded_(on_disk()) {}

std::string PolicyWatch::on_disk() const {
  std::vector<std::string> files;
  std::error_code error;
  for (fs::directory_iterator one(root_ + "/config/policy", error), end; !error && one != end;
       one.increment(error)) {
    if (one->path().extension() == ".json") files.push_back(one->path().string());
  }
  std::sort(files.begin(), files.end());
  std::string all;
  for (const auto& file : files) {
    const auto text = read_file(file, kMaxFile);
    // A file that cannot be read is no file that was loaded.
    const std::string digest = text ? sha256_hex(*text) : std::string("unreadable");
    all += fs::path(file).filename().string() + '\n' + digest + '\n';
  }
  return sha256_hex(all);
}

void note_policy_files(const ExchangeContext& context) {
  if (context.policy_watch == nullptr) return;
  const std::string now_on_disk = context.policy_watch->on_disk();
  if (now_on_disk == context.policy_watch->loaded()) return;
  const Instant now = context.clock.now();
  LogDetail detail;
  detail.code("change", "policy_files_changed")
      .version("decided_by", context.policy_watch->loaded())
      .version("on_disk", now_on_disk)
      .at(now);
  // When the store cannot take it, the next round tries again.
  (void)context.store.commit([&](Transaction& transaction) -> Result<void> {
    if (transaction.setting(kSeen) == now_on_disk) return {};
    transaction.put(SettingRow{kSeen, now_on_disk});
    transaction.append(LogKind::policy, detail, now);
    return {};
  });
}

}  // namespace hotline
