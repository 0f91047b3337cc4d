#include "adapters/form/json_lines.h"

#include "adapters/form/text_source.h"

namespace hotline {

namespace {

class Reader final : public RecordReader {
 public:
  Reader(const Form& form, std::istream& in) : form_(form), source_(in) {}

  std::optional<Arrived> next() override {
    for (;;) {
      line_.clear();
      too_long_ = false;
      if (!fill()) return std::nullopt;
      ++number_;
      if (too_long_) return Arrived{number_, fail(ErrorCode::json_too_large)};
      if (line_.find_first_not_of(" \t") != std::string::npos) break;
    }
    return Arrived{number_, form_.Form::read(line_)};  // JSON, whatever else the form can read
  }

 private:
  // One line without its end; what is too long is read past and not kept.
  bool fill() {
    bool any = false;
    for (;;) {
      if (piece_.empty()) piece_ = source_.next();
      if (piece_.empty()) return any;
      any = true;
      const auto end = piece_.find('\n');
      const std::string_view part = piece_.substr(0, end);
      too_long_ = too_long_ || line_.size() + part.size() > kLongestLine;
      if (!too_long_) line_ += part;
      piece_.remove_prefix(end == std::string_view::npos ? piece_.size() : end + 1);
      if (end != std::string_view::npos) return true;
    }
  }

  const Form& form_;
  TextSource source_;
  std::string_view piece_;
  std::string line_;
  std::size_t number_ = 0;
  bool too_long_ = false;
};

class Writer final : public RecordWriter {
 public:
  explicit Writer(std::ostream& out) : out_(out) {}
  Result<void> write(const JsonValue& record) override {
    out_ << to_text(record) << '\n';
    return {};
  }
  void skip(std::string_view instead) override { out_ << instead << '\n'; }

 private:
  std::ostream& out_;
};

}  // namespace

std::unique_ptr<RecordReader> json_lines_reader(const Form& form, std::istream& in) {
  return std::make_unique<Reader>(form, in);
}

std::unique_ptr<RecordWriter> json_lines_writer(std::ostream& out) {
  return std::make_unique<Writer>(out);
}

}  // namespace hotline
