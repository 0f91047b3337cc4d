// Whatever bytes come in on a connection: the same messages and the same refusal however the network cuts
// them, and a request that was understood is understood in the same way when it is written again.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include "gateway/http/wire.h"

namespace {

using namespace hotline;

void must(bool holds) {
  if (!holds) std::abort();
}

constexpr std::size_t kMaxHead = 4096;
constexpr std::size_t kMaxBody = 4096;

// Everything that one connection brings, `piece` bytes at a time.
std::string read_all(std::string_view bytes, std::size_t piece) {
  WireReader reader([&](char* buffer, std::size_t size) {
    const auto got = std::min({piece, size, bytes.size()});
    if (got > 0) std::memcpy(buffer, bytes.data(), got);
    bytes.remove_prefix(got);
    return got;
  });
  std::string seen;
  for (;;) {
    const auto head = reader.head(kMaxHead);
    if (!head || head->empty()) return seen + (head ? "end" : "head refused");
    const auto request = parse_request_head(*head);
    if (!request) return seen + "not understood: " + request.error().expected;
    const auto framing = framing_of(request->headers);
    if (!framing) return seen + "no length";
    const auto body = reader.body(*framing, kMaxBody);
    if (!body) return seen + "body refused";
    must(body->size() <= kMaxBody);
    seen += *head + *body + '\n';
  }
}

void written_again(std::string_view bytes) {
  auto request = parse_request_head(bytes);
  if (!request) return;
  must(!request->path.empty() && request->path.front() == '/');
  std::erase_if(request->headers, [](const auto& header) { return same_header_name(header.first, "host"); });
  const auto again = parse_request_head(request_text(*request, "peer.example"));
  must(again.has_value() && again->method == request->method && again->path == request->path &&
       again->query == request->query);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::string whole = read_all(bytes, 16 * 1024);
  for (const std::size_t piece : {1u, 7u}) must(read_all(bytes, piece) == whole);
  written_again(bytes);
  if (const auto reply = parse_reply_head(bytes)) must(reply->status >= 100 && reply->status <= 999);
  return 0;
}
