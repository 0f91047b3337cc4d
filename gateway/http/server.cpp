#include "gateway/http/server.h"

#include <Poco/Exception.h>
#include <Poco/Net/SecureServerSocket.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/TCPServer.h>
#include <Poco/Net/TCPServerConnection.h>
#include <Poco/Net/TCPServerConnectionFactory.h>
#include <Poco/ThreadPool.h>

#include <atomic>

#include "gateway/http/deadlines.h"
#include "gateway/http/tls_poco.h"
#include "gateway/http/wipe_stack.h"
#include "gateway/http/wire.h"

namespace hotline {
namespace {

namespace net = Poco::Net;

struct Shared {
  ServerSettings settings;
  ServerHooks hooks;
  Deadlines deadlines;
  std::atomic<bool> stopping = false;
};

bool wants_close(const HttpRequest& request) {
  const auto* connection = request.header("connection");
  return connection != nullptr && same_header_name(*connection, "close");
}

class Connection final : public net::TCPServerConnection {
 public:
  Connection(const net::StreamSocket& socket, Shared& shared)
      : TCPServerConnection(socket),
        shared_(shared),
        deadline_(shared.deadlines, this->socket().impl()->sockfd()) {}

  void run() override {
    try {
      socket().setNoDelay(true);
      net::SecureStreamSocket secure(socket());
      deadline_.within(shared_.settings.head_ms);
      if (secure.completeHandshake() != 1) return;
      certificate_ = peer_digests(secure);
      while (!shared_.stopping && serve_one()) {
        wipe_stack();
        deadline_.within(shared_.settings.idle_ms);
      }
    } catch (const Poco::Exception&) {  // the other end went away, or showed no certificate that we trust
    } catch (const std::exception&) {
    }
    wipe_stack();
  }

 private:
  std::size_t receive(char* buffer, std::size_t size) {
    const int got = socket().receiveBytes(buffer, static_cast<int>(size));
    // The first bytes of a request end its idle time and start the time for its head.
    if (!in_request_) {
      in_request_ = true;
      deadline_.within(shared_.settings.head_ms);
    }
    return got > 0 ? static_cast<std::size_t>(got) : 0;
  }

  void write(std::string_view text) {
    deadline_.within(shared_.settings.write_ms);
    while (!text.empty()) {
      const int sent = socket().sendBytes(text.data(), static_cast<int>(text.size()));
      if (sent <= 0) throw Poco::IOException();
      text.remove_prefix(static_cast<std::size_t>(sent));
    }
  }

  // Sends the last reply of a connection, then lets the other end finish its writing: closing on unread bytes
  // would reset the connection and could take the reply with it.
  bool last(Reply reply) {
    reply.close = true;
    write(reply_text(reply, false));
    socket().shutdownSend();
    deadline_.within(2'000);
    reader_.drain(64u << 20);
    return false;
  }

  bool refuse(const Error& error, std::string_view accept_language) {
    return last(shared_.hooks.refuse(error, accept_language));
  }

  Reply handled(const HttpRequest& request) {
    try {
      return shared_.hooks.handle(request);
    } catch (...) {
      return shared_.hooks.refuse(Error{ErrorCode::internal, {}, {}, {}}, language_of(request));
    }
  }

  static std::string_view language_of(const HttpRequest& request) {
    const auto* language = request.header("accept-language");
    return language == nullptr ? std::string_view{} : std::string_view(*language);
  }

  bool serve_one() {
    in_request_ = reader_.pending();
    if (in_request_) deadline_.within(shared_.settings.head_ms);
    auto head = reader_.head(shared_.settings.max_head);
    if (!head) return deadline_.passed() ? false : refuse(head.error(), {});
    if (head->empty()) return false;
    auto request = parse_request_head(*head);
    if (!request) return refuse(request.error(), {});
    request->certificate_key = certificate_.key;
    request->certificate_sha256 = certificate_.certificate;
    if (shared_.hooks.before_body) {
      if (auto early = shared_.hooks.before_body(*request)) return last(std::move(*early));
    }
    return with_body(*request);
  }

  bool with_body(HttpRequest& request) {
    auto framing = framing_of(request.headers);
    if (!framing) return refuse(framing.error(), language_of(request));
    if (framing->length > shared_.settings.max_body) {
      return refuse(Error{ErrorCode::request_too_large, {}, {}, {}}, language_of(request));
    }
    if (const auto* expect = request.header("expect");
        expect != nullptr && same_header_name(*expect, "100-continue")) {
      write("HTTP/1.1 100 Continue\r\n\r\n");
    }
    deadline_.within(shared_.settings.body_ms);
    auto body = reader_.body(*framing, shared_.settings.max_body);
    if (!body) return deadline_.passed() ? false : refuse(body.error(), language_of(request));
    request.body = std::move(*body);
    Reply reply = handled(request);
    reply.close = reply.close || wants_close(request) || shared_.stopping;
    if (reply.close) return last(std::move(reply));
    write(reply_text(reply, request.method == "HEAD"));
    return true;
  }

  Shared& shared_;
  Deadlines::Guard deadline_;
  CertificateDigests certificate_;
  bool in_request_ = false;
  WireReader reader_{[this](char* buffer, std::size_t size) { return receive(buffer, size); }};
};

class Factory final : public net::TCPServerConnectionFactory {
 public:
  explicit Factory(Shared& shared) : shared_(shared) {}
  net::TCPServerConnection* createConnection(const net::StreamSocket& socket) override {
    return new Connection(socket, shared_);
  }

 private:
  Shared& shared_;
};

}  // namespace

struct Server::Impl {
  Shared shared;
  std::unique_ptr<Poco::ThreadPool> pool;
  std::unique_ptr<net::TCPServer> server;
  std::uint16_t port = 0;
};

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Result<std::unique_ptr<Server>> Server::start(const ServerSettings& settings, const TlsContext& tls,
                                              ServerHooks hooks) {
  auto impl = std::make_unique<Impl>();
  impl->shared.settings = settings;
  impl->shared.hooks = std::move(hooks);
  try {
    net::SecureServerSocket socket(net::SocketAddress(settings.host, settings.port), 256,
                                   tls.impl()->context);
    impl->pool = std::make_unique<Poco::ThreadPool>(2, settings.max_connections + 1);
    net::TCPServerParams::Ptr params = new net::TCPServerParams;
    params->setMaxThreads(settings.max_connections);
    params->setMaxQueued(settings.max_waiting);
    params->setThreadIdleTime(Poco::Timespan(0, 200'000));  // stopping waits for it
    impl->server = std::make_unique<net::TCPServer>(new Factory(impl->shared), *impl->pool, socket, params);
    impl->server->start();
    impl->port = impl->server->port();
  } catch (const Poco::Exception&) {
    return fail(ErrorCode::settings_invalid, "/listen", "address");
  }
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

Server::~Server() {
  stop();
}

std::uint16_t Server::port() const {
  return impl_->server->port();
}

int Server::connections() const {
  return impl_->shared.deadlines.size();
}

void Server::stop() {
  if (impl_->shared.stopping.exchange(true)) return;
  impl_->server->stop();
  impl_->shared.deadlines.cut_all();
  impl_->pool->joinAll();
  impl_->server.reset();  // closes the socket: who calls now is refused, not left waiting
}

}  // namespace hotline
