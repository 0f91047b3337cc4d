// The texts that people are shown or read before they agree, as data: consent/statements/*.json. A consent
// names its text by id, version, language and SHA-256 of the exact bytes; one that no text here fits was
// agreed to with words that nobody knows any more.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "i18n/base/ids.h"
#include "i18n/base/result.h"

namespace hotline {

struct Statement {
  std::string id, version;
  LanguageTag language;
  std::string text;    // UTF-8, paragraphs parted by an empty line
  std::string sha256;  // of `text`, 64 lower-case hex digits, as the file says
  std::string status;  // draft, reviewed
};

class Statements {
 public:
  // `root` is the data root. No text at all is data_invalid: then nothing could be consented to.
  static Result<Statements> load(const std::string& root);

  // Whether these were the words. A consent in es or es-US fits a text in es-MX: the hash says which words it
  // was, the language only that they were Spanish.
  bool holds(std::string_view id, std::string_view version, const LanguageTag& language,
             std::string_view sha256) const;
  const Statement* find(std::string_view id, std::string_view version, const LanguageTag& language) const;
  const std::vector<Statement>& all() const { return all_; }  // by file, then as the file has them

 private:
  std::vector<Statement> all_;
};

// The lint: every statement in each of `languages` (base languages), nothing twice, a known status, each
// text's hash right (`sha256_hex` is the caller's: this folder has no cryptography), no sentence longer than
// fourteen words. A fault's pointer begins with the file.
std::vector<Fault> check_statements(const std::string& root, const std::vector<std::string>& languages,
                                    const std::function<std::string(std::string_view)>& sha256_hex);

}  // namespace hotline
