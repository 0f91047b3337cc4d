// Where a node's store lies and under which name its log is kept: the same for the running gateway and for
// whoever checks the log while it stands still.
#pragma once

#include "config/settings.h"
#include "gateway/store/sqlite.h"

namespace hotline {

// The settings name the two files; the store takes their folder. settings_invalid when they do not lie
// together or have other names than gateway.db and keys.db.
Result<SqliteOptions> store_place(const Settings& settings);

}  // namespace hotline
