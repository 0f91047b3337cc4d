#include "gateway/cli/manual_page.h"

#include <sstream>

namespace hotline::cli {
namespace {

constexpr std::size_t kWidth = 100;

// Paragraphs are wrapped; a line that begins with a space is kept as it stands (an example, a list).
std::string wrap(const std::string& text, std::size_t indent) {
  const std::string margin(indent, ' ');
  std::ostringstream out;
  std::istringstream lines(text);
  std::size_t column = 0;
  const auto end_paragraph = [&] {
    if (column != 0) out << '\n';
    column = 0;
  };
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.front() == ' ') {
      end_paragraph();
      out << (line.empty() ? "" : margin + line) << '\n';
      continue;
    }
    std::istringstream words(line);
    for (std::string word; words >> word;) {
      if (column != 0 && column + 1 + word.size() > kWidth) end_paragraph();
      out << (column == 0 ? margin : " ") << word;
      column += (column == 0 ? indent : 1) + word.size();
    }
  }
  end_paragraph();
  return out.str();
}

void section(std::ostream& out, const std::string& title, const std::string& text) {
  if (!text.empty()) out << '\n' << title << '\n' << wrap(text, 7);
}

std::string full_name(const CLI::App* app) {
  const std::string& own = app->get_name();
  return app->get_parent() == nullptr ? own : full_name(app->get_parent()) + " " + own;
}

void options_of(std::ostream& out, const CLI::App* app) {
  for (const CLI::Option* option : app->get_options()) {
    if (option->get_group().empty()) continue;
    out << "       "
        << (option->get_positional() ? option->get_name(true, false) : option->get_name(false, true));
    if (!option->get_positional() && option->get_type_size() != 0) out << ' ' << option->get_type_name();
    if (!option->get_default_str().empty()) out << " (default: " << option->get_default_str() << ')';
    if (option->get_required()) out << " (required)";
    out << '\n' << wrap(option->get_description(), 14);
  }
}

std::string commands_of(const CLI::App* app) {
  std::ostringstream out;
  for (const CLI::App* command : app->get_subcommands({})) {
    std::string name = command->get_name();
    name.resize(std::max<std::size_t>(name.size() + 1, 12), ' ');
    out << "  " << name << command->get_description() << '\n';
  }
  return out.str();
}

constexpr const char* kExitStatus =
    " 0  done\n"
    " 1  anything that is not below\n"
    " 2  wrong usage\n"
    " 3  the input is invalid\n"
    " 4  refused by consent or policy\n"
    " 5  a peer or a store is unavailable\n"
    "\n"
    "With 3, 4 and 5 a problem document (RFC 9457) stands on standard error: in English, French or Spanish, "
    "with a "
    "JSON Pointer to each fault, and never with a value out of a record.";

}  // namespace

std::string ManualPage::make_help(const CLI::App* app, std::string, CLI::AppFormatMode) const {
  std::ostringstream out;
  out << "NAME\n" << wrap(full_name(app) + " - " + app->get_description(), 7);
  out << "\nSYNOPSIS\n       " << full_name(app) << ' ' << page_.synopsis << '\n';
  section(out, "DESCRIPTION", page_.description);
  section(out, "COMMANDS", commands_of(app));
  out << "\nOPTIONS\n";
  options_of(out, app);
  section(out, "EXIT STATUS", kExitStatus);
  section(out, "FILES", page_.files);
  section(out, "EXAMPLES", page_.examples);
  return out.str();
}

}  // namespace hotline::cli
