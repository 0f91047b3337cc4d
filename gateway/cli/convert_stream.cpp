#include "gateway/cli/convert_stream.h"

#include <optional>

#include "adapters/form/json_lines.h"
#include "gateway/cli/problem.h"
#include "i18n/base/text_files.h"

namespace hotline::cli {
namespace {

// One line for each record, gathered before they are written. Without a name nothing is.
class ReportFile {
 public:
  static Result<ReportFile> open(const std::string& path) {
    if (path.empty()) return ReportFile(std::nullopt);
    auto file = NewFile::open(path);
    if (!file) return fail(std::move(file.error()));
    return ReportFile(std::move(*file));
  }

  Result<void> add(const std::string& line) {
    if (!file_) return {};
    lines_.append(line).append("\n");
    return lines_.size() < kEnough ? Result<void>() : write();
  }
  Result<void> close() {
    if (!file_) return {};
    if (auto written = write(); !written) return written;
    return file_->close();
  }

 private:
  static constexpr std::size_t kEnough = 1u << 16;
  explicit ReportFile(std::optional<NewFile> file) : file_(std::move(file)) {}
  Result<void> write() {
    if (!file_->write(lines_)) return fail(ErrorCode::store_unavailable, "", "report");
    lines_.clear();
    return {};
  }
  std::optional<NewFile> file_;
  std::string lines_;
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
  auto report = ReportFile::open(stream.report);
  if (!report) return fail(std::move(report.error()));
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
    if (auto kept = report->add(done ? to_text(done->report) : "{}"); !kept) return fail(kept.error());
    if (!session.out) return fail(ErrorCode::internal, "", "standard_output");
  }
  if (in.bad()) return fail(ErrorCode::store_unavailable, "", "input");
  if (auto kept = report->close(); !kept) return fail(kept.error());
  return status;
}

}  // namespace hotline::cli
