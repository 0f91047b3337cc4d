// convert over many records, in memory that does not grow with their number.
#pragma once

#include <string>

#include "adapters/engine/profiles.h"
#include "gateway/cli/session.h"

namespace hotline::cli {

// One record through the canonical one, and what became of it: {"read": report, "written": report}.
struct Conversion {
  Json record;
  Json report;
};
Result<Conversion> convert_record(const Profile& to, const LanguageTag& language, Result<ToCanonical> read);

struct Stream {
  const Profile& from;
  const Profile& to;
  LanguageTag language;
  bool table_in = false, table_out = false;
  std::string report;  // file, one line a record; "" for none
};

// Records of `in`, in order, to session.out. A bad one gives a line that says so and does not end the run: in
// place of the record, or on session.err when what comes out is a table. The exit status is that of the last
// bad record. An output that cannot be written ends the run: `internal`, expected "standard_output" or
// "report".
Result<int> convert_stream(Session& session, const Stream& stream, std::istream& in);

}  // namespace hotline::cli
