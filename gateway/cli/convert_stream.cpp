#include "gateway/cli/convert_stream.h"

#include <cstdio>
#include <fstream>

#include "adapters/form/json_lines.h"
#include "gateway/cli/problem.h"

namespace hotline::cli {
namespace {

// The report beside its name until it is whole, so that nobody takes a part for all of it.
class ReportFile {
 public:
  explicit ReportFile(std::string path) : path_(std::move(path)) {
    if (!path_.empty()) file_.open(part(), std::ios::binary | std::ios::trunc);
  }
  ~ReportFile() {
    if (!path_.empty() && !done_) std::remove(part().c_str());
  }
  ReportFile(const ReportFile&) = delete;
  ReportFile& operator=(const ReportFile&) = delete;

  bool add(const std::string& line) {
    if (path_.empty()) return true;
    file_ << line << '\n';
    return file_.good();
  }
  bool close() {
    if (path_.empty()) return true;
    file_.close();
    done_ = !file_.fail() && std::rename(part().c_str(), path_.c_str()) == 0;
    return done_;
  }
  bool good() const { return path_.empty() || file_.good(); }

 private:
  std::string part() const { return path_ + ".part"; }
  std::string path_;
  std::ofstream file_;
  bool done_ = false;
};

}  // namespace

Result<Conversion> convert_record(const Profile& to, const LanguageTag& language, Result<ToCanonical> read) {
  if (!read) return fail(read.error());
  auto written = to.from_canonical(read->referral, language);
  if (!written) return fail(written.error());
  Json report(rapidjson::kObjectType);
  auto& allocator = report.GetAllocator();
  set_member(report, "read", JsonValue(read->report.to_json(), allocator), allocator);
  set_member(report, "written", JsonValue(written->report.to_json(), allocator), allocator);
  return Conversion{std::move(written->record), std::move(report)};
}

Result<int> convert_stream(Session& session, const Stream& stream, std::istream& in) {
  const auto reader =
      stream.table_in ? stream.from.form().reader(in) : json_lines_reader(stream.from.form(), in);
  const auto writer =
      stream.table_out ? stream.to.form().writer(session.out) : json_lines_writer(session.out);
  ReportFile report(stream.report);
  if (!report.good()) return fail(ErrorCode::internal, "", "report");
  int status = 0;
  while (auto arrived = reader->next()) {
    const auto done = arrived->record ? convert_record(stream.to, stream.language,
                                                       stream.from.to_canonical(*arrived->record))
                                      : Result<Conversion>(fail(arrived->record.error()));
    if (done) {
      if (auto wrote = writer->write(done->record); !wrote) return fail(wrote.error());
    } else {
      const std::string line = stream.table_in ? problem_row(session, done.error(), arrived->line)
                                               : problem_line(session, done.error(), arrived->line);
      writer->skip(line);
      if (stream.table_out) session.err << line << '\n';
      status = exit_status(done.error().code);
    }
    if (!report.add(done ? to_text(done->report) : "{}")) return fail(ErrorCode::internal, "", "report");
    if (!session.out) return fail(ErrorCode::internal, "", "standard_output");
  }
  if (!report.close()) return fail(ErrorCode::internal, "", "report");
  return status;
}

}  // namespace hotline::cli
