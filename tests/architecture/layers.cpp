#include "tests/architecture/layers.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace hotline::architecture {
namespace {

bool starts_with(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

bool is_header(std::string_view path) {
  return path.size() > 2 && path.substr(path.size() - 2) == ".h";
}

bool lies_in(std::string_view path, std::string_view folder) {
  return starts_with(path, folder) && path.size() > folder.size() && path[folder.size()] == '/';
}

std::vector<std::string> words(const std::string& line) {
  std::istringstream in(line);
  std::vector<std::string> result;
  for (std::string word; in >> word;) result.push_back(word);
  return result;
}

Library parse_library(const std::vector<std::string>& line) {
  Library library;
  library.name = line.at(1);
  auto* list = &library.prefixes;
  for (std::size_t i = 3; i < line.size(); ++i) {
    if (line[i] == "only") {
      list = &library.folders;
    } else if (line[i] == "in" && i + 1 < line.size() && line[i + 1] == "cpp") {
      library.only_cpp = true;
      ++i;
    } else {
      list->push_back(line[i]);
    }
  }
  if (library.prefixes.empty() || library.folders.empty())
    throw std::runtime_error("incomplete: " + library.name);
  return library;
}

void parse_line(Rules& rules, const std::vector<std::string>& line, int& rank) {
  const std::string& kind = line.front();
  if (kind == "layer") {
    ++rank;
    for (std::size_t i = 1; i < line.size(); ++i) rules.rank[line[i]] = rank;
  } else if (kind == "allow" && line.size() == 4 && line[2] == "->") {
    rules.allowed.insert({line[1], line[3]});
  } else if (kind == "library" && line.size() > 5 && line[2] == "includes") {
    rules.libraries.push_back(parse_library(line));
  } else if (kind == "inner") {
    rules.inner_headers.insert(line.begin() + 1, line.end());
  } else if (kind == "other") {
    rules.other_folders.insert(line.begin() + 1, line.end());
  } else if (kind == "max_lines" && line.size() == 2) {
    rules.max_lines = std::stoi(line[1]);
  } else {
    throw std::runtime_error("not understood: " + kind);
  }
}

// What one line includes: `name` is empty when the line includes nothing.
struct Include {
  std::string name;
  bool ours = false;
};

Include parse_include(std::string_view line) {
  const auto begin = line.find_first_not_of(" \t");
  if (begin == line.npos || line[begin] != '#') return {};
  const auto word = line.find_first_not_of(" \t", begin + 1);
  if (word == line.npos || !starts_with(line.substr(word), "include")) return {};
  const auto open = line.find_first_of("\"<", word);
  if (open == line.npos) return {};
  const bool ours = line[open] == '"';
  const auto close = line.find(ours ? '"' : '>', open + 1);
  if (close == line.npos) return {};
  return {std::string(line.substr(open + 1, close - open - 1)), ours};
}

void check_ours(const Rules& rules, const std::string& path, const std::string& where,
                const std::string& name, std::vector<std::string>& found) {
  const std::string folder = rules.folder_of(path);
  if (is_header(path) && rules.inner_headers.count(name) != 0) {
    found.push_back(where + " includes \"" + name + "\", which is for sources only");
  }
  const std::string target = rules.folder_of(name);
  if (target.empty()) {
    found.push_back(where + " includes \"" + name +
                    "\", which is not a path from the root to a listed folder");
    return;
  }
  const bool fine = target == folder || rules.rank.at(target) < rules.rank.at(folder) ||
                    rules.allowed.count({folder, target}) != 0;
  if (!fine) found.push_back(where + " includes \"" + name + "\": " + folder + " may not know " + target);
}

void check_library(const Rules& rules, const std::string& path, const std::string& where,
                   const std::string& name, std::vector<std::string>& found) {
  for (const Library& library : rules.libraries) {
    const auto belongs = [&](const std::string& prefix) { return starts_with(name, prefix); };
    if (std::none_of(library.prefixes.begin(), library.prefixes.end(), belongs)) continue;
    const auto holds = [&](const std::string& folder) { return lies_in(path, folder); };
    if (std::none_of(library.folders.begin(), library.folders.end(), holds) && !lies_in(path, "tests")) {
      found.push_back(where + " includes <" + name + ">: " + library.name + " has no place here");
    } else if (library.only_cpp && is_header(path) && rules.inner_headers.count(path) == 0) {
      found.push_back(where + " includes <" + name + ">: " + library.name + " must not show in a header");
    }
  }
}

}  // namespace

std::string Rules::folder_of(std::string_view path) const {
  std::string best;
  for (const auto& [folder, line] : rank) {
    if (lies_in(path, folder) && folder.size() > best.size()) best = folder;
  }
  return best;
}

Rules parse_rules(std::string_view text) {
  Rules rules;
  int rank = 0;
  std::istringstream in{std::string(text)};
  for (std::string line; std::getline(in, line);) {
    const auto parts = words(line);
    if (!parts.empty() && parts.front().front() != '#') parse_line(rules, parts, rank);
  }
  return rules;
}

std::vector<std::string> breaches(const Rules& rules, const std::string& path, std::string_view content) {
  std::vector<std::string> found;
  const std::string folder = rules.folder_of(path);
  // Deeper than listed: tests may nest as they like, a new folder of the program has to be listed.
  if (folder.empty() || (folder != "tests" && path.find('/', folder.size() + 1) != path.npos)) {
    found.push_back(path + " lies in a folder that tests/architecture/layers.txt does not list");
    return found;
  }
  std::istringstream in{std::string(content)};
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    const Include include = parse_include(line);
    if (include.name.empty()) continue;
    const std::string where = path + ":" + std::to_string(number);
    if (include.ours) {
      check_ours(rules, path, where, include.name, found);
    } else {
      check_library(rules, path, where, include.name, found);
    }
  }
  if (rules.max_lines > 0 && number > rules.max_lines) {
    found.push_back(path + " has " + std::to_string(number) + " lines; split it (at most " +
                    std::to_string(rules.max_lines) + ")");
  }
  return found;
}

std::vector<std::string> code_files(const std::filesystem::path& root, const Rules& rules) {
  namespace fs = std::filesystem;
  std::vector<std::string> files;
  for (auto it = fs::recursive_directory_iterator(root); it != fs::recursive_directory_iterator(); ++it) {
    const std::string name = it->path().filename().string();
    if (it->is_directory()) {
      const bool skipped =
          name.front() == '.' || name == "node_modules" || rules.other_folders.count(name) != 0;
      if (skipped) it.disable_recursion_pending();
      continue;
    }
    const auto extension = it->path().extension();
    if (extension == ".h" || extension == ".cpp" || extension == ".hpp" || extension == ".cc" ||
        extension == ".c") {
      files.push_back(fs::relative(it->path(), root).generic_string());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace hotline::architecture
