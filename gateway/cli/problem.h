// An error as an RFC 9457 problem document, in the language of this run.
#pragma once

#include <cstddef>
#include <string>

#include "gateway/cli/session.h"

namespace hotline::cli {

std::string problem_pretty(const Session& session, const Error& error);
// On one line, as the answer to one bad line of --jsonl: {"line":N,"problem":{...}}.
std::string problem_line(const Session& session, const Error& error, std::size_t line);
// The same for a row of a table: {"row":N,"column":"prs_Birthdate","problem":{...}}, rows counted as a
// spreadsheet counts them; without a column when the row as a whole is meant.
std::string problem_row(const Session& session, const Error& error, std::size_t row);

}  // namespace hotline::cli
