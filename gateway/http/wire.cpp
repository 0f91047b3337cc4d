#include "gateway/http/wire.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace hotline {
namespace {

constexpr std::size_t kMaxHeaders = 100;

tl::unexpected<Error> malformed(std::string what) {
  return fail(ErrorCode::request_malformed, {}, std::move(what));
}

bool is_token_char(char c) {
  if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) return true;
  return std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_token_char);
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

bool is_field_text(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return c == '\t' || (byte >= 0x20 && byte != 0x7f);
  });
}

// The next line without its CRLF; a lone CR or LF inside shows up as a control character and is refused
// there.
std::string_view next_line(std::string_view& rest) {
  const auto end = rest.find("\r\n");
  const auto line = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 2);
  return line;
}

Result<Headers> parse_headers(std::string_view rest) {
  Headers headers;
  while (!rest.empty()) {
    const auto line = next_line(rest);
    if (line.empty()) break;
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) return malformed("header");
    const auto value = trim(line.substr(colon + 1));
    if (!is_field_text(value)) return malformed("header");
    if (headers.size() == kMaxHeaders) return malformed("headers");
    headers.emplace_back(std::string(line.substr(0, colon)), std::string(value));
  }
  return headers;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<std::string> percent_decode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    const int high = hex_digit(text[i + 1]), low = hex_digit(text[i + 2]);
    if (high < 0 || low < 0 || (high == 0 && low == 0)) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return out;
}

void append_encoded(std::string_view text, std::string_view plain, std::string& out) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool unreserved = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                            c == '-' || c == '.' || c == '_' || c == '~';
    if (unreserved || plain.find(c) != std::string_view::npos) {
      out += c;
    } else {
      out += '%';
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    }
  }
}

Result<void> parse_target(std::string_view target, HttpRequest& request) {
  if (target.empty() || target.front() != '/' || !is_field_text(target)) return malformed("target");
  const auto question = target.find('?');
  auto path = percent_decode(target.substr(0, question));
  if (!path) return malformed("target");
  request.path = std::move(*path);
  if (question == std::string_view::npos) return {};
  std::string_view rest = target.substr(question + 1);
  while (!rest.empty()) {
    const auto part = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(rest.size(), part.size() + 1));
    const auto equals = part.find('=');
    auto name = percent_decode(part.substr(0, equals));
    auto value =
        percent_decode(equals == std::string_view::npos ? std::string_view{} : part.substr(equals + 1));
    if (!name || !value) return malformed("target");
    // Of two values one reader takes the first and another the last; here it could be who gets the record.
    if (find_header(request.query, *name) != nullptr) return malformed("target");
    request.query.emplace_back(std::move(*name), std::move(*value));
  }
  return {};
}

std::size_t count_header(const Headers& headers, std::string_view name) {
  return static_cast<std::size_t>(std::count_if(headers.begin(), headers.end(), [&](const auto& header) {
    return same_header_name(header.first, name);
  }));
}

template <int base>
std::optional<std::size_t> number(std::string_view text) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

Result<Framing> framing_of(const Headers& headers) {
  const auto lengths = count_header(headers, "content-length");
  const auto codings = count_header(headers, "transfer-encoding");
  if (lengths + codings > 1) return malformed("content-length");
  Framing framing;
  if (codings == 1) {
    if (!same_header_name(*find_header(headers, "transfer-encoding"), "chunked"))
      return malformed("transfer-encoding");
    framing.chunked = true;
  } else if (lengths == 1) {
    const auto length = number<10>(*find_header(headers, "content-length"));
    if (!length) return malformed("content-length");
    framing.length = *length;
  }
  return framing;
}

Result<HttpRequest> parse_request_head(std::string_view text) {
  const auto line = next_line(text);
  const auto first = line.find(' ');
  const auto second = first == std::string_view::npos ? first : line.find(' ', first + 1);
  if (second == std::string_view::npos) return malformed("request-line");
  HttpRequest request;
  request.method = std::string(line.substr(0, first));
  if (!is_token(request.method)) return malformed("method");
  if (line.substr(second + 1) != "HTTP/1.1") return malformed("version");
  if (auto target = parse_target(line.substr(first + 1, second - first - 1), request); !target) {
    return fail(std::move(target.error()));
  }
  auto headers = parse_headers(text);
  if (!headers) return fail(std::move(headers.error()));
  request.headers = std::move(*headers);
  if (count_header(request.headers, "host") != 1) return malformed("host");
  for (const char* name : {"authorization", "content-type", "idempotency-key", "if-match"}) {
    if (count_header(request.headers, name) > 1) return malformed("headers");
  }
  return request;
}

Result<Reply> parse_reply_head(std::string_view text) {
  const auto line = next_line(text);
  if (!line.starts_with("HTTP/1.1 ") || line.size() < 12) return malformed("status-line");
  const auto status = number<10>(line.substr(9, 3));
  if (!status || *status < 100) return malformed("status-line");
  auto headers = parse_headers(text);
  if (!headers) return fail(std::move(headers.error()));
  Reply reply;
  reply.status = static_cast<int>(*status);
  reply.headers = std::move(*headers);
  if (const auto* type = find_header(reply.headers, "content-type")) reply.content_type = *type;
  return reply;
}

bool WireReader::fill() {
  constexpr std::size_t kPiece = 16u << 10;
  const auto before = buffer_.size();
  buffer_.resize(before + kPiece);
  const auto got = source_(buffer_.data() + before, kPiece);
  buffer_.resize(before + got);
  return got > 0;
}

Result<std::string> WireReader::head(std::size_t limit) {
  std::size_t searched = 0;
  for (;;) {
    const auto end = buffer_.find("\r\n\r\n", searched);
    if (end != std::string::npos) {
      if (end + 4 > limit) return fail(ErrorCode::request_too_large, {}, "headers");
      std::string head = buffer_.substr(0, end + 4);
      buffer_.erase(0, end + 4);
      return head;
    }
    if (buffer_.size() > limit) return fail(ErrorCode::request_too_large, {}, "headers");
    searched = buffer_.size() < 3 ? 0 : buffer_.size() - 3;
    if (!fill()) return buffer_.empty() ? Result<std::string>(std::string()) : malformed("cut-off");
  }
}

Result<std::string> WireReader::exactly(std::size_t size) {
  buffer_.reserve(size);
  while (buffer_.size() < size) {
    if (!fill()) return malformed("cut-off");
  }
  std::string piece = buffer_.substr(0, size);
  buffer_.erase(0, size);
  if (buffer_.empty()) std::string().swap(buffer_);  // what was read goes with the memory that is given back
  return piece;
}

Result<std::string> WireReader::line(std::size_t limit) {
  for (;;) {
    const auto end = buffer_.find("\r\n");
    if (end != std::string::npos) {
      if (end > limit) return malformed("chunk");
      std::string line = buffer_.substr(0, end);
      buffer_.erase(0, end + 2);
      return line;
    }
    if (buffer_.size() > limit + 1) return malformed("chunk");  // the CR may already be there
    if (!fill()) return malformed("cut-off");
  }
}

Result<std::string> WireReader::chunked_body(std::size_t limit) {
  std::string body;
  for (;;) {
    auto head = line(64);
    if (!head) return head;
    const auto size = number<16>(*head);  // chunk extensions have no use here and are refused
    if (!size) return malformed("chunk");
    if (*size > limit - body.size()) return fail(ErrorCode::request_too_large);
    auto piece = exactly(*size);
    if (!piece) return piece;
    auto end = line(1);  // after a chunk, or the end of the (absent) trailers
    if (!end || !end->empty()) return malformed("chunk");
    if (*size == 0) return body;
    body += *piece;
  }
}

Result<std::string> WireReader::body(const Framing& framing, std::size_t limit) {
  if (framing.chunked) return chunked_body(limit);
  if (framing.length > limit) return fail(ErrorCode::request_too_large);
  return exactly(framing.length);
}

void WireReader::drain(std::size_t limit) {
  std::size_t read = buffer_.size();
  buffer_.clear();
  while (read < limit && fill()) {
    read += buffer_.size();
    buffer_.clear();
  }
}

std::string request_text(const HttpRequest& request, std::string_view host) {
  std::string out = request.method + ' ';
  append_encoded(request.path, "/", out);
  char before = '?';
  for (const auto& [name, value] : request.query) {
    out += before;
    append_encoded(name, "", out);
    out += '=';
    append_encoded(value, "", out);
    before = '&';
  }
  out += " HTTP/1.1\r\nHost: ";
  out += host;
  for (const auto& [name, value] : request.headers) out += "\r\n" + name + ": " + value;
  if (!request.body.empty() || request.method == "POST") {
    out += "\r\nContent-Length: " + std::to_string(request.body.size());
  }
  out += "\r\n\r\n";
  out += request.body;
  return out;
}

std::string reply_text(const Reply& reply, bool head_only) {
  std::string out = "HTTP/1.1 " + std::to_string(reply.status) + ' ';
  out += status_text(reply.status);
  if (!reply.content_type.empty()) out += "\r\nContent-Type: " + reply.content_type;
  for (const auto& [name, value] : reply.headers) out += "\r\n" + name + ": " + value;
  if (reply.status >= 200 && reply.status != 204)
    out += "\r\nContent-Length: " + std::to_string(reply.body.size());
  if (reply.close) out += "\r\nConnection: close";
  out += "\r\n\r\n";
  if (!head_only) out += reply.body;
  return out;
}

}  // namespace hotline
