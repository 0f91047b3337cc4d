// A server and clients over real TLS on the loopback: who gets in, who is cut off, what the other one is
// told.
#include "gateway/http/server.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>
#include <thread>

#include "gateway/crypto/node_keys.h"
#include "gateway/http/client.h"
#include "tests/support/places.h"

namespace hotline {
namespace {

struct Party {
  explicit Party(const std::string& folder)
      : keys(generate_node_keys(
                 folder,
                 {"party", {}, SystemClock().now().plus_seconds(-60), SystemClock().now().plus_seconds(3600)})
                 .value()) {}
  TlsIdentity identity() const { return {keys.certificate_pem, keys.tls_key_path()}; }
  NodeKeys keys;
};

class HttpServer : public testing::Test {
 protected:
  void start(ClientCertificates wanted, const std::vector<std::string>& trusted,
             ServerSettings settings = {}) {
    ServerHooks hooks;
    hooks.before_body = [](const HttpRequest& request) -> std::optional<Reply> {
      if (request.path != "/early") return std::nullopt;
      Reply reply;
      reply.status = 403;
      return reply;
    };
    hooks.handle = [](const HttpRequest& request) {
      if (request.path == "/throws") throw std::runtime_error("secret");
      Reply reply;
      reply.body = request.method + ' ' + request.body + ' ' + request.certificate_key;
      return reply;
    };
    hooks.refuse = [](const Error& error, std::string_view) {
      Reply reply;
      reply.status = error.code == ErrorCode::request_too_large ? 413
                     : error.code == ErrorCode::internal        ? 500
                                                                : 400;
      return reply;
    };
    server =
        Server::start(settings, TlsContext::server(us.identity(), wanted, trusted).value(), hooks).value();
  }
  HttpClient client(const TlsIdentity& identity = {}, std::string pin = {}) {
    HttpClientSettings settings;
    settings.host = "127.0.0.1";
    settings.port = server->port();
    settings.pinned_key = std::move(pin);
    return HttpClient(settings, TlsContext::client(identity, {us.keys.certificate_pem}).value());
  }
  static HttpRequest post(std::string path, std::string body) {
    HttpRequest request;
    request.method = "POST";
    request.path = std::move(path);
    request.body = std::move(body);
    return request;
  }

  test::TemporaryFolder home;
  Party us{home.path("us")}, peer{home.path("peer")}, stranger{home.path("stranger")};
  std::unique_ptr<Server> server;
};

TEST_F(HttpServer, AnswersManyRequestsOnOneConnection) {
  start(ClientCertificates::none, {});
  auto caller = client();
  for (int i = 0; i < 20; ++i) EXPECT_EQ(caller.send(post("/", "x"))->body, "POST x ");
  EXPECT_EQ(server->connections(), 1);
}

TEST_F(HttpServer, ToAStrictListenerOnlyPinnedCertificatesGetThrough) {
  start(ClientCertificates::trusted, {peer.keys.certificate_pem});
  EXPECT_EQ(client(peer.identity()).send(post("/", ""))->body, "POST  " + peer.keys.tls.spki_sha256());
  EXPECT_FALSE(client(stranger.identity()).send(post("/", "")));
  EXPECT_FALSE(client().send(post("/", "")));
}

TEST_F(HttpServer, AClientRefusesAnotherKeyThanThePinnedOne) {
  start(ClientCertificates::none, {});
  EXPECT_TRUE(client({}, us.keys.tls.spki_sha256()).send(post("/", "")));
  const auto refused = client({}, peer.keys.tls.spki_sha256()).send(post("/", ""));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::peer_unknown);
}

TEST_F(HttpServer, ABodyAboveTheLimitIsRefusedAndTheServerGoesOn) {
  ServerSettings settings;
  settings.max_body = 1000;
  start(ClientCertificates::none, {}, settings);
  auto caller = client();
  EXPECT_EQ(caller.send(post("/", std::string(1001, 'x')))->status, 413);
  EXPECT_EQ(caller.send(post("/", std::string(1000, 'x')))->status, 200);
}

TEST_F(HttpServer, AnEarlyReplyIsGivenWhateverTheBodyIs) {
  ServerSettings settings;
  settings.max_body = 1000;
  start(ClientCertificates::none, {}, settings);
  EXPECT_EQ(client().send(post("/early", ""))->status, 403);
  EXPECT_EQ(client().send(post("/early", std::string(100'000, 'x')))->status, 403);
}

TEST_F(HttpServer, AnExceptionIsA500ThatSaysNothing) {
  start(ClientCertificates::none, {});
  const auto reply = client().send(post("/throws", ""));
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 500);
  EXPECT_EQ(reply->body.find("secret"), std::string::npos);
  EXPECT_EQ(client().send(post("/", "x"))->status, 200);
}

TEST_F(HttpServer, AClientThatSaysNothingIsCutOff) {
  ServerSettings settings;
  settings.head_ms = 100;
  start(ClientCertificates::none, {}, settings);
  const int silent = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(server->port());
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ASSERT_EQ(connect(silent, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  char byte = 0;
  EXPECT_LE(recv(silent, &byte, 1, 0), 0);  // returns when the server has closed
  close(silent);
}

TEST_F(HttpServer, AReplacedConnectionIsNotSeenByTheCaller) {
  ServerSettings settings;
  settings.idle_ms = 1;
  start(ClientCertificates::none, {}, settings);
  auto caller = client();
  EXPECT_TRUE(caller.send(post("/", "")));
  while (server->connections() > 0) std::this_thread::yield();
  EXPECT_TRUE(caller.send(post("/", "")));
}

TEST_F(HttpServer, NobodyThereIsPeerUnavailable) {
  start(ClientCertificates::none, {});
  auto caller = client();
  server->stop();
  EXPECT_EQ(caller.send(post("/", "")).error().code, ErrorCode::peer_unavailable);
}

}  // namespace
}  // namespace hotline
