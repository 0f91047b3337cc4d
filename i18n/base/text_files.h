// Reading and durably writing small files.
#pragma once

#include <string>
#include <string_view>

#include "i18n/base/result.h"

namespace hotline {

Result<std::string> read_file(const std::string& path, std::size_t max_bytes = 64u << 20);
// Writes beside, syncs, renames over: readers see the old bytes or the new ones, never a part. `mode` as in
// chmod.
Result<void> write_file(const std::string& path, std::string_view bytes, unsigned mode = 0600);

}  // namespace hotline
