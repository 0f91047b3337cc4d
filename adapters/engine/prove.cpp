#include "adapters/engine/prove.h"

#include <map>

namespace hotline {

std::vector<Fault> prove(const Proof& proof) {
  std::vector<Fault> faults = prove_types(proof);
  for (auto* more : {&prove_conditions, &prove_writes})
    for (Fault& fault : more(proof)) faults.push_back(std::move(fault));
  return faults;
}

namespace {

// What the relation of a target is, seen from the target.
std::string_view inverse(std::string_view relation) {
  if (relation == "wider") return "narrower";
  if (relation == "narrower") return "wider";
  return relation;
}

bool has_note(const JsonValue* entry) {
  if (entry == nullptr || !entry->IsObject()) return false;
  for (const auto& one : entry->GetObject())
    if (as_text(one.name).starts_with("note") && !as_text(one.value).empty()) return true;
  return false;
}

void agree(const JsonValue& from, const JsonValue& back, std::string_view side, std::vector<Fault>& faults) {
  for (const auto& one : from.GetObject()) {
    const std::string_view code = as_text(one.name), target = text_at(one.value, "code");
    const std::string_view relation = text_at(one.value, "relation");
    const JsonValue* answer = target.empty() ? nullptr : member(back, target);
    if (has_note(&one.value) || has_note(answer)) continue;
    const bool meets = answer != nullptr && text_at(*answer, "code") == code;
    const std::string_view said = meets ? text_at(*answer, "relation") : std::string_view();
    const std::string place = pointer_join(pointer_join("", side), code);
    if (relation == "equivalent" && said != "equivalent")
      faults.push_back(unproven(place, "equivalent_one_way", target));
    else if (meets && side == "outbound" && said != inverse(relation) && said != "equivalent")
      faults.push_back(unproven(place, "relations_disagree", target));
  }
}

// A term that several codes are written as is more than the one that it is called equivalent to, unless the
// others are kinds of that one: then the file says so.
void one_equivalent(const JsonValue& outbound, const JsonValue& inbound, std::vector<Fault>& faults) {
  std::map<std::string_view, std::size_t> written;
  for (const auto& one : outbound.GetObject())
    if (text_at(one.value, "relation") != "related") ++written[text_at(one.value, "code")];
  for (const auto& one : inbound.GetObject()) {
    const std::string_view term = as_text(one.name), code = text_at(one.value, "code");
    const JsonValue* back = code.empty() ? nullptr : member(outbound, code);
    const bool meets = back != nullptr && text_at(*back, "code") == term;
    if (meets && written[term] > 1 && text_at(one.value, "relation") == "equivalent" && !has_note(&one.value))
      faults.push_back(unproven(pointer_join("/inbound", term), "equivalent_of_several", code));
  }
}

}  // namespace

std::vector<Fault> prove_codes(const JsonValue& codes) {
  std::vector<Fault> faults;
  const JsonValue* outbound = member(codes, "outbound");
  const JsonValue* inbound = member(codes, "inbound");
  if (outbound == nullptr || inbound == nullptr || !outbound->IsObject() || !inbound->IsObject())
    return faults;
  agree(*outbound, *inbound, "outbound", faults);
  agree(*inbound, *outbound, "inbound", faults);
  one_equivalent(*outbound, *inbound, faults);
  return faults;
}

}  // namespace hotline
