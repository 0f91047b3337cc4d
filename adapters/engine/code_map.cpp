#include "adapters/engine/code_map.h"

#include <algorithm>

#include "adapters/engine/data_file.h"
#include "adapters/engine/prove.h"
#include "i18n/base/data_fault.h"

namespace hotline {

namespace {

// A target of either table. A code that is written must be on the other list; one that is not must say why.
Result<CodeTarget> read_target(const JsonValue& entry, const std::string& pointer, const std::string& file) {
  if (!entry.IsObject()) return bad_data(pointer, file, "relation_unknown");
  auto fate = fate_of_relation(text_at(entry, "relation"));
  if (!fate)
    return bad_data(pointer_join(pointer, "relation"), file, "relation_unknown", text_at(entry, "relation"));
  const std::string_view evidence = text_at(entry, "ev");
  if (evidence != "found" && evidence != "general")
    return bad_data(pointer_join(pointer, "ev"), file, "evidence_missing");
  CodeTarget target{std::string(text_at(entry, "code")), *fate, std::string(text_at(entry, "reason"))};
  const bool dropped = target.fate == Fate::dropped;
  if (dropped && target.reason.empty())
    return bad_data(pointer_join(pointer, "reason"), file, "reason_missing");
  if (dropped ? !target.code.empty() : target.code.empty())
    return bad_data(pointer_join(pointer, "code"), file, dropped ? "code_with_reason" : "side_missing",
                    "code");
  return target;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::string fold_code(std::string_view text) {
  std::string folded(trimmed(text));
  for (char& c : folded)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return folded;
}

std::string_view NationalCode::label(std::string_view base_language) const {
  const auto found = labels.find(base_language);
  return found == labels.end() ? std::string_view(code) : std::string_view(found->second);
}

Result<CodeMap> CodeMap::load(const std::string& path, const std::string& file, const CodeSystems& codes) {
  auto document = read_data_file(path, file);
  if (!document) return tl::make_unexpected(document.error());
  CodeMap map;
  map.system_ = text_at(*document, "system");
  map.version_ = text_at(*document, "version");
  map.language_ = text_at(*document, "language");
  if (!codes.has_system(map.system_)) return bad_data("/system", file, "system_unknown", map.system_);
  if (!is_version(map.version_)) return bad_data("/version", file, "version_form");
  if (map.language_.empty()) return bad_data("/language", file, "language_unknown");
  const JsonValue* nationals = member(*document, "national");
  const JsonValue* outbound = member(*document, "outbound");
  const JsonValue* inbound = member(*document, "inbound");
  if (nationals == nullptr || !nationals->IsArray())
    return bad_data("/national", file, "list_missing", "national");
  if (outbound == nullptr || !outbound->IsObject())
    return bad_data("/outbound", file, "list_missing", "outbound");
  if (inbound == nullptr || !inbound->IsObject())
    return bad_data("/inbound", file, "list_missing", "inbound");
  if (auto ok = map.read_nationals(*nationals, file); !ok) return tl::make_unexpected(ok.error());
  if (auto ok = map.read_outbound(*outbound, file, codes); !ok) return tl::make_unexpected(ok.error());
  if (auto ok = map.read_inbound(*inbound, file, codes); !ok) return tl::make_unexpected(ok.error());
  if (const auto faults = prove_codes(*document); !faults.empty()) {
    Error error{faults.front().code, faults.front().pointer, file + " " + faults.front().expected, {}};
    for (std::size_t i = 1; i < faults.size(); ++i)
      error.more.push_back({faults[i].code, faults[i].pointer, file + " " + faults[i].expected});
    return fail(std::move(error));
  }
  return map;
}

Result<void> CodeMap::read_nationals(const JsonValue& list, const std::string& file) {
  for (rapidjson::SizeType i = 0; i < list.Size(); ++i) {
    const std::string pointer = pointer_join("/national", i);
    NationalCode one;
    one.code = text_at(list[i], "code");
    if (one.code.empty()) return bad_data(pointer, file, "side_missing", "code");
    if (const JsonValue* labels = member(list[i], "labels"))
      for (const auto& label : labels->GetObject())
        one.labels.emplace(std::string(as_text(label.name)), std::string(as_text(label.value)));
    if (!spellings_.add(fold_code(one.code), i)) return bad_data(pointer, file, "word_twice", one.code);
    if (const JsonValue* also = member(list[i], "also"))
      for (const auto& spelling : also->GetArray())
        if (!spellings_.add(fold_code(as_text(spelling)), i))
          return bad_data(pointer_join(pointer, "also"), file, "word_twice", as_text(spelling));
    if (trimmed(one.code) == one.code) words_.add(one.code, i);
    nationals_.push_back(std::move(one));
  }
  return {};
}

Result<void> CodeMap::read_outbound(const JsonValue& table, const std::string& file,
                                    const CodeSystems& codes) {
  for (const auto& entry : table.GetObject()) {
    const std::string_view code = as_text(entry.name);
    const std::string pointer = pointer_join("/outbound", code);
    if (!codes.has(system_, code)) return bad_data(pointer, file, "code_not_shared", code);
    auto target = read_target(entry.value, pointer, file);
    if (!target) return tl::make_unexpected(target.error());
    const NationalCode* known = national(target->code);
    if (!target->code.empty() && (known == nullptr || known->code != target->code))
      return bad_data(pointer_join(pointer, "code"), file, "code_not_listed", target->code);
    if (codes_.add(code, static_cast<std::uint32_t>(outbound_.size())))
      outbound_.push_back(std::move(*target));
  }
  for (const std::string& code : codes.codes(system_))
    if (codes_.find(code) == NameIndex::kNone)
      return fail(ErrorCode::mapping_incomplete, pointer_join("/outbound", code),
                  file + " code_without_fate " + code);
  return {};
}

Result<void> CodeMap::read_inbound(const JsonValue& table, const std::string& file,
                                   const CodeSystems& codes) {
  std::vector<bool> given(nationals_.size(), false);
  inbound_.resize(nationals_.size());
  for (const auto& entry : table.GetObject()) {
    const std::string_view code = as_text(entry.name);
    const std::string pointer = pointer_join("/inbound", code);
    const NationalCode* known = national(code);
    if (known == nullptr || known->code != code) return bad_data(pointer, file, "code_not_listed", code);
    auto target = read_target(entry.value, pointer, file);
    if (!target) return tl::make_unexpected(target.error());
    if (!target->code.empty() && !codes.has(system_, target->code))
      return bad_data(pointer_join(pointer, "code"), file, "code_not_shared", target->code);
    const auto at = static_cast<std::size_t>(known - nationals_.data());
    if (!given[at]) inbound_[at] = std::move(*target);
    given[at] = true;
  }
  for (std::size_t i = 0; i < nationals_.size(); ++i)
    if (!given[i])
      return fail(ErrorCode::mapping_incomplete, pointer_join("/inbound", nationals_[i].code),
                  file + " code_without_fate " + nationals_[i].code);
  return {};
}

const NationalCode* CodeMap::national(std::string_view text) const {
  std::uint32_t found = words_.find(text);
  if (found == NameIndex::kNone) found = spellings_.find(fold_code(text));
  return found == NameIndex::kNone ? nullptr : &nationals_[found];
}

const CodeTarget& CodeMap::outbound(std::string_view canonical) const {
  static const CodeTarget unknown{"", Fate::dropped, "code_unknown"};
  const std::uint32_t found = codes_.find(canonical);
  return found == NameIndex::kNone ? unknown : outbound_[found];
}

const CodeTarget& CodeMap::no_code() {
  static const CodeTarget none{"", Fate::dropped, "no_common_code"};
  return none;
}

const CodeTarget& CodeMap::inbound(const NationalCode& national) const {
  return inbound_[static_cast<std::size_t>(&national - nationals_.data())];
}

}  // namespace hotline
