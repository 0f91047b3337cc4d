// A file of a profile, as far as every one of them is alike.
#pragma once

#include "i18n/base/json.h"

namespace hotline {

// Texts are compared and shown, so none may hide anything: zero-width characters, marks that turn the
// direction of what follows, letters taken apart. Refused, data_invalid, with the place; `file` is named in
// the error.
Result<Json> read_data_file(const std::string& path, const std::string& file);

// A version as /translation/maps can name it: it begins with a digit; digits, letters, points, dashes follow.
bool is_version(std::string_view text);

}  // namespace hotline
