// The commented config.json of a new node.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "config/settings.h"

namespace hotline::cli {

struct NewNode {
  std::string id;
  std::string environment = "production";
  std::string language;
  std::string data_root;
  std::string host = "127.0.0.1";
  std::uint16_t api_port = 8443;
  std::uint16_t peer_port = 9443;
  std::string endpoint;         // as the others reach it
  std::string test_clock_file;  // environment test only
  std::vector<Client> clients;
};

std::string config_text(const NewNode& node);

}  // namespace hotline::cli
