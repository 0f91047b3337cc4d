#include "adapters/engine/compile.h"

#include <algorithm>

#include "adapters/engine/compiler.h"
#include "adapters/engine/options.h"
#include "adapters/engine/review_rules.h"
#include "adapters/engine/steps.h"

namespace hotline {

namespace {

constexpr std::size_t kMostFaults = 40;

}  // namespace

Literal literal_of(const JsonValue& value) {
  if (value.IsBool()) return value.GetBool();
  if (value.IsInt64()) return value.GetInt64();
  return std::string(as_text(value));
}

Result<Ways> Compiler::ways_of(const JsonValue& one, Ways ways, const std::string& at) const {
  const std::string_view direction = text_at(one, "direction", "both");
  if (direction != "both" && direction != "in" && direction != "out")
    return wrong(pointer_join(at, "direction"), "direction_unknown");
  if (direction == "in") ways.out = false;
  if (direction == "out") ways.in = false;
  if (const std::string_view reason = text_at(one, "reason"); !reason.empty()) ways.reason = reason;
  const std::string_view as = text_at(one, "as");
  if (as == "is_one_of" || as == "presence" || as == "summary") {
    ways.in = false;
    if (ways.reason.empty()) ways.reason = "derived";
  }
  if (!ways.in && ways.reason.empty()) return wrong(at, "reason_missing");
  return ways;
}

Result<void> Compiler::rules(Rules list, RuleScope& scope, const Place& place, const Ways& ways,
                             const std::string& at, int depth) {
  if (!list.IsArray() || depth > 12) return wrong(at, "rule_not_understood");
  for (rapidjson::SizeType i = 0; i < list.Size(); ++i)
    if (auto done = rule(list[i], scope, place, ways, pointer_join(at, i), depth); !done) keep(done.error());
  return {};
}

Result<void> Compiler::rule(const JsonValue& one, RuleScope& scope, const Place& place, const Ways& ways,
                            const std::string& at, int depth) {
  if (!one.IsObject()) return wrong(at, "rule_not_understood");
  if (member(one, "fields") || member(one, "use") || member(one, "slots"))
    return block(one, scope, place, ways, at, depth);
  if (member(one, "drop")) return drop(one, scope, place, at);
  if (member(one, "extend")) return extend(one, scope, place, at);
  if (member(one, "value")) return constant(one, scope, place, at);
  return field(one, scope, place, ways, at);
}

Result<void> Compiler::field(const JsonValue& one, RuleScope& scope, const Place& place, const Ways& outer,
                             const std::string& at) {
  auto ways = ways_of(one, outer, at);
  if (!ways) return tl::make_unexpected(ways.error());
  const JsonValue* national_at = member(one, "national");
  const JsonValue* canonical_at = member(one, "canonical");
  if (national_at == nullptr || canonical_at == nullptr)
    return wrong(at, "side_missing", national_at == nullptr ? "national" : "canonical");
  std::string national(as_text(*national_at)), canonical(as_text(*canonical_at));
  const Ends ends{nationals_.node(place.national_path(national)),
                  canonicals_.node(place.canonical_path(canonical))};
  if (ends.national == nullptr)
    return wrong(pointer_join(at, "national"), "national_unknown", place.national_path(national));
  if (ends.canonical == nullptr)
    return wrong(pointer_join(at, "canonical"), "canonical_unknown", place.canonical_path(canonical));
  auto converter = read_converter(one, data_, ends);
  if (!converter) {
    Error error = std::move(converter.error());
    return fail(error.code, at + error.pointer, file_ + " " + error.expected);
  }
  Field made;
  made.at = at;
  made.converter = std::move(*converter);
  made.national_list = take_star(national);
  made.canonical_list = take_star(canonical);
  made.separator = text_at(one, "separator");
  made.national = scope.nationals.path(place.national + national);
  made.canonical = scope.canonicals.path(place.canonical + canonical);
  if (const auto* said = std::get_if<SaidAs>(&made.converter); said != nullptr && !said->language_at.empty())
    made.aside = scope.nationals.path(place.national + said->language_at);
  if (const auto* names = std::get_if<SurnamesAs>(&made.converter))
    made.aside = scope.nationals.path(place.national + names->second_at);
  made.in = ways->in;
  made.out = ways->out;
  made.reason = ways->reason;
  if (made.canonical_list != (made.national_list || !made.separator.empty()) ||
      (made.national_list && !made.separator.empty()))
    return wrong(at, "list_sides");
  if (const auto* code = std::get_if<CodeAs>(&made.converter); code != nullptr && !made.separator.empty())
    for (const NationalCode& each : code->map->all())
      if (each.code.find(made.separator) != std::string::npos)
        return wrong(pointer_join(at, "separator"), "separator_in_code", each.code);
  if (auto done = inbound_options(one, made, scope, place, *ends.canonical, at); !done) return done;
  if (auto done = cover_field(made, place, at); !done) return done;
  scope.items.emplace_back(std::move(made));
  return {};
}

// Whether the canonical record must have what stands at this path of a scope.
bool Compiler::is_required(const Place& place, const std::string& path) const {
  const std::string full = place.canonical_root + path;
  const std::size_t name = full.rfind('/');
  const SchemaNode* above = name == std::string::npos ? nullptr : canonicals_.node(full.substr(0, name));
  return above != nullptr && above->requires_member(full.substr(name + 1));
}

// What happens inbound when the place is taken, the value cannot be read, or the text goes on elsewhere.
Result<void> Compiler::inbound_options(const JsonValue& one, Field& made, RuleScope& scope,
                                       const Place& place, const SchemaNode& canonical,
                                       const std::string& at) {
  made.fallback = flag_at(one, "default");
  if (made.fallback && (made.out || made.canonical_list))
    return wrong(pointer_join(at, "default"), "default_not_inbound");
  made.keep_unread = text_at(one, "unreadable") == "keep";
  made.required_code = made.in && !made.fallback && std::holds_alternative<CodeAs>(made.converter) &&
                       is_required(place, made.canonical.pointer);
  made.format = format_from(canonical.labels().format).value_or(Format::none);
  const JsonValue* joined = member(one, "joined");
  if (joined == nullptr) return {};
  if (!joined->IsArray() || !std::holds_alternative<TextAs>(made.converter) || made.canonical_list)
    return wrong(pointer_join(at, "joined"), "joined_not_text");
  for (const JsonValue& next : joined->GetArray()) {
    const std::string path(as_text(next));
    if (!nationals_.is_leaf(place.national_path(path)))
      return wrong(pointer_join(at, "joined"), "national_unknown", place.national_path(path));
    nationals_.cover(place.national_path(path));
    made.joined.push_back(scope.nationals.path(place.national + path));
  }
  return {};
}

// Marks what the rule speaks of; refuses an end that is not a leaf.
Result<void> Compiler::cover_field(const Field& made, const Place& place, const std::string& at) {
  const std::string national = place.national_root + made.national.pointer + (made.national_list ? "/*" : "");
  const std::string canonical =
      place.canonical_root + made.canonical.pointer + (made.canonical_list ? "/*" : "");
  std::vector<std::string> nationals, canonicals;
  const auto labelled = [&](const Labelled& as) {
    nationals.push_back(national + as.code.pointer);
    for (const auto& [below, language] : as.labels) nationals.push_back(national + below.pointer);
    for (const auto& [below, constant] : as.with) nationals.push_back(national + below.pointer);
  };
  bool any_canonical = false;  // a derived field may look at any node
  if (const auto* code = std::get_if<CodeAs>(&made.converter))
    labelled(code->labelled);
  else if (const auto* table = std::get_if<TableAs>(&made.converter))
    labelled(table->labelled);
  else
    nationals.push_back(national);
  if (const auto* said = std::get_if<SaidAs>(&made.converter)) {
    canonicals = {canonical + "/text", canonical + "/language"};
    if (!said->language_at.empty()) nationals.push_back(place.national_path(said->language_at));
  } else if (const auto* names = std::get_if<SurnamesAs>(&made.converter)) {
    canonicals = {canonical + names->first, canonical + names->second};
    nationals.push_back(place.national_path(names->second_at));
  } else if (std::holds_alternative<PresenceAs>(made.converter) ||
             std::holds_alternative<SummaryAs>(made.converter) ||
             std::holds_alternative<IsOneOfAs>(made.converter)) {
    any_canonical = true;
  } else {
    canonicals = {canonical};
  }
  if (made.national_list && (canonicals.size() > 1 || any_canonical)) return wrong(at, "no_list_here");
  for (const std::string& leaf : nationals) {
    if (!nationals_.is_leaf(leaf)) return wrong(pointer_join(at, "national"), "national_not_a_field", leaf);
    nationals_.cover(leaf);
  }
  for (const std::string& leaf : canonicals) {
    if (!canonicals_.is_leaf(leaf))
      return wrong(pointer_join(at, "canonical"), "canonical_not_a_field", leaf);
    if (made.out) canonicals_.cover(leaf);
  }
  return {};
}

Result<void> Compiler::constant(const JsonValue& one, RuleScope& scope, const Place& place,
                                const std::string& at) {
  Constant made;
  made.at_rule = at;
  made.canonical = member(one, "canonical") != nullptr;
  const std::string path(text_at(one, made.canonical ? "canonical" : "national"));
  const std::string full = made.canonical ? place.canonical_path(path) : place.national_path(path);
  Coverage& coverage = made.canonical ? canonicals_ : nationals_;
  // A coded field may be given by its code alone.
  const bool code_of_coded =
      made.canonical && full.size() > 5 && full.compare(full.size() - 5, 5, "/code") == 0;
  const std::string leaf = code_of_coded && !coverage.is_leaf(full) ? full.substr(0, full.size() - 5) : full;
  if (!coverage.is_leaf(leaf))
    return wrong(at, made.canonical ? "canonical_unknown" : "national_unknown", full);
  made.coded = leaf != full;
  made.fallback = flag_at(one, "default");
  if (made.fallback && !made.canonical) return wrong(pointer_join(at, "default"), "default_not_inbound");
  if (!made.fallback) coverage.cover(leaf);
  made.at = made.canonical ? scope.canonicals.path(place.canonical + path)
                           : scope.nationals.path(place.national + path);
  made.value = literal_of(*member(one, "value"));
  if (const std::string only(text_at(one, "if")); !only.empty()) {
    const bool known = made.canonical ? nationals_.node(place.national_path(only)) != nullptr
                                      : canonicals_.node(place.canonical_path(only)) != nullptr;
    if (!known)
      return wrong(pointer_join(at, "if"), made.canonical ? "national_unknown" : "canonical_unknown", only);
    made.only_if = made.canonical ? scope.nationals.path(place.national + only)
                                  : scope.canonicals.path(place.canonical + only);
  }
  scope.items.emplace_back(std::move(made));
  return {};
}

Result<void> Compiler::drop(const JsonValue& one, RuleScope& scope, const Place& place,
                            const std::string& at) {
  std::string path(text_at(one, "national"));
  const std::string reason(text_at(one, "drop"));
  const bool star = take_star(path);
  const std::string full = place.national_path(path);
  auto select = selection(one, full + "/*", at);
  if (!select) return tl::make_unexpected(select.error());
  const bool each = select->where || select->otherwise;
  if (each && !star) return wrong(pointer_join(at, "national"), "where_without_list");
  if (reason.empty()) return wrong(pointer_join(at, "drop"), "reason_missing");
  if (!nationals_.cover_below(full)) return wrong(pointer_join(at, "national"), "national_unknown", full);
  scope.items.emplace_back(
      Drop{scope.nationals.path(place.national + path), reason, each, std::move(*select), at});
  return {};
}

Result<void> Compiler::extend(const JsonValue& one, RuleScope& scope, const Place& place,
                              const std::string& at) {
  const std::string path(text_at(one, "national"));
  const std::string name(text_at(one, "extend"));
  const std::string full = place.national_path(path);
  const SchemaNode* node = nationals_.node(full);
  if (!nationals_.is_leaf(full) || node == nullptr)
    return wrong(pointer_join(at, "national"), "national_unknown", full);
  if (name.empty()) return wrong(pointer_join(at, "extend"), "option_missing", "extend");
  if (node->type() != "string") return wrong(at, "national_type", "string");
  nationals_.cover(full);
  scope.items.emplace_back(Extend{scope.nationals.path(place.national + path), name, at});
  return {};
}

Result<void> Compiler::unsupported() {
  const JsonValue* list = member(data_.mapping, "unsupported");
  if (list == nullptr) return {};
  if (!list->IsArray()) return wrong("/unsupported", "rule_not_understood");
  for (rapidjson::SizeType i = 0; i < list->Size(); ++i) {
    const std::string path(text_at((*list)[i], "canonical")), reason(text_at((*list)[i], "reason"));
    const std::string at = pointer_join("/unsupported", i);
    if (reason.empty()) return wrong(at, "reason_missing");
    if (!canonicals_.cover_below(path))
      return wrong(pointer_join(at, "canonical"), "canonical_unknown", path);
    plan_.unsupported.emplace_back(path, reason);
  }
  return {};
}

// A schema that is open somewhere lets fields pass that no rule can name; the mapping says what becomes of
// them.
Result<void> Compiler::others() {
  plan_.others = text_at(data_.mapping, "others");
  if (plan_.others.empty() && nationals_.is_open()) return wrong("", "others_missing");
  return {};
}

// Every leaf of both schemas has a fate; all that have none are named, by their paths.
void Compiler::total() {
  for (const std::string& leaf : nationals_.open())
    faults_.push_back({ErrorCode::mapping_incomplete, leaf, file_ + " national_without_rule " + leaf});
  for (const std::string& leaf : canonicals_.open())
    faults_.push_back({ErrorCode::mapping_incomplete, leaf, file_ + " canonical_without_rule " + leaf});
}

Result<Plan> Compiler::refuse() const {
  Error error{faults_.front().code, faults_.front().pointer, faults_.front().expected, {}};
  for (std::size_t i = 1; i < faults_.size() && i < kMostFaults; ++i) error.more.push_back(faults_[i]);
  return fail(std::move(error));
}

// A rule that is not understood leaves its fields without a fate; so the rules are judged first.
Result<Plan> Compiler::run() {
  const JsonValue& mapping = data_.mapping;
  if (text_at(mapping, "profile") != data_.id) return wrong("/profile", "profile_differs", data_.id);
  const JsonValue* fields = member(mapping, "fields");
  if (fields == nullptr) return wrong("", "rule_not_understood");
  auto review = read_review(mapping, !data_.codes.empty(), nationals_, file_);
  if (!review) return tl::make_unexpected(review.error());
  plan_.review = std::move(*review);
  if (auto done = rules(*fields, plan_.root, {}, {}, "/fields", 0); !done) keep(done.error());
  settle_otherwise(plan_.root);
  if (auto done = unsupported(); !done) keep(done.error());
  if (auto done = others(); !done) keep(done.error());
  canonicals_.cover_below("/extensions");  // the engine's own: what is kept there, and what is not restored
  if (faults_.empty()) total();
  if (!faults_.empty()) return refuse();
  for (Fault& fault : prove({plan_, data_.schema, canonical_, codes_})) keep(named(std::move(fault)));
  if (!faults_.empty()) return refuse();
  set_steps(plan_.root);
  return std::move(plan_);
}

Result<Plan> compile(const ProfileData& data, const Schema& canonical, const CodeSystems& codes) {
  return Compiler(data, canonical, codes).run();
}

}  // namespace hotline
