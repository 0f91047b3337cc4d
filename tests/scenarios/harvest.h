// Everything that a gateway holds or has let out, made readable with its own keys: what an attacker with the
// whole machine could read, and what travelled.
#pragma once

#include <string>
#include <vector>

#include "tests/scenarios/search.h"
#include "tests/support/gateways.h"

namespace hotline::test {

// What `from` has sealed for `to` under these referrals, opened with the key of `to`. `from` must not be
// running.
std::vector<std::string> opened_messages(const Gateways& network, const std::string& from,
                                         const std::string& to, const std::vector<std::string>& referrals);

// Every payload of the node's store whose key is still there, decrypted. The node must not be running.
// `database` is another gateway.db to read with the node's present keys: a backup.
std::vector<std::string> unwrapped_payloads(const Gateways& network, const std::string& node,
                                            const std::string& database = {});

// Every file below the node's folder and what it has printed, as bytes.
Haystack files_of(const Gateways& network, const std::string& node);

}  // namespace hotline::test
