// What the commands share: the streams, the language, the data, and what is to be done once the words are
// parsed.
#pragma once

#include <functional>
#include <istream>
#include <optional>
#include <ostream>
#include <string>

#include "gateway/cli/manual_page.h"
#include "i18n/base/clock.h"
#include "i18n/base/ids.h"
#include "i18n/base/result.h"

namespace hotline::cli {

struct Session {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;

  std::string root;      // data root; found by find_root() when --root is not given
  std::string language;  // --lang, else from the environment; "" until then

  // Set by the command that was named; its value is the exit status.
  std::function<Result<int>()> action;
};

// The folder that holds i18n/, config/, adapters/ and consent/: --root, else $HOTLINE_ROOT, else the nearest
// folder above the program or the working directory that looks like one. Error: settings_invalid.
Result<std::string> find_root(const std::string& given);
Result<std::string> root_beside_program();  // the last of these alone

// The language in which this run speaks: --lang, else LC_ALL, LC_MESSAGES, LANG; en when none of them is a
// language.
LanguageTag speaking(const Session& session);

// The instant at which a decision is to be made: `text` (RFC 3339), or the clock when "".
Result<Instant> instant_or_now(const std::string& text);

// FILE of the contract: a path, or standard input for "-" and "". 50 MB of nonsense is refused before it is
// read.
Result<std::string> read_input(Session& session, const std::string& file);

// A subcommand with its page and the options that every command has.
CLI::App& add_command(CLI::App& app, Session& session, const std::string& name, const std::string& brief,
                      Page page);

// The error as a problem document (RFC 9457) on session.err; the exit status that the contract gives it.
int report(Session& session, const Error& error);

}  // namespace hotline::cli
