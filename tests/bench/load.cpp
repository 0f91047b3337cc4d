// Closed-loop HTTPS load: C connections, each posts the next record as soon as the last one is answered.
//   load --port P --path /x --records FILE --conns C --seconds S --ca CA [--cert CRT --key KEY] [--header
//   "Name: value"]
//        [--idempotency] --expect 200
// Prints one JSON line: answered, failed, seconds, per_second, p50_ms, p99_ms.
// Blocking sockets and a thread per connection: 64 threads that mostly wait cost less than the servers
// measured.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

struct Options {
  std::map<std::string, std::string> values;
  std::vector<std::string> headers;
  bool idempotency = false;
  const std::string& at(const std::string& name) const {
    static const std::string none;
    auto found = values.find(name);
    return found == values.end() ? none : found->second;
  }
};

Options parse(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string name = argv[i];
    if (name == "--idempotency") {
      options.idempotency = true;
    } else if (i + 1 < argc) {
      if (name == "--header")
        options.headers.emplace_back(argv[++i]);
      else
        options.values[name.substr(2)] = argv[++i];
    }
  }
  return options;
}

std::vector<std::string> read_lines(const std::string& path) {
  std::ifstream file(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);)
    if (!line.empty()) lines.push_back(line);
  return lines;
}

class Connection {
 public:
  Connection(SSL_CTX* context, int port) {
    socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int one = 1;
    setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) return;
    ssl_.reset(SSL_new(context));
    SSL_set_fd(ssl_.get(), socket_);
    open_ = SSL_connect(ssl_.get()) == 1;
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() {
    ssl_.reset();
    if (socket_ >= 0) close(socket_);
  }
  bool open() const { return open_; }

  // The status, or 0 when the connection broke. `close_after` says that the server ends the connection.
  int exchange(const std::string& request, bool& close_after) {
    if (SSL_write(ssl_.get(), request.data(), static_cast<int>(request.size())) <= 0) return 0;
    std::string reply;
    std::size_t head = std::string::npos;
    std::size_t need = 0;
    char buffer[16384];
    while (head == std::string::npos || reply.size() < head + 4 + need) {
      const int n = SSL_read(ssl_.get(), buffer, sizeof buffer);
      if (n <= 0) return 0;
      reply.append(buffer, static_cast<std::size_t>(n));
      if (head == std::string::npos && (head = reply.find("\r\n\r\n")) != std::string::npos) {
        std::string lower = reply.substr(0, head);
        std::transform(lower.begin(), lower.end(), lower.begin(),
                       [](unsigned char c) { return std::tolower(c); });
        const auto length = lower.find("content-length:");
        need = length == std::string::npos ? 0 : std::stoul(lower.substr(length + 15));
        close_after = lower.find("connection: close") != std::string::npos;
      }
    }
    return std::stoi(reply.substr(9, 3));
  }

 private:
  int socket_ = -1;
  bool open_ = false;
  std::unique_ptr<SSL, decltype(&SSL_free)> ssl_{nullptr, SSL_free};
};

struct Tally {
  std::vector<double> milliseconds;
  std::size_t failed = 0;
};

std::string request_for(const Options& options, const std::string& body, std::size_t serial) {
  std::string text = "POST " + options.at("path") + " HTTP/1.1\r\nHost: 127.0.0.1:" + options.at("port") +
                     "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
                     "\r\n";
  for (const auto& header : options.headers) text += header + "\r\n";
  if (options.idempotency)
    text += "Idempotency-Key: \"bench-" + std::to_string(getpid()) + "-" + std::to_string(serial) + "\"\r\n";
  return text + "\r\n" + body;
}

Tally drive(const Options& options, SSL_CTX* context, const std::vector<std::string>& records,
            std::atomic<std::size_t>& serial, Clock::time_point end) {
  Tally tally;
  const int port = std::stoi(options.at("port"));
  const int expect = std::stoi(options.at("expect"));
  std::unique_ptr<Connection> connection;
  while (Clock::now() < end) {
    if (!connection) connection = std::make_unique<Connection>(context, port);
    const std::size_t n = serial++;
    bool close_after = false;
    const auto start = Clock::now();
    const int status =
        connection->open()
            ? connection->exchange(request_for(options, records[n % records.size()], n), close_after)
            : 0;
    if (status == expect)
      tally.milliseconds.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
    else
      ++tally.failed;
    if (status == 0 || close_after) connection.reset();
  }
  return tally;
}

}  // namespace

int main(int argc, char** argv) {
  const Options options = parse(argc, argv);
  const auto records = read_lines(options.at("records"));
  if (records.empty()) {
    std::fprintf(stderr, "load: no records in %s\n", options.at("records").c_str());
    return 2;
  }
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context{SSL_CTX_new(TLS_client_method()), SSL_CTX_free};
  SSL_CTX_set_min_proto_version(context.get(), TLS1_3_VERSION);
  SSL_CTX_load_verify_locations(context.get(), options.at("ca").c_str(), nullptr);
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  if (!options.at("cert").empty()) {
    SSL_CTX_use_certificate_file(context.get(), options.at("cert").c_str(), SSL_FILETYPE_PEM);
    SSL_CTX_use_PrivateKey_file(context.get(), options.at("key").c_str(), SSL_FILETYPE_PEM);
  }
  const std::size_t connections = std::stoul(options.at("conns"));
  const double seconds = std::stod(options.at("seconds"));
  std::atomic<std::size_t> serial{0};
  const auto start = Clock::now();
  const auto end =
      start + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
  std::vector<Tally> tallies(connections);
  {
    std::vector<std::jthread> threads;
    for (auto& tally : tallies)
      threads.emplace_back([&] { tally = drive(options, context.get(), records, serial, end); });
  }
  const double took = std::chrono::duration<double>(Clock::now() - start).count();
  std::vector<double> all;
  std::size_t failed = 0;
  for (const auto& tally : tallies) {
    all.insert(all.end(), tally.milliseconds.begin(), tally.milliseconds.end());
    failed += tally.failed;
  }
  std::sort(all.begin(), all.end());
  auto quantile = [&](double q) {
    return all.empty() ? 0.0 : all[static_cast<std::size_t>(q * (all.size() - 1))];
  };
  std::printf(
      "{\"answered\":%zu,\"failed\":%zu,\"seconds\":%.3f,\"per_second\":%.1f,\"p50_ms\":%.2f,\"p99_ms\":%.2f}"
      "\n",
      all.size(), failed, took, static_cast<double>(all.size()) / took, quantile(0.5), quantile(0.99));
  return failed > all.size() / 100 ? 1 : 0;
}
