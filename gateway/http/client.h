// The way to one other server: kept-alive connections in a pool, its key pinned.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "gateway/http/message.h"
#include "gateway/http/tls.h"
#include "i18n/base/result.h"

namespace hotline {

struct HttpClientSettings {
  std::string host;
  std::uint16_t port = 0;
  std::string pinned_key;  // SHA-256 (hex) of the server's key; "": whatever the trusted certificates allow
  int connect_ms = 5'000;
  int reply_ms = 30'000;  // the longest silence while waiting for a reply
  int idle_ms = 4'000;    // below the server's idle time, so that it seldom closes first
  std::size_t max_idle = 32;
  std::size_t max_reply = 8u << 20;
};

// "https://host:port" -> host and port; settings_invalid for anything else.
Result<HttpClientSettings> client_for(const std::string& endpoint);

class HttpClient {
 public:
  HttpClient(HttpClientSettings settings, TlsContext tls);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  // By any number of threads. A kept connection that the server has closed meanwhile is replaced once and
  // without a word, so what is sent must bear being sent twice. peer_unavailable: nobody there, or not in
  // time; peer_unknown: another key than the pinned one, or a certificate that is not trusted. `reply_ms`
  // above 0 stands for the one of the settings.
  Result<Reply> send(const HttpRequest& request, int reply_ms = 0);
  void close_idle();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace hotline
