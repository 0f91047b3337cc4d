#include "gateway/seal/jose.h"

#include <openssl/err.h>

#include <array>

#include "gateway/crypto/digest.h"
#include "gateway/seal/leak_guard.h"

namespace hotline {
namespace {

constexpr std::size_t kMaxHeader = 1024;
constexpr std::size_t kMaxIdleKeys = 16;
constexpr std::size_t kCoordinateText = 43;  // 32 bytes in base64url
constexpr std::size_t kIvText = 16;          // 12 bytes
constexpr std::size_t kTagText = 22;         // 16 bytes
constexpr std::size_t kSignatureText = 86;   // 64 bytes

struct HeaderRelease {
  void operator()(cjose_header_t* header) const { cjose_header_release(header); }
};
struct JwsRelease {
  void operator()(cjose_jws_t* token) const { cjose_jws_release(token); }
};
struct JweRelease {
  void operator()(cjose_jwe_t* token) const { cjose_jwe_release(token); }
};
struct Freed {
  void operator()(void* memory) const { cjose_get_dealloc()(memory); }
};
using HeaderHandle = std::unique_ptr<cjose_header_t, HeaderRelease>;
using JwsHandle = std::unique_ptr<cjose_jws_t, JwsRelease>;
using JweHandle = std::unique_ptr<cjose_jwe_t, JweRelease>;

// The library leaves what it met in OpenSSL's error queue, where the next reader would take it for its own.
class QueueDrained {
 public:
  QueueDrained() = default;
  QueueDrained(const QueueDrained&) = delete;
  QueueDrained& operator=(const QueueDrained&) = delete;
  ~QueueDrained() { ERR_clear_error(); }
};

auto malformed() {
  return fail(ErrorCode::token_malformed);
}
auto refused(const char* what) {
  return fail(ErrorCode::token_header_refused, {}, what);
}

HeaderHandle make_header(std::initializer_list<std::pair<const char*, const char*>> members) {
  cjose_err error{};
  HeaderHandle header(cjose_header_new(&error));
  for (const auto& [name, value] : members) {
    if (!header || !cjose_header_set(header.get(), name, value, &error)) return nullptr;
  }
  return header;
}

const std::uint8_t* octets(std::string_view bytes) {
  return reinterpret_cast<const std::uint8_t*>(bytes.data());
}

// Exactly N parts of strict base64url, without padding.
template <std::size_t N>
std::optional<std::array<std::string_view, N>> split(std::string_view token) {
  std::array<std::string_view, N> parts;
  for (std::size_t i = 0; i < N; ++i) {
    const auto dot = token.find('.');
    if ((dot == std::string_view::npos) != (i + 1 == N)) return std::nullopt;
    parts[i] = token.substr(0, dot);
    if (!is_base64url(parts[i])) return std::nullopt;
    if (dot != std::string_view::npos) token.remove_prefix(dot + 1);
  }
  return parts;
}

// The header as an object with exactly these members, so that crit, zip, b64, jku, jwk, x5u, x5c, apu, apv
// and what is yet to be invented are refused without being known.
Result<Json> read_header(std::string_view part, std::initializer_list<const char*> names) {
  if (part.size() > kMaxHeader) return malformed();
  const auto text = from_base64url(part);
  if (!text) return malformed();
  auto json = parse_json(*text, {kMaxHeader, 3});
  if (!json || !json->IsObject()) return malformed();
  if (json->MemberCount() != names.size()) return refused("members");
  for (const char* name : names) {
    if (member(*json, name) == nullptr) return refused(name);
  }
  return json;
}

bool is_ephemeral_key(const JsonValue& epk) {
  const auto coordinate = [&](const char* name) {
    const auto text = text_at(epk, name);
    return text.size() == kCoordinateText && is_base64url(text);
  };
  return epk.IsObject() && epk.MemberCount() == 4 && text_at(epk, "kty") == "EC" &&
         text_at(epk, "crv") == "P-256" && coordinate("x") && coordinate("y");
}

}  // namespace

Result<std::shared_ptr<JwkPool>> JwkPool::of(SecretBytes jwk) {
  install_leak_guard();
  std::shared_ptr<JwkPool> pool(new JwkPool(std::move(jwk)));
  const Loan first = pool->borrow();
  if (first.get() == nullptr) return fail(ErrorCode::data_invalid, {}, "jwk");
  return pool;
}

JwkPool::Loan JwkPool::borrow() {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      JwkHandle key = std::move(idle_.back());
      idle_.pop_back();
      return {*this, std::move(key)};
    }
  }
  const QueueDrained drained;
  cjose_err error{};
  const std::string_view text = jwk_.reveal();
  return {*this, JwkHandle(cjose_jwk_import(text.data(), text.size(), &error))};
}

void JwkPool::give_back(JwkHandle key) {
  if (!key) return;
  const std::lock_guard lock(mutex_);
  if (idle_.size() < kMaxIdleKeys) idle_.push_back(std::move(key));
}

Result<std::string> jws_sign(std::string_view payload, const JwsHeader& header, JwkPool& key) {
  const QueueDrained drained;
  cjose_err error{};
  const std::string type(token_type(header.kind));
  const HeaderHandle members =
      make_header({{"alg", "ES256"}, {"kid", header.kid.c_str()}, {"typ", type.c_str()}});
  const auto loan = key.borrow();
  if (!members || loan.get() == nullptr) return fail(ErrorCode::crypto_failed);
  const JwsHandle token(cjose_jws_sign(loan.get(), members.get(), octets(payload), payload.size(), &error));
  const char* text = nullptr;
  if (!token || !cjose_jws_export(token.get(), &text, &error)) return fail(ErrorCode::crypto_failed);
  return std::string(text);
}

Result<JwsHeader> jws_header_of_part(std::string_view protected_part) {
  auto json = read_header(protected_part, {"alg", "kid", "typ"});
  if (!json) return fail(json.error());
  if (text_at(*json, "alg") != "ES256") return refused("alg");
  const auto kid = text_at(*json, "kid");
  if (kid.size() != kCoordinateText || !is_base64url(kid)) return refused("kid");
  const auto kind = message_kind_of_type(text_at(*json, "typ"));
  if (!kind) return fail(ErrorCode::token_kind_unexpected);
  return JwsHeader{std::string(kid), *kind};
}

Result<JwsHeader> jws_header(std::string_view token) {
  const auto parts = split<3>(token);
  if (!parts || (*parts)[1].empty() || (*parts)[2].size() != kSignatureText) {
    // An unsigned token is told from a broken one by its header, which is refused first.
    if (parts) {
      if (auto header = jws_header_of_part((*parts)[0]); !header) return header;
    }
    return malformed();
  }
  return jws_header_of_part((*parts)[0]);
}

Result<std::string> jws_verify(std::string_view token, JwkPool& key) {
  const QueueDrained drained;
  cjose_err error{};
  const auto loan = key.borrow();
  if (loan.get() == nullptr) return fail(ErrorCode::crypto_failed);
  const JwsHandle parsed(cjose_jws_import(token.data(), token.size(), &error));
  if (!parsed) return malformed();
  if (!cjose_jws_verify(parsed.get(), loan.get(), &error)) return fail(ErrorCode::signature_invalid);
  std::uint8_t* bytes = nullptr;  // stays the token's
  std::size_t size = 0;
  if (!cjose_jws_get_plaintext(parsed.get(), &bytes, &size, &error)) return malformed();
  return std::string(reinterpret_cast<char*>(bytes), size);
}

Result<std::string> jwe_encrypt(std::string_view plaintext, const std::string& kid, JwkPool& key) {
  const QueueDrained drained;
  cjose_err error{};
  const HeaderHandle members =
      make_header({{"alg", "ECDH-ES"}, {"enc", "A256GCM"}, {"kid", kid.c_str()}, {"cty", "JWT"}});
  const auto loan = key.borrow();
  if (!members || loan.get() == nullptr) return fail(ErrorCode::crypto_failed);
  const JweHandle token(
      cjose_jwe_encrypt(loan.get(), members.get(), octets(plaintext), plaintext.size(), &error));
  const std::unique_ptr<char, Freed> text(token ? cjose_jwe_export(token.get(), &error) : nullptr);
  if (!text) return fail(ErrorCode::crypto_failed);
  return std::string(text.get());
}

Result<std::string> jwe_kid(std::string_view token) {
  const auto parts = split<5>(token);
  if (!parts) return malformed();
  auto json = read_header((*parts)[0], {"alg", "enc", "kid", "cty", "epk"});
  if (!json) return fail(json.error());
  if (text_at(*json, "alg") != "ECDH-ES") return refused("alg");
  if (text_at(*json, "enc") != "A256GCM") return refused("enc");
  if (text_at(*json, "cty") != "JWT") return refused("cty");
  if (!is_ephemeral_key(*member(*json, "epk"))) return refused("epk");
  const auto kid = text_at(*json, "kid");
  if (kid.size() != kCoordinateText || !is_base64url(kid)) return refused("kid");
  if (!(*parts)[1].empty() || (*parts)[2].size() != kIvText || (*parts)[3].empty() ||
      (*parts)[4].size() != kTagText) {
    return malformed();
  }
  return std::string(kid);
}

Result<std::string> jwe_decrypt(std::string_view token, JwkPool& key) {
  const QueueDrained drained;
  cjose_err error{};
  const auto loan = key.borrow();
  if (loan.get() == nullptr) return fail(ErrorCode::crypto_failed);
  const LeakGuard guard;
  const JweHandle parsed(cjose_jwe_import(token.data(), token.size(), &error));
  if (!parsed) return malformed();
  std::size_t size = 0;
  const std::unique_ptr<std::uint8_t, Freed> bytes(
      cjose_jwe_decrypt(parsed.get(), loan.get(), &size, &error));
  // Whoever made it has sealed it wrongly, or somebody changed it on its way: nothing of ours has failed.
  if (!bytes) return malformed();
  return std::string(reinterpret_cast<char*>(bytes.get()), size);
}

}  // namespace hotline
