#include "adapters/engine/own_additions.h"

#include <algorithm>

#include "adapters/engine/walk.h"
#include "i18n/base/json_pointer.h"

namespace hotline {

namespace {

std::vector<std::string> texts(const JsonValue& object, std::string_view name) {
  std::vector<std::string> all;
  if (const JsonValue* list = member(object, name); list != nullptr && list->IsArray())
    for (const JsonValue& one : list->GetArray()) all.emplace_back(as_text(one));
  return all;
}

bool begins(std::string_view text, const std::vector<std::string>& with) {
  return std::any_of(with.begin(), with.end(), [&](const std::string& one) { return text.starts_with(one); });
}

}  // namespace

OwnAdditions OwnAdditions::of(const JsonValue& mapping) {
  OwnAdditions made;
  if (const JsonValue* given = member(mapping, "additions")) {
    made.members_ = texts(*given, "members");
    made.extensions_ = texts(*given, "extensions");
  }
  return made;
}

bool OwnAdditions::hold(const JsonValue& record, std::string_view pointer) const {
  const JsonValue* here = &record;
  while (!pointer.empty() && here != nullptr) {
    const std::string_view token = pointer_next(pointer);
    if (begins(token, members_)) return true;
    const auto name = pointer_unescape(token);
    here = name ? child_of(*here, *name) : nullptr;
    if (here != nullptr && here->IsObject() && begins(text_at(*here, "url"), extensions_)) return true;
  }
  return false;
}

void OwnAdditions::say_in(MappingReport& report, const JsonValue& record) const {
  if (members_.empty() && extensions_.empty()) return;
  report.change([&](ReportLine& line) {
    if (line.source.empty() || line.target.empty() || line.fate == Fate::dropped) return;
    if (line.reason == "original_kept" || !hold(record, line.target)) return;
    line.fate = Fate::dropped;
    line.reason = "kept_in_extension";
  });
}

}  // namespace hotline
