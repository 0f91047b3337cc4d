// What a disclosure says of its own translation: which maps made it, and where a code is not the one that was
// said. Sealed and signed with it; made from the finished disclosure, so that it tells nothing more.
#pragma once

#include "config/schema.h"
#include "i18n/base/json.h"

namespace hotline {

// One note for each coded field whose relation says that it is no equivalent, in document order.
JsonValue translation_notes(const SchemaNode& root, const JsonValue& disclosure,
                            Json::AllocatorType& allocator);

}  // namespace hotline
