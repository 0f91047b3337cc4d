#include "tests/narratives/measure.h"

#include <algorithm>
#include <iomanip>

namespace hotline::narratives {
namespace {

bool tells(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || std::isalnum(byte) != 0;
}

}  // namespace

double Counts::f2() const {
  const double p = precision(), r = recall();
  return p + r == 0 ? 0 : 5 * p * r / (4 * p + r);
}

Counts& Counts::operator+=(const Counts& other) {
  labels += other.labels;
  found += other.found;
  spans += other.spans;
  right += other.right;
  return *this;
}

Counts Measured::all() const {
  Counts sum;
  for (const auto& [type, counts] : by_type)
    if (type != "known" && type != "unknown name") sum += counts;
  return sum;
}

bool is_found(const Note& note, const Label& label, const std::vector<FoundSpan>& spans) {
  for (std::size_t i = label.begin; i < label.end; ++i) {
    const bool hidden = std::any_of(spans.begin(), spans.end(),
                                    [&](const FoundSpan& span) { return span.begin <= i && i < span.end; });
    if (!hidden && tells(note.text[i])) return false;
  }
  return true;
}

bool is_right(const Note& note, const FoundSpan& span) {
  return std::any_of(note.labels.begin(), note.labels.end(),
                     [&](const Label& label) { return span.begin < label.end && label.begin < span.end; });
}

void measure(const Note& note, const Scanned& scanned, Measured& into) {
  bool leak = false;
  for (const Label& label : note.labels) {
    const bool found = is_found(note, label, scanned.spans);
    leak = leak || !found;
    for (const std::string& row : {label.type, std::string(label.known ? "known" : ""),
                                   std::string(!label.known && label.type == "name" ? "unknown name" : "")}) {
      if (row.empty()) continue;
      Counts& counts = into.by_type[row];
      ++counts.labels;
      counts.found += found ? 1 : 0;
    }
  }
  for (const FoundSpan& span : scanned.spans) {
    const bool right = is_right(note, span);
    const bool is_known = span.reason == SpanReason::known_value || span.reason == SpanReason::known_nearly;
    for (const std::string& row :
         {std::string(to_string(span.type)), std::string(is_known ? "known" : ""),
          std::string(!is_known && span.type == SpanType::name ? "unknown name" : "")}) {
      if (row.empty()) continue;
      Counts& counts = into.by_type[row];
      ++counts.spans;
      counts.right += right ? 1 : 0;
    }
  }
  ++into.notes;
  if (scanned.held) {
    ++into.held;
  } else if (leak) {
    ++into.leaked;
    into.leaks.insert(note.id);
  }
}

void print(const std::string& title, const Measured& measured, std::ostream& out) {
  const auto line = [&](const std::string& name, const Counts& counts) {
    out << "  " << std::left << std::setw(16) << name << std::right << std::setw(7) << counts.labels
        << std::setw(9) << counts.recall() << std::setw(7) << counts.spans << std::setw(11)
        << counts.precision() << std::setw(8) << counts.f2() << '\n';
  };
  const auto sent = measured.notes - measured.held;
  out << std::fixed << std::setprecision(3) << title << ": " << measured.notes << " notes, " << measured.held
      << " held, " << measured.leaked << " of " << sent
      << " sent with something left\n  type             labels   recall  spans  precision      F2\n";
  for (const auto& [type, counts] : measured.by_type) line(type, counts);
  line("all", measured.all());
}

}  // namespace hotline::narratives
