// Bytes from a connection: heads, chunked bodies, header fields. Nothing may crash, and what is read back
// from what we write is what we wrote.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "gateway/http/wire.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hotline;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  std::size_t at = 0;
  WireReader reader([&](char* out, std::size_t room) {
    const auto give = std::min({room, bytes.size() - at, std::size_t{5}});
    bytes.copy(out, give, at);
    at += give;
    return give;
  });
  while (auto head = reader.head(4096)) {
    if (head->empty()) break;
    const auto request = parse_request_head(*head);
    (void)parse_reply_head(*head);
    if (!request) break;
    HttpRequest again = *request;
    again.headers.clear();
    const auto text = request_text(again, "h");
    const auto back = parse_request_head(text);
    if (!back || back->path != request->path || back->query != request->query) std::abort();
    const auto framing = framing_of(request->headers);
    if (!framing || !reader.body(*framing, 4096)) break;
  }
  return 0;
}
