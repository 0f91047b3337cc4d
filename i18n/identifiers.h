// National identifiers, bank numbers, e-mail addresses and web handles: their shapes, their check digits, and
// finding them in text. A valid check digit never proves who somebody is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hotline {

enum class IdKind {
  ssn,
  itin,
  atin,
  a_number,
  uscis_receipt,
  i94,
  sevis,
  us_passport,
  sin,
  uci,
  ircc_application,
  ca_passport,
  curp,
  rfc,
  nss,
  clave_elector,
  ine_cic,
  ine_ocr,
  mx_passport,
  nue,
  clabe,
  card,
  zip,
  postal_code_ca,
  codigo_postal,
  plate,
  email,
  url,
  handle,
};
std::string_view to_string(IdKind kind);  // "curp"

enum class Tier {
  proven = 1,   // a check digit holds or the shape occurs nowhere else: redact always
  context = 2,  // the shape, and a word nearby that says so: redact
  shape = 3,    // the shape only: flag
};

// Is this whole text (spaces, dots and dashes between groups allowed, case ignored) such an identifier, with
// its check digit where there is one?
bool is_valid(IdKind kind, std::string_view text);

struct IdSpan {
  std::size_t begin;  // bytes of the text given
  std::size_t end;
  IdKind kind;
  Tier tier;
};

// All identifiers in a text, in rising order, not overlapping: of several readings of the same digits the one
// with the best tier, then the longest. Linear in the text.
std::vector<IdSpan> find_identifiers(std::string_view utf8);

}  // namespace hotline
