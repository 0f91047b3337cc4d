#include "i18n/base/json.h"

#include <rapidjson/error/error.h>
#include <rapidjson/reader.h>

#include <charconv>
#include <cstring>
#include <filesystem>
#include <optional>

#include "i18n/base/text_files.h"
#include "i18n/base/utf8.h"

namespace hotline {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::int64_t kMaxInteger = 9007199254740991;  // 2^53 - 1: what every reader of JSON can hold

// Checks while RapidJSON reads, passes everything on to the document, and remembers where it is, so that a
// fault has a place. The texts that it gets lie in the reader's own buffer and stay there until the end.
class StrictHandler {
 public:
  StrictHandler(Json& document, std::size_t max_depth) : document_(document), max_depth_(max_depth) {}

  bool Null() { return value() && document_.Null(); }
  bool Bool(bool b) { return value() && document_.Bool(b); }
  bool Int(int i) { return value() && document_.Int(i); }
  bool Uint(unsigned u) { return value() && document_.Uint(u); }
  bool Int64(std::int64_t i) {
    return value() && (i >= -kMaxInteger || refuse(ErrorCode::number_out_of_range)) && document_.Int64(i);
  }
  bool Uint64(std::uint64_t u) {
    return value() &&
           (u <= static_cast<std::uint64_t>(kMaxInteger) || refuse(ErrorCode::number_out_of_range)) &&
           document_.Uint64(u);
  }
  bool Double(double d) {
    value();
    const bool huge = d > static_cast<double>(kMaxInteger) || d < -static_cast<double>(kMaxInteger);
    return refuse(huge ? ErrorCode::number_out_of_range : ErrorCode::json_number_not_integer);
  }
  // Called only where fractions are read as text: an integer is one still.
  bool RawNumber(const char* text, rapidjson::SizeType size, bool) {
    std::int64_t number = 0;
    const auto read = std::from_chars(text, text + size, number);
    if (read.ptr == text + size && read.ec == std::errc()) {
      if (number < -kMaxInteger || number > kMaxInteger)
        return value() && refuse(ErrorCode::number_out_of_range);
      return value() && document_.Int64(number);
    }
    if (read.ec == std::errc::result_out_of_range) return value() && refuse(ErrorCode::number_out_of_range);
    return value() && document_.String(text, size, true);
  }
  bool String(const char* text, rapidjson::SizeType size, bool) {
    return value() && (is_clean_text({text, size}) || refuse(ErrorCode::text_not_allowed)) &&
           document_.String(text, size, true);
  }
  bool StartObject() { return enter(true) && document_.StartObject(); }
  bool Key(const char* text, rapidjson::SizeType size, bool) {
    names_.emplace_back(text, size);
    return (is_clean_text({text, size}) || refuse(ErrorCode::text_not_allowed)) &&
           document_.Key(text, size, true);
  }
  bool EndObject(rapidjson::SizeType members) {
    if (!names_unique()) return false;
    names_.resize(frames_.back().first_name);
    frames_.pop_back();
    return document_.EndObject(members);
  }
  bool StartArray() { return enter(false) && document_.StartArray(); }
  bool EndArray(rapidjson::SizeType elements) {
    frames_.pop_back();
    return document_.EndArray(elements);
  }

  const std::optional<Error>& error() const { return error_; }

  std::string pointer() const {
    std::string text;
    for (std::size_t i = 0; i < frames_.size(); ++i) {
      const Frame& frame = frames_[i];
      if (!frame.is_object) {
        if (frame.elements > 0) text += '/' + std::to_string(frame.elements - 1);
        continue;
      }
      const std::size_t end = i + 1 < frames_.size() ? frames_[i + 1].first_name : names_.size();
      if (end > frame.first_name) text += pointer_join({}, names_[end - 1]);
    }
    return text;
  }

 private:
  struct Frame {
    bool is_object;
    std::size_t first_name;  // where this object's names start in names_
    std::size_t elements;    // values begun so far, for arrays
  };

  bool value() {
    if (!frames_.empty()) ++frames_.back().elements;
    return true;
  }
  bool enter(bool is_object) {
    value();
    if (frames_.size() >= max_depth_) return refuse(ErrorCode::json_too_deep);
    frames_.push_back({is_object, names_.size(), 0});
    return true;
  }
  bool refuse(ErrorCode code) {
    error_ = Error{code, pointer(), {}, {}};
    return false;
  }
  // Sorted once per object: n log n whatever names a stranger chooses, where a hash table could be made to
  // collide.
  bool names_unique() {
    const auto first = names_.begin() + static_cast<std::ptrdiff_t>(frames_.back().first_name);
    if (names_.end() - first < 2) return true;
    std::sort(first, names_.end(), [](std::string_view a, std::string_view b) {
      return a.size() != b.size() ? a.size() < b.size() : a < b;
    });
    const auto twice = std::adjacent_find(first, names_.end());
    if (twice == names_.end()) return true;
    const std::string_view name = *twice;
    names_.resize(frames_.back().first_name);
    names_.push_back(name);
    return refuse(ErrorCode::json_duplicate_name);
  }

  Json& document_;
  std::size_t max_depth_;
  std::vector<Frame> frames_;
  std::vector<std::string_view> names_;
  std::optional<Error> error_;
};

std::string line_and_column(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const auto newline = before.find_last_of('\n');
  const auto column = newline == std::string_view::npos ? before.size() + 1 : before.size() - newline;
  return std::to_string(line) + ':' + std::to_string(column);
}

ErrorCode code_of(const rapidjson::ParseResult& outcome, std::string_view text) {
  switch (outcome.Code()) {
    case rapidjson::kParseErrorStringUnicodeSurrogateInvalid:
      return ErrorCode::text_not_allowed;
    case rapidjson::kParseErrorNumberTooBig:
      return ErrorCode::number_out_of_range;
    default:
      break;
  }
  // RapidJSON stops at a raw control character as if it were a wrong escape.
  const bool control = outcome.Offset() < text.size() && !is_clean_text(text.substr(outcome.Offset(), 1)) &&
                       static_cast<unsigned char>(text[outcome.Offset()]) < 0x80;
  return control ? ErrorCode::text_not_allowed : ErrorCode::json_syntax;
}

// Every ill-formed byte becomes a noncharacter, which the handler refuses where it stands.
std::string with_bad_bytes_marked(std::string_view text) {
  std::string marked;
  for (std::size_t bad = 0; (bad = first_invalid_utf8(text)) != text.size(); text.remove_prefix(bad + 1)) {
    marked.append(text.substr(0, bad));
    marked.append("\uFFFF");
  }
  return marked.append(text);
}

// Where in the document the bytes are that are no UTF-8, if it can be read that far.
std::string place_of_bad_bytes(std::string_view text, const JsonLimits& limits) {
  if (text.find('\0') != std::string_view::npos) return {};
  const std::string marked = with_bad_bytes_marked(text);
  const auto read = parse_json(marked, {3 * limits.max_bytes, limits.max_depth, limits.fractions_as_text});
  return !read && read.error().code == ErrorCode::text_not_allowed ? read.error().pointer : std::string();
}

}  // namespace

Result<Json> parse_json(std::string_view text, JsonLimits limits) {
  if (text.size() > limits.max_bytes) return fail(ErrorCode::json_too_large);
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  if (const std::size_t bad = first_invalid_utf8(text); bad != text.size()) {
    return fail(ErrorCode::json_not_utf8, place_of_bad_bytes(text, limits), line_and_column(text, bad));
  }
  // The reader takes NUL for the end of the text.
  if (const auto nul = text.find('\0'); nul != std::string_view::npos) {
    return fail(ErrorCode::text_not_allowed, {}, line_and_column(text, nul));
  }
  std::string buffer(text);
  Json document;
  StrictHandler handler(document, limits.max_depth);
  rapidjson::ParseResult outcome;
  const auto generate = [&](Json&) {
    rapidjson::InsituStringStream stream(buffer.data());
    rapidjson::Reader reader;
    constexpr unsigned kFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseInsituFlag;
    constexpr unsigned kWithText = kFlags | rapidjson::kParseNumbersAsStringsFlag;
    outcome = limits.fractions_as_text ? reader.Parse<kWithText>(stream, handler)
                                       : reader.Parse<kFlags>(stream, handler);
    return !outcome.IsError();
  };
  document.Populate(generate);
  if (handler.error()) return fail(*handler.error());
  if (outcome.IsError()) {
    return fail(code_of(outcome, text), handler.pointer(), line_and_column(text, outcome.Offset()));
  }
  return document;
}

Result<Json> read_json_file(const std::string& path, JsonLimits limits) {
  // Of a pipe or a device nobody knows when it ends.
  std::error_code ignored;
  const auto kind = std::filesystem::status(path, ignored).type();
  if (kind != std::filesystem::file_type::regular && kind != std::filesystem::file_type::not_found)
    return fail(ErrorCode::store_unavailable, {}, path.substr(path.find_last_of('/') + 1));
  auto text = read_file(path, limits.max_bytes);
  if (!text) return fail(std::move(text.error()));
  auto document = parse_json(*text, limits);
  if (document) return document;
  Error error = std::move(document.error());
  const std::string name = path.substr(path.find_last_of('/') + 1);
  error.expected = error.expected.empty() ? name : name + ':' + error.expected;
  return fail(std::move(error));
}

const JsonValue* member(const JsonValue& object, std::string_view name) {
  if (!object.IsObject()) return nullptr;
  const JsonValue key(rapidjson::StringRef(name.empty() ? "" : name.data(), name.size()));
  const auto found = object.FindMember(key);
  return found == object.MemberEnd() ? nullptr : &found->value;
}

std::string_view text_at(const JsonValue& object, std::string_view name, std::string_view fallback) {
  const JsonValue* value = member(object, name);
  return value != nullptr && value->IsString() ? as_text(*value) : fallback;
}

bool flag_at(const JsonValue& object, std::string_view name, bool fallback) {
  const JsonValue* value = member(object, name);
  return value != nullptr && value->IsBool() ? value->GetBool() : fallback;
}

std::int64_t integer_at(const JsonValue& object, std::string_view name, std::int64_t fallback) {
  const JsonValue* value = member(object, name);
  return value != nullptr && value->IsInt64() ? value->GetInt64() : fallback;
}

JsonValue make_text(std::string_view text, Json::AllocatorType& allocator) {
  JsonValue value;
  value.SetString(text.empty() ? "" : text.data(), static_cast<rapidjson::SizeType>(text.size()), allocator);
  return value;
}

void set_member(JsonValue& object, std::string_view name, JsonValue&& value, Json::AllocatorType& allocator) {
  const JsonValue key(rapidjson::StringRef(name.empty() ? "" : name.data(), name.size()));
  const JsonValue::ConstMemberIterator end = object.MemberEnd();
  if (const auto found = object.FindMember(key); end != found) {
    found->value = std::move(value);
    return;
  }
  object.AddMember(make_text(name, allocator), std::move(value), allocator);
}

void set_text(JsonValue& object, std::string_view name, std::string_view text,
              Json::AllocatorType& allocator) {
  set_member(object, name, make_text(text, allocator), allocator);
}

}  // namespace hotline
