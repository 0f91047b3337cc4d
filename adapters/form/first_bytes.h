// An input whose first bytes decide how it is read, and are read again afterwards: a pipe cannot be wound
// back.
#pragma once

#include <istream>
#include <streambuf>
#include <string>

namespace hotline {

class FirstBytes final : public std::streambuf {
 public:
  explicit FirstBytes(std::istream& in);
  // Up to the first byte that is neither of a byte order mark nor white space, and that one.
  const std::string& first() const { return first_; }

 protected:
  int_type underflow() override;

 private:
  std::istream& in_;
  std::string first_, chunk_;
};

}  // namespace hotline
