#include "tests/narratives/notes.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <stdexcept>

#include "consent/scan/known.h"
#include "i18n/base/json.h"

namespace hotline::narratives {
namespace {

class Lines {
 public:
  explicit Lines(const std::filesystem::path& path) : path_(path), in_(path, std::ios::binary) {}
  bool next(std::string& line) {
    ++number_;
    return static_cast<bool>(std::getline(in_, line));
  }
  [[noreturn]] void wrong(const std::string& what) const {
    throw std::runtime_error(path_.filename().string() + ":" + std::to_string(number_) + ": " + what);
  }

 private:
  std::filesystem::path path_;
  std::ifstream in_;
  std::size_t number_ = 0;
};

bool is_type(const std::string& type) {
  const auto& all = all_span_types();
  return std::any_of(all.begin(), all.end(), [&](SpanType each) { return to_string(each) == type; });
}

std::string known_type(const std::string& type) {
  const std::set<std::string> plain = {"name",  "organisation", "phone",   "email",
                                       "place", "postal_code",  "address", "date"};
  if (plain.contains(type)) return type;
  return type == "birth_date" ? "date" : "identifier";
}

// "1 name María Elena": the number, the type, the value.
FindableValue read_known_line(const Lines& lines, const std::string& line) {
  const auto first = line.find(' ');
  const auto second = line.find(' ', first + 1);
  if (first == std::string::npos || second == std::string::npos) lines.wrong("known: number, type, value");
  const std::string type = line.substr(first + 1, second - first - 1);
  if (!is_type(type)) lines.wrong("known: no such type");
  Json value(rapidjson::kObjectType);
  set_text(value, "type", known_type(type), value.GetAllocator());
  set_text(value, "text", line.substr(second + 1), value.GetAllocator());
  auto known = read_known(value, std::stoi(line.substr(0, first)));
  if (!known) lines.wrong("known: " + known.error().expected);
  return *known;
}

struct Open {
  std::size_t begin = 0;
  std::string type;
};

// Takes the marks out of a text and keeps where they were.
void read_marks(const Lines& lines, const std::string& marked, Note& note) {
  std::vector<Open> labels, topics;
  for (std::size_t i = 0; i < marked.size();) {
    const std::string_view rest = std::string_view(marked).substr(i);
    const bool label = rest.starts_with("[[");
    if (label || rest.starts_with("{{")) {
      const auto bar = rest.find('|');
      if (bar == std::string_view::npos) lines.wrong("a mark without |");
      (label ? labels : topics).push_back({note.text.size(), std::string(rest.substr(2, bar - 2))});
      i += bar + 1;
    } else if (rest.starts_with("]]") && !labels.empty()) {
      const Open open = labels.back();
      labels.pop_back();
      const auto known = open.type.find('=');
      const std::string type = open.type.substr(0, known);
      if (!is_type(type)) lines.wrong("no such type: " + type);
      note.labels.push_back({open.begin, note.text.size(), type, known != std::string::npos});
      i += 2;
    } else if (rest.starts_with("}}") && !topics.empty()) {
      note.topics.push_back({topics.back().begin, note.text.size(), topics.back().type});
      topics.pop_back();
      i += 2;
    } else {
      note.text.push_back(marked[i++]);
    }
  }
  if (!labels.empty() || !topics.empty()) lines.wrong("a mark is not closed");
}

void read_header(const Lines& lines, const std::string& line, Note& note) {
  const auto colon = line.find(": ");
  if (colon == std::string::npos) lines.wrong("a header is name: value");
  const std::string name = line.substr(0, colon), value = line.substr(colon + 2);
  if (name == "id") {
    note.id = value;
  } else if (name == "about") {
    note.about = value;
  } else if (name == "known") {
    note.known.push_back(read_known_line(lines, value));
  } else {
    lines.wrong("no such header: " + name);
  }
}

void read_file_of_notes(const std::filesystem::path& path, std::vector<Note>& out) {
  Lines lines(path);
  const std::string language = path.parent_path().filename().string();
  Note note;
  std::string marked, line;
  bool header = true;
  const auto end_note = [&] {
    if (note.id.empty() && marked.empty()) return;
    if (note.id.empty()) lines.wrong("a note without id");
    while (marked.ends_with('\n')) marked.pop_back();
    note.language = language;
    read_marks(lines, marked, note);
    out.push_back(std::move(note));
    note = {};
    marked.clear();
    header = true;
  };
  while (lines.next(line)) {
    if (line == "---") {
      end_note();
    } else if (header && line.empty()) {
      header = note.id.empty();
    } else if (header) {
      read_header(lines, line, note);
    } else {
      marked += line + "\n";
    }
  }
  end_note();
}

}  // namespace

std::vector<Note> read_notes(const std::string& folder, const std::string& part) {
  std::vector<std::filesystem::path> files;
  for (const auto& each : std::filesystem::recursive_directory_iterator(folder)) {
    const std::string name = each.path().filename().string();
    if (name.starts_with(part) && name.ends_with(".notes")) files.push_back(each.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<Note> out;
  for (const auto& file : files) read_file_of_notes(file, out);
  return out;
}

std::size_t fold_of(const Note& note) {
  return static_cast<std::size_t>(note.id.back() - '0') % 4;
}

}  // namespace hotline::narratives
