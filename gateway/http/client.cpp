#include "gateway/http/client.h"

#include <Poco/Exception.h>
#include <Poco/Net/SSLException.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/URI.h>

#include <chrono>
#include <mutex>
#include <vector>

#include "gateway/http/tls_poco.h"
#include "gateway/http/wire.h"

namespace hotline {
namespace {

namespace net = Poco::Net;
using SteadyTime = std::chrono::steady_clock::time_point;

struct Link {
  explicit Link(const Poco::Net::Context::Ptr& context) : socket(context) {}
  net::SecureStreamSocket socket;
  WireReader reader{[this](char* buffer, std::size_t size) {
    const int got = socket.receiveBytes(buffer, static_cast<int>(size));
    return got > 0 ? static_cast<std::size_t>(got) : std::size_t{0};
  }};
  SteadyTime used{};
  int silence_ms = 0;
};

tl::unexpected<Error> unavailable() {
  return fail(ErrorCode::peer_unavailable);
}

}  // namespace

Result<HttpClientSettings> client_for(const std::string& endpoint) {
  try {
    const Poco::URI uri(endpoint);
    if (uri.getScheme() != "https" || uri.getHost().empty() || uri.getPort() == 0) {
      return fail(ErrorCode::settings_invalid, {}, "https");
    }
    HttpClientSettings settings;
    settings.host = uri.getHost();
    settings.port = uri.getPort();
    return settings;
  } catch (const Poco::Exception&) {
    return fail(ErrorCode::settings_invalid, {}, "https");
  }
}

struct HttpClient::Impl {
  HttpClientSettings settings;
  TlsContext tls;
  std::string host_header;
  std::mutex mutex;
  std::vector<std::unique_ptr<Link>> idle;

  std::unique_ptr<Link> take() {
    const auto oldest = std::chrono::steady_clock::now() - std::chrono::milliseconds(settings.idle_ms);
    std::vector<std::unique_ptr<Link>> stale;  // closed after the lock is gone
    const std::lock_guard lock(mutex);
    while (!idle.empty()) {
      auto link = std::move(idle.back());
      idle.pop_back();
      if (link->used > oldest) return link;
      stale.push_back(std::move(link));
    }
    return nullptr;
  }

  void keep(std::unique_ptr<Link> link) {
    link->used = std::chrono::steady_clock::now();
    const std::lock_guard lock(mutex);
    if (idle.size() < settings.max_idle) idle.push_back(std::move(link));
  }

  Result<std::unique_ptr<Link>> open() {
    auto link = std::make_unique<Link>(tls.impl()->context);
    link->socket.setLazyHandshake(true);
    link->socket.connect(net::SocketAddress(settings.host, settings.port),
                         Poco::Timespan(Poco::Timespan::TimeDiff{settings.connect_ms} * 1000));
    link->socket.setNoDelay(true);
    set_silence(*link, settings.connect_ms);
    try {
      link->socket.completeHandshake();
    } catch (const net::SSLException&) {
      return fail(ErrorCode::peer_unknown);
    }
    if (!settings.pinned_key.empty() && peer_digests(link->socket).key != settings.pinned_key) {
      return fail(ErrorCode::peer_unknown);
    }
    return link;
  }

  static void set_silence(Link& link, int milliseconds) {
    if (link.silence_ms == milliseconds) return;
    link.silence_ms = milliseconds;
    const Poco::Timespan silence(Poco::Timespan::TimeDiff{milliseconds} * 1000);
    link.socket.setReceiveTimeout(silence);
    link.socket.setSendTimeout(silence);
  }

  static void write(Link& link, std::string_view text) {
    while (!text.empty()) {
      const int sent = link.socket.sendBytes(text.data(), static_cast<int>(text.size()));
      if (sent <= 0) throw Poco::IOException();
      text.remove_prefix(static_cast<std::size_t>(sent));
    }
  }

  // `silent` tells that the server closed before the first byte of a reply.
  Result<Reply> exchange(Link& link, const std::string& text, bool& silent) {
    silent = true;
    write(link, text);
    auto head = link.reader.head(16u << 10);
    if (!head || head->empty()) return unavailable();
    silent = false;
    auto reply = parse_reply_head(*head);
    if (!reply) return unavailable();
    auto framing = framing_of(reply->headers);
    if (!framing) return unavailable();
    auto body = link.reader.body(*framing, settings.max_reply);
    if (!body) return unavailable();
    reply->body = std::move(*body);
    const auto* connection = find_header(reply->headers, "connection");
    reply->close = connection != nullptr && same_header_name(*connection, "close");
    return reply;
  }

  Result<Reply> attempt(std::unique_ptr<Link> link, const std::string& text, int reply_ms, bool& silent) {
    try {
      set_silence(*link, reply_ms > 0 ? reply_ms : settings.reply_ms);
      auto reply = exchange(*link, text, silent);
      if (reply && !reply->close) keep(std::move(link));
      return reply;
    } catch (const Poco::TimeoutException&) {
      silent = false;
      return unavailable();
    } catch (const Poco::Exception&) {
      return unavailable();
    }
  }
};

HttpClient::HttpClient(HttpClientSettings settings, TlsContext tls)
    : impl_(new Impl{std::move(settings), std::move(tls), {}, {}, {}}) {
  impl_->host_header = impl_->settings.host + ':' + std::to_string(impl_->settings.port);
}

HttpClient::~HttpClient() = default;

Result<Reply> HttpClient::send(const HttpRequest& request, int reply_ms) {
  const auto text = request_text(request, impl_->host_header);
  bool silent = false;
  if (auto link = impl_->take()) {
    auto reply = impl_->attempt(std::move(link), text, reply_ms, silent);
    if (reply || !silent) return reply;
  }
  try {
    auto link = impl_->open();
    if (!link) return fail(std::move(link.error()));
    return impl_->attempt(std::move(*link), text, reply_ms, silent);
  } catch (const Poco::Exception&) {
    return unavailable();
  }
}

void HttpClient::close_idle() {
  std::vector<std::unique_ptr<Link>> links;
  const std::lock_guard lock(impl_->mutex);
  links.swap(impl_->idle);
}

}  // namespace hotline
