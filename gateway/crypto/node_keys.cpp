#include "gateway/crypto/node_keys.h"

#include <sys/stat.h>

#include <cerrno>
#include <filesystem>

#include "gateway/crypto/digest.h"
#include "gateway/crypto/random.h"
#include "i18n/base/json.h"
#include "i18n/base/text_files.h"

namespace hotline {
namespace {

constexpr const char* kWrappingFile = "/wrapping.json";
constexpr const char* kFiles[] = {"/signing.pem", "/encryption.pem", "/tls.pem",   "/log.pem",
                                  "/tls.crt",     "/tls.csr",        kWrappingFile};

Result<void> write_key(const std::string& path, const KeyPair& key) {
  const SecretBytes pem = key.private_pem();
  if (pem.empty()) return fail(ErrorCode::crypto_failed);
  return write_file(path, pem.reveal(), 0600);
}

Result<std::string> read_private(const std::string& path) {
  struct stat about {};
  const std::string name = path.substr(path.find_last_of('/') + 1);
  if (::stat(path.c_str(), &about) != 0) return fail(ErrorCode::not_found, {}, name);
  if ((about.st_mode & 077) != 0) return fail(ErrorCode::settings_invalid, {}, name + ": mode 0600");
  return read_file(path, 1u << 20);
}

Result<KeyPair> read_key(const std::string& path, KeyKind kind) {
  auto pem = read_private(path);
  if (!pem) return fail(pem.error());
  auto key = KeyPair::from_pem(*pem);
  wipe(*pem);
  if (!key || key->kind() != kind) {
    return fail(ErrorCode::settings_invalid, {}, path.substr(path.find_last_of('/') + 1));
  }
  return key;
}

// {"fingerprint":"<b64url>","rows":"<b64url>","wrapping":["<version 1>","<version 2>",...]}
struct Secrets {
  std::vector<SecretBytes> wrapping;
  SecretBytes fingerprint;
  SecretBytes rows;
};

std::string quoted(const SecretBytes& secret) {
  return '"' + to_base64url(secret.reveal()) + '"';
}

Result<void> write_secrets(const std::string& directory, const Secrets& secrets) {
  std::string text = "{\"fingerprint\":" + quoted(secrets.fingerprint) + ",\"rows\":" + quoted(secrets.rows) +
                     ",\"wrapping\":[";
  for (const auto& key : secrets.wrapping) text += (&key == secrets.wrapping.data() ? "" : ",") + quoted(key);
  text += "]}\n";
  auto written = write_file(directory + kWrappingFile, text, 0600);
  wipe(text);
  return written;
}

std::optional<SecretBytes> secret_from(std::string_view text) {
  auto bytes = from_base64url(text);
  if (!bytes || bytes->size() != kPayloadKeyBytes) return std::nullopt;
  SecretBytes secret(*bytes);
  wipe(*bytes);
  return secret;
}

Result<Secrets> read_secrets(const std::string& directory) {
  auto text = read_private(directory + kWrappingFile);
  if (!text) return fail(text.error());
  auto json = parse_json(*text);
  wipe(*text);
  const auto broken = [] { return fail(ErrorCode::settings_invalid, {}, "wrapping.json"); };
  const JsonValue* versions = json ? member(*json, "wrapping") : nullptr;
  if (versions == nullptr || !versions->IsArray() || versions->Empty()) return broken();
  auto fingerprint = secret_from(text_at(*json, "fingerprint"));
  auto rows = secret_from(text_at(*json, "rows"));
  if (!fingerprint || !rows) return broken();
  Secrets secrets{{}, std::move(*fingerprint), std::move(*rows)};
  for (const auto& each : versions->GetArray()) {
    auto key = secret_from(as_text(each));
    if (!key) return broken();
    secrets.wrapping.push_back(std::move(*key));
  }
  return secrets;
}

Result<void> make_directory(const std::string& directory) {
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  if (error || ::chmod(directory.c_str(), 0700) != 0) return fail(ErrorCode::store_unavailable, {}, "keys");
  for (const char* file : kFiles) {
    if (std::filesystem::exists(directory + file, error))
      return fail(ErrorCode::state_conflict, {}, file + 1);
  }
  return {};
}

}  // namespace

Result<NodeKeys> generate_node_keys(const std::string& directory, const CertificateSubject& subject) {
  if (auto made = make_directory(directory); !made) return fail(made.error());
  auto signing = KeyPair::generate(KeyKind::p256);
  auto encryption = KeyPair::generate(KeyKind::p256);
  auto tls = KeyPair::generate(KeyKind::p256);
  auto log = KeyPair::generate(KeyKind::ed25519);
  if (!signing || !encryption || !tls || !log) return fail(ErrorCode::crypto_failed);
  auto certificate = make_certificate(*tls, subject);
  if (!certificate) return fail(certificate.error());
  auto request = make_certificate_request(*tls, subject);
  if (!request) return fail(request.error());

  Secrets secrets{{}, random_secret(kPayloadKeyBytes), random_secret(kPayloadKeyBytes)};
  secrets.wrapping.push_back(random_secret(kPayloadKeyBytes));
  for (auto& written :
       {write_key(directory + "/signing.pem", *signing),
        write_key(directory + "/encryption.pem", *encryption), write_key(directory + "/tls.pem", *tls),
        write_key(directory + "/log.pem", *log), write_file(directory + "/tls.crt", *certificate, 0600),
        write_file(directory + "/tls.csr", *request, 0600), write_secrets(directory, secrets)}) {
    if (!written) return fail(written.error());
  }
  return load_node_keys(directory);
}

Result<NodeKeys> load_node_keys(const std::string& directory) {
  auto signing = read_key(directory + "/signing.pem", KeyKind::p256);
  if (!signing) return fail(signing.error());
  auto encryption = read_key(directory + "/encryption.pem", KeyKind::p256);
  if (!encryption) return fail(encryption.error());
  auto tls = read_key(directory + "/tls.pem", KeyKind::p256);
  if (!tls) return fail(tls.error());
  auto log = read_key(directory + "/log.pem", KeyKind::ed25519);
  if (!log) return fail(log.error());
  auto certificate = read_file(directory + "/tls.crt", 1u << 20);
  if (!certificate) return fail(certificate.error());
  const auto pinned = certificate_spki_sha256(*certificate);
  if (!pinned || *pinned != tls->spki_sha256()) return fail(ErrorCode::settings_invalid, {}, "tls.crt");
  auto secrets = read_secrets(directory);
  if (!secrets) return fail(secrets.error());

  KeyWrapper wrapper;
  for (std::uint32_t i = 0; i < secrets->wrapping.size(); ++i)
    wrapper.add(i + 1, std::move(secrets->wrapping[i]));
  return NodeKeys{*signing,
                  *encryption,
                  *tls,
                  *log,
                  std::move(wrapper),
                  std::move(secrets->fingerprint),
                  std::move(secrets->rows),
                  std::move(*certificate),
                  directory};
}

Result<void> rotate_wrapping_key(const std::string& directory) {
  auto secrets = read_secrets(directory);
  if (!secrets) return fail(secrets.error());
  secrets->wrapping.push_back(random_secret(kPayloadKeyBytes));
  return write_secrets(directory, *secrets);
}

}  // namespace hotline
