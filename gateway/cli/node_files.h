// Where things lie in the folder that `init` makes for a node. config.json names them all, so an operator may
// move them; these are only the names they are born with.
#pragma once

#include <string>

namespace hotline::cli {

struct NodeFiles {
  std::string directory;
  std::string config() const { return directory + "/config.json"; }
  std::string keys() const { return directory + "/keys"; }
  std::string store() const { return directory + "/store"; }
  std::string tokens() const { return directory + "/tokens"; }
  std::string token(const std::string& client) const { return tokens() + "/" + client; }
  std::string member() const { return directory + "/member.json"; }
  std::string registry() const { return directory + "/registry.json"; }
  std::string anchors() const { return directory + "/anchors.json"; }
};

}  // namespace hotline::cli
