// What settings must not say although every single value is allowed.
#pragma once

#include "config/settings.h"

namespace hotline {

// settings_invalid with the pointer of what has to change.
Result<void> check_settings_rules(const Settings& settings);

}  // namespace hotline
