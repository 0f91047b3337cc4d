// The versions of one consent as the gateway keeps them: one for each different content, none overwritten,
// each signed by us and encrypted under a key of its own.
#pragma once

#include <string>
#include <vector>

#include "gateway/exchange/context.h"
#include "gateway/seal/consent_token.h"

namespace hotline {

// What the store holds of one id: the rows, and beside each its signed text ("" for a row that only says what
// became of the consent, such as a withdrawal).
struct KeptConsent {
  std::vector<ConsentRow> rows;
  std::vector<std::string> tokens;
  std::string former_keys;                    // with which we have signed; remember_signing_key()
  bool holds(std::string_view digest) const;  // some version has this content; no signature is asked
};
KeptConsent kept_consent(const Reader& reader, const ConsentId& id);

// Writes down the public key that we sign with from now on, once: a version is verified with the key of its
// time. Called at the start, before anything is signed. The store's own key protects the list.
Result<void> remember_signing_key(const ExchangeContext& context);

struct ConsentVersion {
  std::int64_t number = 0;  // of its row
  Instant recorded;
  SignedConsent signed_word;
  std::string token;
};
// Every version, oldest first, signatures verified and each following the one before it. signature_invalid or
// signer_mismatch when one is not ours or is changed; the pointer says which of them (/history/1).
Result<std::vector<ConsentVersion>> verified_versions(const ExchangeContext& context,
                                                      const KeptConsent& kept);

// One version more, signed and encrypted before the transaction that keeps it.
struct NewVersion {
  ConsentRow row;
  ProtectedPayload payload;
  std::string digest;
  std::size_t rows_seen = 0;
};
Result<NewVersion> make_version(const ExchangeContext& context, const JsonValue& consent,
                                const KeptConsent& kept, const std::string& client, Instant now);
// False when the history has grown meanwhile: what was prepared on it is to be thought over again.
bool put(Transaction& transaction, const NewVersion& version);

}  // namespace hotline
