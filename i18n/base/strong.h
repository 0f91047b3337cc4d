// Strong value types: a MemberId is no ReferralId and no string. Printable::No kinds have no operator<<, so a
// log line that would print them does not compile.
#pragma once

#include <compare>
#include <functional>
#include <ostream>
#include <utility>

namespace hotline {

enum class Printable { Yes, No };

template <class Tag, class T, Printable P = Printable::Yes>
class Strong {
 public:
  Strong() = default;
  explicit Strong(T value) : value_(std::move(value)) {}
  const T& get() const { return value_; }
  friend auto operator<=>(const Strong&, const Strong&) = default;
  friend bool operator==(const Strong&, const Strong&) = default;

 private:
  T value_{};
};

template <class Tag, class T>
std::ostream& operator<<(std::ostream& out, const Strong<Tag, T, Printable::Yes>& value) {
  return out << value.get();
}
// GoogleTest would otherwise dump the bytes of a type that it cannot print.
template <class Tag, class T>
void PrintTo(const Strong<Tag, T, Printable::No>&, std::ostream* out) {
  *out << "(private)";
}

}  // namespace hotline

template <class Tag, class T, hotline::Printable P>
struct std::hash<hotline::Strong<Tag, T, P>> {
  std::size_t operator()(const hotline::Strong<Tag, T, P>& value) const {
    return std::hash<T>{}(value.get());
  }
};
