// What is wrong with a file of data, told to the people who wrote it. `expected` holds three things: the
// file, the key of a sentence in the catalogs (`check.<say>`), and what that sentence speaks of.
#pragma once

#include <string>
#include <string_view>

#include "i18n/base/result.h"

namespace hotline {

// `pointer` is the place in the file. Always data_invalid.
tl::unexpected<Error> bad_data(std::string pointer, std::string_view file, std::string_view say,
                               std::string_view about = {});

// What reading or validating the file found: the same fault, with the file said.
tl::unexpected<Error> bad_file(Error error, std::string_view file);

}  // namespace hotline
