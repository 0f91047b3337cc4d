#include "i18n/codes.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>

#include "i18n/base/data_fault.h"
#include "i18n/base/json.h"
#include "i18n/language_tag.h"

namespace hotline {
namespace {

namespace fs = std::filesystem;

std::string file_of(const std::string& path) {
  return "i18n/codes/" + fs::path(path).filename().string();
}

tl::unexpected<Error> wrong(const std::string& path, std::string pointer, std::string_view say,
                            std::string_view about = {}) {
  return bad_data(std::move(pointer), file_of(path), say, about);
}

}  // namespace

Result<CodeSystems::System> CodeSystems::read(const std::string& path, std::string_view id) {
  auto document = read_json_file(path);
  if (!document) return bad_file(std::move(document.error()), file_of(path));
  const JsonValue* list = member(*document, "codes");
  if (text_at(*document, "system") != id) return wrong(path, "/system", "system_differs", id);
  if (list == nullptr || !list->IsArray() || list->Empty())
    return wrong(path, "/codes", "list_missing", "codes");
  System system;
  for (rapidjson::SizeType i = 0; i < list->Size(); ++i) {
    const JsonValue& entry = (*list)[i];
    const std::string at = pointer_join("/codes", i);
    const std::string name(text_at(entry, "code"));
    const JsonValue* labels = member(entry, "labels");
    if (name.empty()) return wrong(path, at + "/code", "side_missing", "code");
    if (system.find(name) != nullptr) return wrong(path, at + "/code", "code_twice", name);
    if (labels == nullptr || !labels->IsObject()) return wrong(path, at + "/labels", "label_missing", name);
    Code code;
    for (const auto& label : labels->GetObject())
      code.labels.emplace_back(as_text(label.name), as_text(label.value));
    for (const char* language : {"en", "fr", "es"}) {
      if (text_at(*labels, language).empty())
        return wrong(path, at + "/labels/" + language, "label_missing_in",
                     std::string(language) + ": " + name);
    }
    // Where the term comes from, whether that was seen or is general knowledge, and who has read its labels.
    const std::string_view seen = text_at(entry, "ev");
    const std::string_view status = text_at(entry, "status");
    if (text_at(entry, "source").empty()) return wrong(path, at + "/source", "source_missing");
    if (seen != "found" && seen != "general") return wrong(path, at + "/ev", "evidence_missing");
    if (status != "draft" && status != "reviewed") return wrong(path, at + "/status", "status_missing");
    code.parent = text_at(entry, "parent");
    // A code that names a parent further down is as good as one that comes after it; a parent must only
    // exist.
    for (const auto& each : entry.GetObject()) {
      if (each.value.IsString()) code.properties.emplace(as_text(each.name), as_text(each.value));
    }
    system.order.push_back(name);
    system.names.add(name, i);
    system.codes.push_back(std::move(code));
  }
  for (std::size_t i = 0; i < system.codes.size(); ++i) {
    // Generalising climbs from parent to parent: a circle would climb for ever.
    std::size_t steps = 0;
    for (const Code* up = &system.codes[i]; !up->parent.empty(); ++steps) {
      const Code* found = system.find(up->parent);
      if (found == nullptr || steps > system.codes.size())
        return wrong(path, "/codes", "parent_unknown", system.order[i]);
      up = found;
    }
  }
  return system;
}

Result<CodeSystems> CodeSystems::load(const std::string& root) {
  CodeSystems systems;
  std::error_code error;
  for (const auto& file : fs::directory_iterator(root + "/i18n/codes", error))
    if (file.path().extension() == ".json") systems.ids_.push_back(file.path().stem().string());
  std::sort(systems.ids_.begin(), systems.ids_.end());
  for (const std::string& id : systems.ids_) {
    auto system = read(root + "/i18n/codes/" + id + ".json", id);
    if (!system) return fail(system.error());
    systems.names_.add(id, static_cast<std::uint32_t>(systems.systems_.size()));
    systems.systems_.push_back(std::move(*system));
  }
  if (error || systems.systems_.empty()) return fail(ErrorCode::data_invalid, {}, "i18n/codes");
  return systems;
}

const CodeSystems::Code* CodeSystems::System::find(std::string_view code) const {
  const std::uint32_t found = names.find(code);
  return found == NameIndex::kNone ? nullptr : &codes[found];
}

const CodeSystems::System* CodeSystems::find(std::string_view system) const {
  const std::uint32_t found = names_.find(system);
  return found == NameIndex::kNone ? nullptr : &systems_[found];
}

const CodeSystems::Code* CodeSystems::find(std::string_view system, std::string_view code) const {
  const System* in = find(system);
  return in == nullptr ? nullptr : in->find(code);
}

bool CodeSystems::has_system(std::string_view system) const {
  return find(system) != nullptr;
}

bool CodeSystems::has(std::string_view system, std::string_view code) const {
  return find(system, code) != nullptr;
}

std::string_view CodeSystems::label_text(std::string_view system, std::string_view code,
                                         const LanguageTag& language) const {
  const Code* found = find(system, code);
  if (found == nullptr) return {};
  auto label = found->labels.end();
  first_fallback(language, [&](std::string_view tag) {
    label = std::find_if(found->labels.begin(), found->labels.end(),
                         [&](const auto& each) { return each.first == tag; });
    return label != found->labels.end();
  });
  return label == found->labels.end() ? std::string_view() : std::string_view(label->second);
}

std::optional<std::string> CodeSystems::label(std::string_view system, std::string_view code,
                                              const LanguageTag& language) const {
  const std::string_view text = label_text(system, code, language);
  return text.empty() ? std::nullopt : std::optional<std::string>(text);
}

std::optional<std::string> CodeSystems::parent(std::string_view system, std::string_view code) const {
  const Code* found = find(system, code);
  if (found == nullptr || found->parent.empty()) return std::nullopt;
  return found->parent;
}

std::string_view CodeSystems::property(std::string_view system, std::string_view code,
                                       std::string_view name) const {
  const Code* found = find(system, code);
  if (found == nullptr) return {};
  const auto property = found->properties.find(name);
  return property == found->properties.end() ? std::string_view{} : std::string_view(property->second);
}

std::vector<std::string> CodeSystems::codes(std::string_view system) const {
  const System* in = find(system);
  return in == nullptr ? std::vector<std::string>{} : in->order;
}

std::vector<std::string> CodeSystems::systems() const {
  return ids_;
}

}  // namespace hotline
