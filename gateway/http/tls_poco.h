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

// Of the certificate that the other end has shown; empty when it has shown none. After the handshake.
CertificateDigests peer_digests(const Poco::Net::SecureStreamSocket& socket);

}  // namespace hotline
