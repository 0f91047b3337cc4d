// HTTP/1.1 on the wire (RFC 9112), strictly: what could be read in two ways is refused. Pure text, no
// sockets.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "gateway/http/message.h"
#include "i18n/base/result.h"

namespace hotline {

// How long the body is. A request with both Content-Length and Transfer-Encoding, with two lengths, or with
// any transfer coding but a single `chunked` is request_malformed.
struct Framing {
  bool chunked = false;
  std::size_t length = 0;
};
Result<Framing> framing_of(const Headers& headers);

// `text` is the head with its closing empty line. Refused: bare CR or LF, folded lines, white space around
// names, a target that is no absolute path, no Host or two, any version but HTTP/1.1 (expected names what was
// wrong).
Result<HttpRequest> parse_request_head(std::string_view text);
Result<Reply> parse_reply_head(std::string_view text);

// Reads messages from a stream of bytes and keeps what belongs to the next one.
class WireReader {
 public:
  // Fills the buffer with at least one byte; 0 means that the other end has closed.
  using Source = std::function<std::size_t(char* buffer, std::size_t size)>;
  explicit WireReader(Source source) : source_(std::move(source)) {}

  // The head up to and with its empty line; "" when the other end closed before its first byte.
  Result<std::string> head(std::size_t limit);
  // The body; more than `limit` bytes is request_too_large, known from the length before anything is read.
  Result<std::string> body(const Framing& framing, std::size_t limit);
  // Reads and forgets, so that the other end can read a refusal before the connection ends.
  void drain(std::size_t limit);
  bool pending() const { return !buffer_.empty(); }

 private:
  bool fill();
  Result<std::string> line(std::size_t limit);
  Result<std::string> exactly(std::size_t size);
  Result<std::string> chunked_body(std::size_t limit);

  Source source_;
  std::string buffer_;
};

std::string request_text(const HttpRequest& request, std::string_view host);
std::string reply_text(const Reply& reply, bool head_only);

}  // namespace hotline
