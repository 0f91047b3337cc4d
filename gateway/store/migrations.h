// The schema of gateway.db, as steps: a store knows how far it has come and takes the rest in one transaction
// each.
#pragma once

#include "gateway/store/sql.h"

namespace hotline {

// store_corrupt when the store is newer than this program or a step fails.
Result<void> migrate(Sql& sql);

}  // namespace hotline
