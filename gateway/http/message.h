// What an HTTP exchange is to the rest of the gateway: two values. Nobody above this folder sees a socket.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hotline {

using Headers = std::vector<std::pair<std::string, std::string>>;

// The first value of a header, whatever the case of its name; nullptr when there is none.
const std::string* find_header(const Headers& headers, std::string_view name);
bool same_header_name(std::string_view a, std::string_view b);

struct HttpRequest {
  std::string method;  // as sent, upper case
  std::string path;    // decoded, without the query; always starts with /
  Headers query;       // decoded names and values, in order
  Headers headers;
  std::string body;
  // SHA-256 (hex) of the certificate that the other end has proved to hold, and of its public key; "" without
  // one.
  std::string certificate_sha256;
  std::string certificate_key;

  const std::string* header(std::string_view name) const { return find_header(headers, name); }
  std::string_view query_value(std::string_view name) const;
};

struct Reply {
  int status = 200;
  std::string content_type;
  std::string body;
  Headers headers;
  bool close = false;  // end the connection after this reply
};

std::string_view status_text(int status);

}  // namespace hotline
