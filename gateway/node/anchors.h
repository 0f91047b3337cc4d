// The anchors file: where a node's trust in its registry begins. {"anchors":[{"member","signing_jwk"}]}
#pragma once

#include <string>
#include <vector>

#include "gateway/seal/registry_token.h"
#include "i18n/base/json.h"

namespace hotline {

// `members` is an array of member files' contents.
Result<std::string> anchors_text(const JsonValue& members);
Result<std::vector<TrustAnchor>> read_anchors(const std::string& file);

}  // namespace hotline
