#include "adapters/engine/translation_maps.h"

#include <algorithm>
#include <map>

namespace hotline {

std::vector<std::string> translation_maps(const ProfileData& data) {
  std::map<std::string, std::size_t> uses;
  for (const auto& [system, map] : data.codes) ++uses[map->version()];
  const auto most = std::max_element(uses.begin(), uses.end(),
                                     [](const auto& a, const auto& b) { return a.second < b.second; });
  std::vector<std::string> maps = {data.id + "@" + data.version};
  if (most == uses.end()) return maps;
  maps.push_back(data.id + "/codes@" + most->first);
  for (const auto& [system, map] : data.codes)
    if (map->version() != most->first) maps.push_back(data.id + "/codes/" + system + "@" + map->version());
  return maps;
}

void add_maps(Json& record, const std::vector<std::string>& maps, MappingReport& report) {
  auto& allocator = record.GetAllocator();
  JsonValue list(rapidjson::kArrayType);
  for (const std::string& one : maps) {
    report.more.push_back(
        {"", pointer_join("/translation/maps", list.Size()), Fate::carried, {}, "constant"});
    list.PushBack(make_text(one, allocator), allocator);
  }
  JsonValue translation(rapidjson::kObjectType);
  set_member(translation, "maps", std::move(list), allocator);
  record.RemoveMember("translation");
  set_member(record, "translation", std::move(translation), allocator);
  report.maps = maps;
}

std::vector<std::string> maps_of(const JsonValue& record) {
  std::vector<std::string> maps;
  const JsonValue* translation = member(record, "translation");
  const JsonValue* list = translation == nullptr ? nullptr : member(*translation, "maps");
  if (list == nullptr || !list->IsArray()) return maps;
  for (const JsonValue& one : list->GetArray()) maps.emplace_back(as_text(one));
  return maps;
}

}  // namespace hotline
