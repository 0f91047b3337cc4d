#include "gateway/node/store_place.h"

#include <filesystem>

namespace hotline {

Result<SqliteOptions> store_place(const Settings& settings) {
  const std::filesystem::path main(settings.main_db);
  const std::filesystem::path keys(settings.keys_db);
  if (main.filename() != "gateway.db") return fail(ErrorCode::settings_invalid, "/store/main", "gateway.db");
  if (keys != main.parent_path() / "keys.db")
    return fail(ErrorCode::settings_invalid, "/store/keys", "keys.db");
  SqliteOptions options;
  options.directory = main.parent_path().string();
  options.log_origin = settings.node.get() + ".hotline-gateway.example/log";
  return options;
}

}  // namespace hotline
