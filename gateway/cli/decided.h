// What preview and redact have in common: a record, to whom, for what, and the decision.
#pragma once

#include <optional>
#include <string>

#include "consent/decide.h"
#include "consent/redact.h"
#include "gateway/cli/data.h"

namespace hotline::cli {

struct DecideOptions {
  std::string from, to, recipient, purpose, registry, now, file;
  std::string consent;  // a file with one consent that bounds the record's; "" for none
  bool told = false;    // the person is told, also why nothing leaves; else that may be an error
};
void add_decide_options(CLI::App& command, DecideOptions& options);

// Everything is asked as the gateway itself would ask it, without one running. What the person has withdrawn
// since the record was written is known to the running gateway only.
struct Decided {
  Data data;
  ConsentData consent;
  Referral referral;
  MappingReport report;
  Request request;
  Decision decision;
  const Member& recipient() const { return *consent.find(request.recipient); }
};
Result<Decided> decide_from_file(Session& session, const DecideOptions& options);
Result<std::vector<Disclosure>> disclosures(const Decided& decided);

}  // namespace hotline::cli
