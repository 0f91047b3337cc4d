// Ownership of what OpenSSL hands out, and the end of its error queue.
#pragma once

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>

namespace hotline {

template <auto Free>
struct OpensslFree {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};

using PkeyHandle = std::unique_ptr<EVP_PKEY, OpensslFree<EVP_PKEY_free>>;
using PkeyContextHandle = std::unique_ptr<EVP_PKEY_CTX, OpensslFree<EVP_PKEY_CTX_free>>;
using DigestHandle = std::unique_ptr<EVP_MD_CTX, OpensslFree<EVP_MD_CTX_free>>;
using CipherHandle = std::unique_ptr<EVP_CIPHER_CTX, OpensslFree<EVP_CIPHER_CTX_free>>;
using BioHandle = std::unique_ptr<BIO, OpensslFree<BIO_free_all>>;
using BignumHandle = std::unique_ptr<BIGNUM, OpensslFree<BN_clear_free>>;
using CertificateHandle = std::unique_ptr<X509, OpensslFree<X509_free>>;
using CertificateRequestHandle = std::unique_ptr<X509_REQ, OpensslFree<X509_REQ_free>>;

// Success is judged by the return code alone; the thread's error queue is emptied either way, so that a fault
// of one call is never read as the fault of a later one.
inline bool openssl_ok(int return_code) {
  ERR_clear_error();
  return return_code == 1;
}

}  // namespace hotline
