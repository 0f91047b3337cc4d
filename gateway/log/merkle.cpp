#include "gateway/log/merkle.h"

#include <bit>

#include "gateway/crypto/digest.h"

namespace hotline {
namespace {

using Hash = std::optional<std::string>;
using Proof = std::optional<std::vector<std::string>>;

// The largest power of two smaller than n (n > 1): where RFC 6962 splits a tree.
std::uint64_t split_of(std::uint64_t n) {
  return std::bit_floor(n - 1);
}

// MTH of the leaves [first, first + n), n > 0. RFC 6962's splits keep complete ranges aligned, so such a
// range is one stored node.
Hash range_hash(std::uint64_t first, std::uint64_t n, const NodeSource& nodes) {
  if (std::has_single_bit(n)) {
    const auto level = static_cast<unsigned>(std::countr_zero(n));
    return nodes(level, first >> level);
  }
  const std::uint64_t k = split_of(n);
  const Hash left = range_hash(first, k, nodes);
  const Hash right = left ? range_hash(first + k, n - k, nodes) : std::nullopt;
  if (!right) return std::nullopt;
  return merkle_node(*left, *right);
}

Proof with(Proof proof, Hash hash) {
  if (!proof || !hash) return std::nullopt;
  proof->push_back(std::move(*hash));
  return proof;
}

Proof path(std::uint64_t m, std::uint64_t first, std::uint64_t n, const NodeSource& nodes) {
  if (n == 1) return std::vector<std::string>{};
  const std::uint64_t k = split_of(n);
  if (m < k) return with(path(m, first, k, nodes), range_hash(first + k, n - k, nodes));
  return with(path(m - k, first + k, n - k, nodes), range_hash(first, k, nodes));
}

Proof subproof(std::uint64_t m, std::uint64_t first, std::uint64_t n, bool known, const NodeSource& nodes) {
  if (m == n)
    return known ? Proof(std::vector<std::string>{})
                 : with(std::vector<std::string>{}, range_hash(first, n, nodes));
  const std::uint64_t k = split_of(n);
  if (m <= k) return with(subproof(m, first, k, known, nodes), range_hash(first + k, n - k, nodes));
  return with(subproof(m - k, first + k, n - k, false, nodes), range_hash(first, k, nodes));
}

}  // namespace

std::string merkle_leaf(std::string_view entry) {
  return sha256(std::string(1, '\x00').append(entry));
}

std::string merkle_node(std::string_view left, std::string_view right) {
  return sha256(std::string(1, '\x01').append(left).append(right));
}

std::string merkle_empty_root() {
  return sha256({});
}

std::optional<MerkleFrontier> MerkleFrontier::restore(std::uint64_t size, const NodeSource& nodes) {
  MerkleFrontier frontier;
  frontier.size_ = size;
  std::uint64_t first = 0;
  for (int level = 63; level >= 0; --level) {
    if ((size >> level & 1) == 0) continue;
    auto hash = nodes(static_cast<unsigned>(level), first >> level);
    if (!hash) return std::nullopt;
    frontier.peaks_.push_back(std::move(*hash));
    first += std::uint64_t{1} << level;
  }
  return frontier;
}

std::string MerkleFrontier::root() const {
  if (peaks_.empty()) return merkle_empty_root();
  std::string root = peaks_.back();
  for (std::size_t i = peaks_.size() - 1; i-- > 0;) root = merkle_node(peaks_[i], root);
  return root;
}

std::vector<MerkleNode> MerkleFrontier::append(std::string leaf_hash) {
  std::vector<MerkleNode> completed{{0, size_, std::move(leaf_hash)}};
  for (std::uint64_t rest = size_; (rest & 1) != 0; rest >>= 1) {
    const MerkleNode& right = completed.back();
    MerkleNode parent{right.level + 1, right.index >> 1, merkle_node(peaks_.back(), right.hash)};
    peaks_.pop_back();
    completed.push_back(std::move(parent));
  }
  peaks_.push_back(completed.back().hash);
  ++size_;
  return completed;
}

std::optional<std::string> merkle_root(std::uint64_t size, const NodeSource& nodes) {
  return size == 0 ? merkle_empty_root() : range_hash(0, size, nodes);
}

Proof inclusion_proof(std::uint64_t index, std::uint64_t size, const NodeSource& nodes) {
  if (index >= size) return std::nullopt;
  return path(index, 0, size, nodes);
}

Proof consistency_proof(std::uint64_t old_size, std::uint64_t size, const NodeSource& nodes) {
  if (old_size > size) return std::nullopt;
  if (old_size == 0) return std::vector<std::string>{};
  return subproof(old_size, 0, size, true, nodes);
}

bool verify_inclusion(std::uint64_t index, std::uint64_t size, std::string_view leaf_hash,
                      const std::vector<std::string>& proof, std::string_view root) {
  if (index >= size) return false;
  std::uint64_t fn = index;
  std::uint64_t sn = size - 1;
  std::string r(leaf_hash);
  for (const auto& p : proof) {
    if (sn == 0) return false;
    if ((fn & 1) != 0 || fn == sn) {
      r = merkle_node(p, r);
      while ((fn & 1) == 0 && fn != 0) {
        fn >>= 1;
        sn >>= 1;
      }
    } else {
      r = merkle_node(r, p);
    }
    fn >>= 1;
    sn >>= 1;
  }
  return sn == 0 && r == root;
}

bool verify_consistency(std::uint64_t old_size, std::uint64_t size, std::string_view old_root,
                        std::string_view root, const std::vector<std::string>& proof) {
  if (old_size > size) return false;
  if (old_size == size) return proof.empty() && old_root == root;
  if (old_size == 0) return proof.empty() && old_root == merkle_empty_root();
  if (proof.empty()) return false;
  // RFC 9162 section 2.1.4.2: a complete old tree is its own first node.
  std::size_t next = 0;
  const std::string first = std::has_single_bit(old_size) ? std::string(old_root) : proof[next++];
  std::uint64_t fn = old_size - 1;
  std::uint64_t sn = size - 1;
  for (; (fn & 1) != 0; fn >>= 1) sn >>= 1;
  std::string fr = first;
  std::string sr = first;
  for (; next < proof.size(); ++next) {
    if (sn == 0) return false;
    if ((fn & 1) != 0 || fn == sn) {
      fr = merkle_node(proof[next], fr);
      sr = merkle_node(proof[next], sr);
      while ((fn & 1) == 0 && fn != 0) {
        fn >>= 1;
        sn >>= 1;
      }
    } else {
      sr = merkle_node(sr, proof[next]);
    }
    fn >>= 1;
    sn >>= 1;
  }
  return sn == 0 && fr == old_root && sr == root;
}

}  // namespace hotline
