#include "gateway/exchange/receipt_code.h"

#include "gateway/crypto/random.h"
#include "gateway/seal/shapes.h"

namespace hotline {
namespace {

constexpr std::size_t kDigits = 12;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Luhn over all digits, the check digit being the last: what is misheard or swapped is found.
int luhn(std::string_view digits) {
  int sum = 0;
  bool doubled = false;
  for (auto at = digits.rbegin(); at != digits.rend(); ++at) {
    const int value = (*at - '0') * (doubled ? 2 : 1);
    sum += value / 10 + value % 10;
    doubled = !doubled;
  }
  return sum % 10;
}

}  // namespace

ReceiptCode new_receipt_code(const MemberId& home) {
  ReceiptCode code{home, {}};
  while (code.digits.size() < kDigits - 1) {
    const auto byte = static_cast<unsigned char>(random_bytes(1)[0]);
    if (byte < 250) code.digits += static_cast<char>('0' + byte % 10);  // every digit as likely as another
  }
  code.digits += '0';
  code.digits.back() = static_cast<char>('0' + (10 - luhn(code.digits)) % 10);
  return code;
}

std::string spoken(const ReceiptCode& code) {
  std::string out = code.home.get();
  for (std::size_t i = 0; i < code.digits.size(); ++i) {
    if (i % 4 == 0) out += ' ';
    out += code.digits[i];
  }
  return out;
}

std::optional<ReceiptCode> parse_receipt_code(std::string_view text) {
  std::string plain;
  for (const char c : text) {
    if (c == ' ' || c == '-' || c == '.') continue;
    plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  if (plain.size() <= kDigits) return std::nullopt;
  ReceiptCode code{MemberId(plain.substr(0, plain.size() - kDigits)), plain.substr(plain.size() - kDigits)};
  for (const char c : code.digits) {
    if (!is_digit(c)) return std::nullopt;
  }
  if (is_digit(code.home.get().back()) || !is_member_id(code.home.get()) || luhn(code.digits) != 0) {
    return std::nullopt;
  }
  return code;
}

}  // namespace hotline
