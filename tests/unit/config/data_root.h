// A copy of the shipped data in a folder of its own, to be damaged.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <string>
#include <string_view>

#include "i18n/base/json.h"
#include "i18n/base/text_files.h"

namespace hotline {

class DataRoot {
 public:
  DataRoot() {
    std::string name = std::filesystem::temp_directory_path() / "config_test_XXXXXX";
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
    for (const char* folder : {"config", "i18n"}) {
      std::filesystem::copy(std::filesystem::path(HOTLINE_ROOT) / folder, path_ / folder,
                            std::filesystem::copy_options::recursive);
    }
  }
  ~DataRoot() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  DataRoot(const DataRoot&) = delete;
  DataRoot& operator=(const DataRoot&) = delete;

  std::string path() const { return path_.string(); }
  std::string file(std::string_view name) const { return (path_ / name).string(); }

  void write(std::string_view name, std::string_view text) {
    std::filesystem::create_directories((path_ / name).parent_path());
    ASSERT_TRUE(write_file(file(name), text));
  }
  void remove(std::string_view name) { std::filesystem::remove(path_ / name); }

  // Puts a value at a pointer; what leads there is made where it is missing.
  void set(std::string_view name, std::string_view pointer, std::string_view text) {
    auto document = read_json_file(file(name));
    ASSERT_TRUE(document);
    const Json value = parse_json(text).value();
    JsonValue* at = &*document;
    auto& to = document->GetAllocator();
    while (!pointer.empty()) {
      pointer.remove_prefix(1);
      const std::string token(pointer.substr(0, pointer.find('/')));
      pointer.remove_prefix(token.size());
      if (at->IsArray()) {
        at = &(*at)[static_cast<rapidjson::SizeType>(std::stoul(token))];
        continue;
      }
      if (!at->HasMember(token)) set_member(*at, token, JsonValue(rapidjson::kObjectType), to);
      at = &(*at)[token];
    }
    at->CopyFrom(value, to);
    write(name, to_pretty(*document));
  }

 private:
  std::filesystem::path path_;
};

}  // namespace hotline
