// A copy of the shipped data in a folder of its own, to be damaged.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <string_view>

#include "i18n/base/json.h"
#include "i18n/base/text_files.h"
#include "tests/support/temporary_folder.h"

namespace hotline {

class DataRoot {
 public:
  DataRoot() {
    for (const char* folder : {"config", "i18n"}) {
      std::filesystem::copy(std::filesystem::path(HOTLINE_ROOT) / folder, path_ / folder,
                            std::filesystem::copy_options::recursive);
    }
  }

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
  const test::TemporaryFolder folder_;
  const std::filesystem::path path_ = folder_.path();
};

}  // namespace hotline
