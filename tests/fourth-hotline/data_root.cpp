#include "tests/fourth-hotline/data_root.h"

#include <filesystem>
#include <stdexcept>

namespace hotline::test {

namespace fs = std::filesystem;

DataRoot::DataRoot() : root_(home_.path("root")) {
  fs::create_directories(root_);
  for (const char* folder : {"i18n", "config", "adapters", "consent"})
    fs::copy(repository() + "/" + folder, root_ + "/" + folder, fs::copy_options::recursive);
  fs::create_directory_symlink(repository() + "/gateway",
                               root_ + "/gateway");  // the console and the API's description
  const std::string brought = repository() + "/tests/fourth-hotline";
  for (const char* folder : {"i18n", "config", "adapters"})
    fs::copy(brought + "/" + folder, root_ + "/" + folder, fs::copy_options::recursive);

  const std::string members = file("config/registry/demo-members.json");
  auto list = parse_json(read_whole(members)).value();
  const auto member = parse_json(read_whole(brought + "/member.json")).value();
  list["members"].PushBack(JsonValue(member, list.GetAllocator()), list.GetAllocator());
  write_whole(members, to_pretty(list));
}

void DataRoot::change(const std::string& below, const std::string& from, const std::string& to) const {
  std::string text = read_whole(file(below));
  const auto at = text.find(from);
  if (at == text.npos) throw std::runtime_error("not there: " + from);
  text.replace(at, from.size(), to);
  write_whole(file(below), text);
}

Outcome DataRoot::run(std::vector<std::string> words, const std::string& language) const {
  words.insert(words.end(), {"--lang", language});
  return run_gateway_command(std::move(words), {}, {{"HOTLINE_ROOT", root_}});
}

}  // namespace hotline::test
