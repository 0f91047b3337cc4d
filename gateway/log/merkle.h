// The Merkle tree of RFC 6962 section 2.1 / RFC 9162 section 2.1: leaf H(0x00 || entry), node H(0x01 || l ||
// r), empty tree H(""). All hashes are 32 raw bytes. Pure functions; where nodes are kept is the caller's
// matter.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hotline {

std::string merkle_leaf(std::string_view entry);
std::string merkle_node(std::string_view left, std::string_view right);
std::string merkle_empty_root();

// A complete subtree: level 0 is a leaf, (level, index) covers leaves [index << level, (index + 1) << level).
struct MerkleNode {
  unsigned level = 0;
  std::uint64_t index = 0;
  std::string hash;
};
using NodeSource = std::function<std::optional<std::string>(unsigned level, std::uint64_t index)>;

// The right edge of a growing tree: one hash per bit of its size. Cheap to copy, so an append can be undone.
class MerkleFrontier {
 public:
  MerkleFrontier() = default;
  // Rebuilds it for a tree of `size` leaves from stored nodes; nothing when one is missing.
  static std::optional<MerkleFrontier> restore(std::uint64_t size, const NodeSource& nodes);

  std::uint64_t size() const { return size_; }
  std::string root() const;
  // Adds a leaf hash; gives every node that it completes, the leaf first.
  std::vector<MerkleNode> append(std::string leaf_hash);

 private:
  std::uint64_t size_ = 0;
  std::vector<std::string> peaks_;  // of falling level
};

// Proofs (RFC 9162 2.1.3.1, 2.1.4.1) out of stored complete nodes; nothing when a node is missing or the
// question is out of range.
std::optional<std::vector<std::string>> inclusion_proof(std::uint64_t index, std::uint64_t size,
                                                        const NodeSource& nodes);
std::optional<std::vector<std::string>> consistency_proof(std::uint64_t old_size, std::uint64_t size,
                                                          const NodeSource& nodes);
std::optional<std::string> merkle_root(std::uint64_t size, const NodeSource& nodes);

// RFC 9162 2.1.3.2 and 2.1.4.2.
bool verify_inclusion(std::uint64_t index, std::uint64_t size, std::string_view leaf_hash,
                      const std::vector<std::string>& proof, std::string_view root);
bool verify_consistency(std::uint64_t old_size, std::uint64_t size, std::string_view old_root,
                        std::string_view root, const std::vector<std::string>& proof);

}  // namespace hotline
