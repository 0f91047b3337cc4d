#include "consent/scan/word_lists.h"

#include "i18n/base/text_files.h"

namespace hotline {

Result<WordLists> WordLists::load(const std::string& root) {
  WordLists lists;
  const std::pair<const char*, std::uint8_t> files[] = {
      {"given", given}, {"surnames", surname},   {"places", place},    {"common", common},
      {"never", never}, {"organisations", firm}, {"vehicles", vehicle}};
  for (const auto& [name, flag] : files) {
    const std::string file = std::string("consent/scan/lists/") + name + ".txt";
    auto text = read_file(root + "/" + file);
    if (!text) return fail(ErrorCode::data_invalid, "", file);
    for (std::string_view rest = *text; !rest.empty();) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(rest.size(), line.size() + 1));
      lists.words_[std::string(line)] |= flag;
      for (std::size_t space = line.find(' '); space != std::string_view::npos;
           space = line.find(' ', space + 1))
        lists.words_[std::string(line.substr(0, space))] |= begins;
    }
  }
  return lists;
}

std::uint8_t WordLists::of(std::string_view folded) const {
  const auto found = words_.find(folded);
  return found == words_.end() ? std::uint8_t{0} : found->second;
}

}  // namespace hotline
