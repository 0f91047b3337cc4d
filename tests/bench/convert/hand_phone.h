// A telephone number as somebody would carry it who has libphonenumber at hand: read as dialled in the United
// States, written for a reader in Mexico.
#pragma once

#include <string>
#include <string_view>

namespace hotline::bench {

std::string mexican_form(std::string_view dialled_in_us);

}  // namespace hotline::bench
