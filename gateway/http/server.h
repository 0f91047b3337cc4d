// One listener over TLS. A kept connection holds a thread, so threads are many and idle ones are cut short.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "gateway/http/message.h"
#include "gateway/http/tls.h"
#include "i18n/base/result.h"

namespace hotline {

struct ServerSettings {
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;  // 0: any free one
  std::size_t max_head = 16u << 10;
  std::size_t max_body = 1u << 20;
  int max_connections = 160;  // each holds a thread
  int max_waiting = 256;      // connections that wait for a thread; further ones are closed
  int idle_ms = 5'000;        // between two requests
  int head_ms = 10'000;       // from the first byte wanted (handshake included) to the end of the head
  int body_ms = 30'000;
  int write_ms = 30'000;
};

// What is behind the listener. Called by many threads at once; an exception becomes a 500 that says nothing.
struct ServerHooks {
  // Called with the head alone: a reply here is sent at once, the body is not read and the connection ends.
  std::function<std::optional<Reply>(const HttpRequest&)> before_body;
  std::function<Reply(const HttpRequest&)> handle;
  // The problem document for what went wrong before there was a request: malformed, too large.
  std::function<Reply(const Error&, std::string_view accept_language)> refuse;
};

class Server {
 public:
  static Result<std::unique_ptr<Server>> start(const ServerSettings& settings, const TlsContext& tls,
                                               ServerHooks hooks);
  ~Server();  // stops
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t port() const;
  int connections() const;
  void stop();  // takes no more, ends open connections, waits for their threads

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace hotline
