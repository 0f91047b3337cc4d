// The signed tree head: a C2SP tlog-checkpoint (origin, size, root) as a C2SP signed note, Ed25519 (type
// 0x01).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/crypto/key_pair.h"
#include "i18n/base/result.h"

namespace hotline {

struct TreeHead {
  std::string origin;  // scheme-less URL of the log, e.g. "us.hotline.example/log"; also the key's name
  std::uint64_t size = 0;
  std::string root;  // 32 raw bytes
};

Result<std::string> sign_tree_head(const TreeHead& head, const KeyPair& log_key);
// log_mismatch when it is no checkpoint of that origin; signature_invalid when the log's signature is missing
// or bad.
Result<TreeHead> verify_tree_head(std::string_view note, std::string_view origin,
                                  std::string_view public_raw);

// "name+hex id+base64(type || key)": how the log's key is told to others.
std::string verifier_key(std::string_view name, std::string_view public_raw);

}  // namespace hotline
