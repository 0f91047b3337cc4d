// An error as an RFC 9457 problem document, in the language of this run.
#pragma once

#include <cstddef>
#include <string>

#include "gateway/cli/session.h"

namespace hotline::cli {

std::string problem_pretty(const Session& session, const Error& error);
// On one line, as the answer to one bad line of --jsonl: {"line":N,"problem":{...}}.
std::string problem_line(const Session& session, const Error& error, std::size_t line);

}  // namespace hotline::cli
