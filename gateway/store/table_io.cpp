#include "gateway/store/table_io.h"

namespace hotline {
namespace {

std::array<std::uint64_t, 4> limbs_of(std::string_view bytes) {
  std::array<std::uint64_t, 4> limbs{};
  for (std::size_t i = 0; i < 32 && i < bytes.size(); ++i) {
    limbs[i / 8] |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (i % 8 * 8);
  }
  return limbs;
}

void append_number(std::string& bytes, std::uint64_t value) {
  for (int i = 0; i < 8; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xFF);
}

}  // namespace

void Tally::add(std::string_view mac) {
  const auto limbs = limbs_of(mac);
  std::uint64_t carry = 0;
  for (std::size_t i = 0; i < sum.size(); ++i) {
    const std::uint64_t partial = sum[i] + carry;
    carry = partial < carry ? 1 : 0;
    sum[i] = partial + limbs[i];
    carry += sum[i] < limbs[i] ? 1 : 0;
  }
  ++rows;
}

void Tally::remove(std::string_view mac) {
  const auto limbs = limbs_of(mac);
  std::uint64_t borrow = 0;
  for (std::size_t i = 0; i < sum.size(); ++i) {
    const std::uint64_t before = sum[i];
    sum[i] = before - limbs[i] - borrow;
    borrow = before < limbs[i] || (before == limbs[i] && borrow != 0) ? 1 : 0;
  }
  --rows;
}

std::string Tally::sum_bytes() const {
  std::string bytes;
  for (const auto limb : sum) append_number(bytes, limb);
  return bytes;
}

std::optional<Tally> Tally::from(std::int64_t rows, std::string_view sum_bytes) {
  if (sum_bytes.size() != 32) return std::nullopt;
  return Tally{rows, limbs_of(sum_bytes)};
}

std::string presence_mac(const char* table, std::string_view id, const SecretBytes& key) {
  MacInput input(table);
  input(id);
  return input.mac(key);
}

void MacInput::operator()(std::int64_t value) {
  bytes_ += 'i';
  append_number(bytes_, static_cast<std::uint64_t>(value));
}

void MacInput::operator()(std::string_view text) {
  bytes_ += 't';
  append_number(bytes_, text.size());
  bytes_ += text;
}

}  // namespace hotline
