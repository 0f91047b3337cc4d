// --help as a manual page: name, synopsis, description, options, exit status, files, examples.
#pragma once

#include <CLI/CLI.hpp>

#include <string>

namespace hotline::cli {

// The prose of one page; what can be derived from the options is.
struct Page {
  std::string synopsis;  // after the program's name
  std::string description;
  std::string files;  // "" leaves the section out
  std::string examples;
};

class ManualPage final : public CLI::Formatter {
 public:
  explicit ManualPage(Page page) : page_(std::move(page)) {}
  std::string make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const override;

 private:
  Page page_;
};

}  // namespace hotline::cli
