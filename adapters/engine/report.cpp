#include "adapters/engine/report.h"

#include <algorithm>

namespace hotline {

std::string_view to_string(Fate fate) {
  switch (fate) {
    case Fate::carried:
      return "carried";
    case Fate::narrowed:
      return "narrowed";
    case Fate::widened:
      return "widened";
    case Fate::related:
      return "related";
    case Fate::dropped:
      return "dropped";
  }
  return "dropped";
}

std::string_view relation_of(Fate fate) {
  switch (fate) {
    case Fate::carried:
      return "equivalent";
    case Fate::narrowed:
      return "narrower";
    case Fate::widened:
      return "wider";
    case Fate::related:
      return "related";
    case Fate::dropped:
      return "not-mapped";
  }
  return "not-mapped";
}

Result<Fate> fate_of_relation(std::string_view relation) {
  for (Fate fate : {Fate::carried, Fate::narrowed, Fate::widened, Fate::related, Fate::dropped})
    if (relation_of(fate) == relation) return fate;
  return fail(ErrorCode::value_not_allowed, "", "relation");
}

Fate compose(Fate first, Fate second) {
  if (first == Fate::dropped || second == Fate::dropped) return Fate::dropped;
  if (first == Fate::carried || first == second) return second;
  return second == Fate::carried ? first : Fate::related;
}

std::vector<ReportNote> report_notes(const std::vector<TidyNote>& notes) {
  std::vector<ReportNote> all;
  all.reserve(notes.size());
  for (const TidyNote& note : notes) all.push_back({note.pointer, std::string(to_string(note.note))});
  return all;
}

std::vector<ReportLine> MappingReport::lines() const {
  std::vector<ReportLine> all = trail.lines();
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

void MappingReport::change(const std::function<void(ReportLine&)>& each) {
  more = lines();
  trail = Trail();
  std::for_each(more.begin(), more.end(), each);
}

Json MappingReport::to_json() const {
  Json document(rapidjson::kObjectType);
  auto& allocator = document.GetAllocator();
  set_text(document, "from", from, allocator);
  set_text(document, "to", to, allocator);
  if (!maps.empty()) {
    JsonValue versions(rapidjson::kArrayType);
    for (const std::string& one : maps) versions.PushBack(make_text(one, allocator), allocator);
    set_member(document, "maps", std::move(versions), allocator);
  }
  JsonValue all(rapidjson::kArrayType);
  for (const ReportLine& line : lines()) {
    JsonValue one(rapidjson::kObjectType);
    set_text(one, "source", line.source, allocator);
    set_text(one, "target", line.target, allocator);
    set_text(one, "fate", to_string(line.fate), allocator);
    if (!line.code_system.empty()) set_text(one, "code_system", line.code_system, allocator);
    if (!line.reason.empty()) set_text(one, "reason", line.reason, allocator);
    all.PushBack(one, allocator);
  }
  set_member(document, "lines", std::move(all), allocator);
  if (notes.empty()) return document;
  JsonValue tidied(rapidjson::kArrayType);
  for (const ReportNote& note : notes) {
    JsonValue one(rapidjson::kObjectType);
    set_text(one, "source", note.source, allocator);
    set_text(one, "note", note.note, allocator);
    tidied.PushBack(one, allocator);
  }
  set_member(document, "notes", std::move(tidied), allocator);
  return document;
}

}  // namespace hotline
