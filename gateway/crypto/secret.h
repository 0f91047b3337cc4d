// Bytes that must not outlive their use: wiped when destroyed, moved but never copied by accident, never
// printed.
#pragma once

#include <string>
#include <string_view>

namespace hotline {

void wipe(std::string& bytes);  // overwrites, then clears; not removed by the optimiser

class SecretBytes {
 public:
  SecretBytes() = default;
  explicit SecretBytes(std::string bytes) : bytes_(std::move(bytes)) {}
  SecretBytes(SecretBytes&& other) noexcept : bytes_(std::move(other.bytes_)) { wipe(other.bytes_); }
  SecretBytes& operator=(SecretBytes&& other) noexcept {
    wipe(bytes_);
    bytes_ = std::move(other.bytes_);
    wipe(other.bytes_);
    return *this;
  }
  SecretBytes(const SecretBytes&) = delete;
  SecretBytes& operator=(const SecretBytes&) = delete;
  ~SecretBytes() { wipe(bytes_); }

  SecretBytes clone() const { return SecretBytes(bytes_); }
  std::string_view reveal() const { return bytes_; }
  bool empty() const { return bytes_.empty(); }

 private:
  std::string bytes_;
};

}  // namespace hotline
