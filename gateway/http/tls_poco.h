// Inside gateway/http only: the POCO objects behind tls.h. Included by no header.
#pragma once

#include <Poco/Net/Context.h>
#include <Poco/Net/SecureStreamSocket.h>

#include <string>

#include "gateway/http/tls.h"

namespace hotline {

struct TlsContext::Impl {
  Poco::Net::Context::Ptr context;
};

// SHA-256 (hex) of the key in the other end's certificate; "" when it has shown none. After the handshake.
std::string peer_key(const Poco::Net::SecureStreamSocket& socket);

}  // namespace hotline
