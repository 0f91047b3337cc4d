// Whether the policy files are still those that this gateway decides by. They are read once, at the start;
// somebody may change them meanwhile, and then that is said, and nothing is decided by them until they were
// loaded as a whole (gateway/decisions/0007).
#pragma once

#include <string>

namespace hotline {

struct ExchangeContext;

class PolicyWatch {
 public:
  // `root` is the data root. To be made before the policies are loaded: what changes in between is then told
  // too.
  explicit PolicyWatch(std::string root);
  const std::string& loaded() const { return loaded_; }  // SHA-256 over names and contents, hex
  std::string on_disk() const;
  bool changed() const { return on_disk() != loaded_; }

 private:
  std::string root_;
  std::string loaded_;
};

// Writes into the log, once for each state of the files, that they are other than those decided by.
void note_policy_files(const ExchangeContext& context);

}  // namespace hotline
