// The rules of layers.txt, and what in a source tree breaks them. Knows files and #include lines, nothing
// else.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::architecture {

struct Library {
  std::string name;
  std::vector<std::string> prefixes;  // of what stands between < and >
  std::vector<std::string> folders;   // where it may be included (and in folders below them)
  bool only_cpp = false;              // not in a header
};

struct Rules {
  std::map<std::string, int> rank;                        // folder -> line, from the ground up
  std::set<std::pair<std::string, std::string>> allowed;  // named exceptions: from, to
  std::vector<Library> libraries;
  std::set<std::string> inner_headers;  // for sources only: may show a library, no header may include them
  std::set<std::string> other_folders;
  int max_lines = 0;

  // "" when the path lies in no listed folder; the longest listed folder wins.
  std::string folder_of(std::string_view path) const;
};

// Throws std::runtime_error with the line that it does not understand.
Rules parse_rules(std::string_view text);

// One sentence for each breach of one file; `path` is relative to the root, with forward slashes.
std::vector<std::string> breaches(const Rules& rules, const std::string& path, std::string_view content);

// Every file of code below the root (generated and hidden folders left out), relative and sorted.
std::vector<std::string> code_files(const std::filesystem::path& root, const Rules& rules);

}  // namespace hotline::architecture
