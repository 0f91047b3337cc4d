#include "tests/narratives/corpus.h"

#include <stdexcept>

#include "consent/scan/scanner.h"

namespace hotline::narratives {
namespace {

// A finding that is less sure than this is for a person to look at.
constexpr double kSure = 0.5;

Scanned scan(const ScanData& data, const Note& note) {
  const LanguageTag language(note.language == "mixed" ? "" : note.language);
  Scanned out{Scanner(data, note.known).scan(note.text, language), false};
  for (const FoundSpan& span : out.spans) out.held = out.held || span.score < kSure;
  return out;
}

}  // namespace

namespace {

ScanData load_data() {
  auto data = ScanData::load(HOTLINE_ROOT);
  if (!data) throw std::runtime_error(data.error().expected);
  return std::move(*data);
}

std::vector<Note> hand_written(const std::string& part) {
  return read_notes(std::string(HOTLINE_ROOT) + "/tests/narratives/hand", part);
}

}  // namespace

std::map<std::string, Measured> measure_part(const std::string& part) {
  const ScanData data = load_data();
  std::map<std::string, Measured> out;
  for (const Note& note : hand_written(part)) measure(note, scan(data, note), out[note.language]);
  return out;
}

void print_misses(std::optional<std::size_t> fold, std::ostream& out) {
  const ScanData data = load_data();
  std::map<std::string, Measured> measured;
  for (const Note& note : hand_written("train")) {
    if (fold && fold_of(note) != *fold) continue;
    const Scanned scanned = scan(data, note);
    measure(note, scanned, measured[note.language]);
    const auto line = [&](const char* what, std::string_view type, std::size_t begin, std::size_t end,
                          double score) {
      out << note.id << '\t' << what << '\t' << type << '\t' << note.text.substr(begin, end - begin) << '\t'
          << score << '\n';
    };
    for (const Label& label : note.labels)
      if (!is_found(note, label, scanned.spans))
        line(label.known ? "missed known" : "missed", label.type, label.begin, label.end, 0);
    for (const FoundSpan& span : scanned.spans)
      if (!is_right(note, span)) line("wrong", to_string(span.type), span.begin, span.end, span.score);
  }
  for (const auto& [language, each] : measured) print(language, each, out);
}

}  // namespace hotline::narratives
