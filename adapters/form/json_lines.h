// JSON Lines: one record a line, in memory that does not grow with their number.
#pragma once

#include <memory>

#include "adapters/form/form.h"

namespace hotline {

// A line longer than this is refused without being kept; it is the limit of parse_json().
constexpr std::size_t kLongestLine = 1 << 20;

// `form` and the stream outlive the reader. An empty line is skipped, but counted.
std::unique_ptr<RecordReader> json_lines_reader(const Form& form, std::istream& in);
std::unique_ptr<RecordWriter> json_lines_writer(std::ostream& out);

}  // namespace hotline
