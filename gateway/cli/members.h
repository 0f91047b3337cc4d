// Who could receive, on a desk: the members of a registry, read without checking signatures, because nothing
// is sent to anybody by what is read here. The running gateway reads its registry elsewhere, and does check
// them.
#pragma once

#include <string>
#include <vector>

#include "config/registry.h"
#include "i18n/base/json.h"
#include "i18n/base/result.h"

namespace hotline::cli {

// A registry's payload, a signed registry, or one member file; keys may be missing. field_missing names what
// is.
Result<std::vector<Member>> read_members(const std::string& file);

// Members, each as JSON, of the demonstration network under the data root.
Result<Json> demo_members(const std::string& root);

// The payload in a registry token (JWS general JSON serialization); nothing when it is none.
Result<std::string> registry_payload(const JsonValue& token);

}  // namespace hotline::cli
