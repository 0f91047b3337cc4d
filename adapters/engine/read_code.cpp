#include "adapters/engine/read_code.h"

#include "i18n/base/utf8.h"

namespace hotline {

namespace {

// Bounds of the canonical record for an original.
constexpr std::size_t kSystem = 64;
constexpr std::size_t kCode = 120;
constexpr std::size_t kLabel = 400;

std::string_view first_code_points(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  for (; count > 0 && at < text.size(); --count) next_code_point(text, at);
  return text.substr(0, at);
}

// The list that a foreign code says it is of.
std::string_view foreign_system(const Labelled& labelled, const JsonValue& national, CodedPlace place) {
  for (const auto& [below, constant] : labelled.with) {
    const JsonValue* value = found_at(labelled, national, below, place).value;
    if (value != nullptr && value->IsString()) return trimmed(as_text(*value));
  }
  return {};
}

JsonValue original_of(const CodeMap& map, const SaidCode& said, Json::AllocatorType& allocator) {
  JsonValue original(rapidjson::kObjectType);
  set_text(original, "system", said.system, allocator);
  if (said.ours) set_text(original, "version", map.version(), allocator);
  set_text(original, "code", said.code, allocator);
  set_text(original, "label", first_code_points(said.label, kLabel), allocator);
  set_text(original, "language", said.language, allocator);
  return original;
}

}  // namespace

SaidCode said_code(const CodeAs& as, const JsonValue& national) {
  const std::string& usual = as.map->language();
  const CodedPlace place = find_coded(as.labelled, national);
  const auto text_of = [&](const Below& below) {
    const JsonValue* value = found_at(as.labelled, national, below, place).value;
    return value == nullptr ? std::string_view() : trimmed(as_text(*value));
  };
  SaidCode said{as.own_system, text_of(as.labelled.code), {}, usual};
  for (const auto& [below, language] : as.labelled.labels) {
    const std::string_view label = text_of(below);
    if (label.empty() || (!said.label.empty() && language != usual)) continue;
    said.label = label;
    said.language = language == "reader" ? std::string_view(usual) : std::string_view(language);
  }
  if (said.label.empty()) said.label = said.code;
  const std::string_view foreign =
      place.ours ? std::string_view() : foreign_system(as.labelled, national, place);
  if (said.code.empty()) {
    said.code = first_code_points(said.label, kCode);
  } else if (!foreign.empty() && foreign.size() <= kSystem) {
    said.system = foreign;
    said.ours = false;
  }
  return said;
}

Result<ReadCode> read_code(const CodeAs& as, const SaidCode& said, Json::AllocatorType& allocator) {
  static const CodeTarget unknown{"", Fate::dropped, "code_unknown"};
  const CodeMap& map = *as.map;
  const NationalCode* national = said.ours ? map.national(said.code) : nullptr;
  const CodeTarget& target = national == nullptr ? unknown : map.inbound(*national);
  const bool dropped = target.fate == Fate::dropped;
  if (dropped && as.closed) return fail(ErrorCode::code_unknown, "", std::string(said.system));
  ReadCode read{JsonValue(rapidjson::kObjectType), target.fate,
                dropped ? std::string_view(target.reason) : relation_of(target.fate), target.code};
  if (!dropped) set_text(read.coded, "code", target.code, allocator);
  if (target.fate == Fate::carried) return read;
  set_text(read.coded, "relation", relation_of(target.fate), allocator);
  SaidCode listed = said;
  if (national != nullptr) {
    listed.code = national->code;
    listed.label = national->label(map.language());
    listed.language = map.language();
  }
  set_member(read.coded, "original", original_of(map, listed, allocator), allocator);
  return read;
}

}  // namespace hotline
