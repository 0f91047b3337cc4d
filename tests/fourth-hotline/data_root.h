// The repository's data with the fourth hotline laid over it, in a folder of its own: what somebody gets who
// unpacks a folder of data beside the others. Nothing is compiled.
#pragma once

#include <string>

#include "i18n/base/json.h"
#include "tests/support/gateways.h"
#include "tests/support/temporary_folder.h"

namespace hotline::test {

class DataRoot {
 public:
  DataRoot();

  const std::string& path() const { return root_; }
  std::string file(const std::string& below) const { return root_ + "/" + below; }
  // Puts `to` in the place of the first `from` that the file holds; throws when there is none.
  void change(const std::string& below, const std::string& from, const std::string& to) const;
  // hotline-gateway over this data, in a language.
  Outcome run(std::vector<std::string> words, const std::string& language = "en") const;

 private:
  TemporaryFolder home_;
  std::string root_;
};

}  // namespace hotline::test
