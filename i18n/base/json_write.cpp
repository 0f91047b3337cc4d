// The ways out. All three recurse once per level: what was read is no deeper than its limit, and what we
// build ourselves has the shape of a schema.
#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <charconv>

#include "i18n/base/json.h"

namespace hotline {
namespace {

template <class Writer>
std::string written(const JsonValue& value, Writer& writer, const rapidjson::StringBuffer& out) {
  value.Accept(writer);
  return {out.GetString(), out.GetSize()};
}

// RFC 8785 section 3.2.2.2: the short escapes, \u00xx in lower case, everything else as it is.
void append_string(std::string_view text, std::string& out) {
  static constexpr char kHex[] = "0123456789abcdef";
  out += '"';
  for (char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\b':
        out += "\\b";
        break;
      case '\f':
        out += "\\f";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20) {
          out += c;
        } else {
          out += "\\u00";
          out += kHex[static_cast<unsigned char>(c) >> 4];
          out += kHex[c & 15];
        }
    }
  }
  out += '"';
}

// UTF-16 order differs from UTF-8 order in one place: U+E000..U+FFFF (lead bytes EE, EF) sort after
// everything above U+FFFF (lead bytes F0..F4), because those are written with surrogates.
bool utf16_less(std::string_view a, std::string_view b) {
  const auto weight = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == 0xEE || byte == 0xEF ? byte + 0x10 : byte;
  };
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                      [&](char x, char y) { return weight(x) < weight(y); });
}

void append_number(const JsonValue& value, std::string& out) {
  char digits[32];
  std::to_chars_result end{};
  if (value.IsInt64()) {
    end = std::to_chars(digits, digits + sizeof digits, value.GetInt64());
  } else if (value.IsUint64()) {
    end = std::to_chars(digits, digits + sizeof digits, value.GetUint64());
  } else {
    end = std::to_chars(digits, digits + sizeof digits,
                        value.GetDouble());  // never in what we read: fractions are refused
  }
  out.append(digits, end.ptr);
}

void append_canonical(const JsonValue& value, std::string& out) {
  if (value.IsObject()) {
    std::vector<const JsonValue::Member*> members;
    members.reserve(value.MemberCount());
    for (const auto& each : value.GetObject()) members.push_back(&each);
    std::sort(members.begin(), members.end(),
              [](const auto* a, const auto* b) { return utf16_less(as_text(a->name), as_text(b->name)); });
    out += '{';
    for (const auto* each : members) {
      if (each != members.front()) out += ',';
      append_string(as_text(each->name), out);
      out += ':';
      append_canonical(each->value, out);
    }
    out += '}';
  } else if (value.IsArray()) {
    out += '[';
    for (rapidjson::SizeType i = 0; i < value.Size(); ++i) {
      if (i != 0) out += ',';
      append_canonical(value[i], out);
    }
    out += ']';
  } else if (value.IsString()) {
    append_string(as_text(value), out);
  } else if (value.IsNumber()) {
    append_number(value, out);
  } else {
    out += value.IsNull() ? "null" : value.IsTrue() ? "true" : "false";
  }
}

}  // namespace

std::string to_text(const JsonValue& value) {
  rapidjson::StringBuffer out;
  rapidjson::Writer<rapidjson::StringBuffer> writer(out);
  return written(value, writer, out);
}

std::string to_pretty(const JsonValue& value) {
  rapidjson::StringBuffer out;
  rapidjson::PrettyWriter<rapidjson::StringBuffer> writer(out);
  writer.SetIndent(' ', 2);
  return written(value, writer, out);
}

std::string to_canonical(const JsonValue& value) {
  std::string out;
  append_canonical(value, out);
  return out;
}

}  // namespace hotline
