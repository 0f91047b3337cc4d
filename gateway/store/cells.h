// C++ values as SQLite cells and back, and as the bytes that a row's MAC covers.
#pragma once

#include <array>
#include <optional>
#include <type_traits>

#include "gateway/store/rows.h"
#include "gateway/store/sql.h"

namespace hotline {

inline std::string_view to_string(Direction value) {
  return value == Direction::outbound ? "outbound" : "inbound";
}
inline constexpr std::array<std::string_view, 5> kOutboxStates{"queued", "delivered", "failed", "expired",
                                                               "cancelled"};
inline constexpr std::array<std::string_view, 5> kInboxStates{"waiting", "acknowledged", "returned",
                                                              "expired", "purged"};
inline std::string_view to_string(OutboxState state) {
  return kOutboxStates[static_cast<std::size_t>(state)];
}
inline std::string_view to_string(InboxState state) {
  return kInboxStates[static_cast<std::size_t>(state)];
}

// Writing: f(std::int64_t) or f(std::string_view) per cell.
template <class F>
void cell(F& f, const Instant& value) {
  f(value.ms);
}
template <class F, class T>
requires std::is_integral_v<T>
void cell(F& f, T value) {
  f(static_cast<std::int64_t>(value));
}
template <class F, class T>
requires std::is_enum_v<T>
void cell(F& f, T value) {
  f(to_string(value));
}
template <class F>
void cell(F& f, const std::string& value) {
  f(std::string_view(value));
}
template <class F>
void cell(F& f, std::string_view value) {
  f(value);
}
template <class F, class Tag, Printable P>
void cell(F& f, const Strong<Tag, std::string, P>& value) {
  f(std::string_view(value.get()));
}
inline const std::string& plain(const std::string& text) {
  return text;
}
inline const std::string& plain(const ConsentId& id) {
  return id.get();
}
template <class F, class T>
void cell(F& f, const std::vector<T>& values) {
  std::string joined;  // ids and codes hold no line breaks; each ends with one, so that {} and {""} differ
  for (const auto& each : values) joined.append(plain(each)).append("\n");
  f(std::string_view(joined));
}

// Reading: a cell of another type or with an unknown code makes the row unsound.
class CellReader {
 public:
  explicit CellReader(const Query& query) : query_(query) {}
  bool sound() const { return sound_; }
  int next() const { return column_; }

  template <class T>
  void operator()(const char*, T& value) {
    read(value);
    ++column_;
  }

 private:
  void read(Instant& value) { value.ms = integer(); }
  template <class T>
  requires std::is_integral_v<T>
  void read(T& value) { value = static_cast<T>(integer()); }
  void read(std::string& value) { value = text(); }
  template <class Tag, Printable P>
  void read(Strong<Tag, std::string, P>& value) {
    value = Strong<Tag, std::string, P>(text());
  }
  template <class T>
  void read(std::vector<T>& values) {
    const std::string joined = text();
    for (std::size_t at = 0; at < joined.size();) {
      const auto end = joined.find('\n', at);
      if (end == std::string::npos) {
        sound_ = false;
        return;
      }
      values.emplace_back(joined.substr(at, end - at));
      at = end + 1;
    }
  }
  void read(ReferralStatus& value) { take(value, referral_status_from(text())); }
  void read(MessageKind& value) { take(value, message_kind_from(text())); }
  void read(ControlReason& value) { take(value, control_reason_from(text())); }
  void read(ReceiptResult& value) { take(value, receipt_result_from(text())); }
  void read(SystemPurge& value) { take(value, system_purge_from(text())); }
  void read(Direction& value) {
    const auto name = text();
    sound_ = sound_ && (name == "outbound" || name == "inbound");
    value = name == "inbound" ? Direction::inbound : Direction::outbound;
  }
  void read(OutboxState& value) { take(value, index_in<OutboxState>(kOutboxStates, text())); }
  void read(InboxState& value) { take(value, index_in<InboxState>(kInboxStates, text())); }

  template <class T>
  void take(T& value, std::optional<T> read) {
    sound_ = sound_ && read.has_value();
    if (read) value = *read;
  }
  template <class T, std::size_t N>
  static std::optional<T> index_in(const std::array<std::string_view, N>& names, const std::string& name) {
    for (std::size_t i = 0; i < N; ++i) {
      if (names[i] == name) return static_cast<T>(i);
    }
    return std::nullopt;
  }
  std::int64_t integer() {
    sound_ = sound_ && query_.is_integer(column_);
    return query_.integer(column_);
  }
  std::string text() {
    sound_ = sound_ && query_.is_text(column_);
    return query_.text(column_);
  }

  const Query& query_;
  int column_ = 0;
  bool sound_ = true;
};

}  // namespace hotline
