#include "adapters/form/shape_rules.h"

#include <algorithm>
#include <array>

#include "adapters/form/shape_steps.h"
#include "config/formats.h"

namespace hotline {

namespace {

std::vector<std::string> tokens_of(std::string_view pointer) {
  std::vector<std::string> tokens;
  while (!pointer.empty()) {
    pointer.remove_prefix(1);
    tokens.emplace_back(pointer.substr(0, pointer.find('/')));
    pointer.remove_prefix(tokens.back().size());
  }
  return tokens;
}

std::vector<std::string> texts(const JsonValue& rule, std::string_view name) {
  std::vector<std::string> all;
  if (const JsonValue* list = member(rule, name); list != nullptr && list->IsArray())
    for (const JsonValue& one : list->GetArray()) all.emplace_back(as_text(one));
  return all;
}

std::map<std::string, std::string> words(const JsonValue& rule, std::string_view name) {
  std::map<std::string, std::string> all;
  if (const JsonValue* list = member(rule, name); list != nullptr && list->IsObject())
    for (const auto& one : list->GetObject()) all.emplace(as_text(one.name), as_text(one.value));
  return all;
}

SliceRule slice(const JsonValue& rule) {
  SliceRule made{
      tokens_of(text_at(rule, "slice")), {}, std::string(text_at(rule, "as")), flag_at(rule, "many")};
  const auto add = [&](const JsonValue& given) {
    std::map<std::string, std::vector<std::string>> where;
    if (given.IsObject())
      for (const auto& one : given.GetObject()) {
        std::vector<std::string>& allowed = where[std::string(as_text(one.name))];
        if (one.value.IsString()) allowed.emplace_back(as_text(one.value));
        if (one.value.IsArray())
          for (const JsonValue& each : one.value.GetArray()) allowed.emplace_back(as_text(each));
      }
    made.where.push_back(std::move(where));
  };
  const JsonValue* where = member(rule, "where");
  if (where != nullptr && where->IsArray())
    for (const JsonValue& one : where->GetArray()) add(one);
  else if (where != nullptr)
    add(*where);
  return made;
}

UnfoldRule::Part part(const JsonValue& given) {
  UnfoldRule::Part made;
  if (given.IsArray() && given.Size() == 1) {
    made = part(given[0]);
    made.many = true;
  } else if (given.IsString()) {
    made.value = as_text(given);
  } else if (given.IsObject()) {
    for (const auto& one : given.GetObject()) {
      made.order.emplace_back(as_text(one.name));
      made.parts.emplace(made.order.back(), part(one.value));
    }
  }
  return made;
}

AbsentRule absent(const JsonValue& fields, const JsonValue* categories) {
  AbsentRule made;
  for (const auto& one : fields.GetObject()) made.fields.emplace_back(as_text(one.name), as_text(one.value));
  if (categories != nullptr && categories->IsObject())
    for (const auto& one : categories->GetObject())
      made.of_categories.emplace(as_text(one.name), texts(*categories, as_text(one.name)));
  return made;
}

// The members of each kind of rule, the one that names it first: a misspelt one would do nothing, silently.
struct Members {
  std::string_view kind;
  std::array<std::string_view, 4> others;
};
constexpr std::array kMembers = std::to_array<Members>({
    {"slice", {"where", "as", "many"}},
    {"concept", {"known", "else", "system", "bare"}},
    {"join", {"with"}},
    {"day", {}},
    {"derive", {"from", "values", "else", "assumed"}},
    {"unfold", {"of", "base"}},
    {"move", {"to", "unless"}},
    {"compose", {"from"}},
    {"qualify", {"by", "countries"}},
    {"fit", {"format", "words", "region_at", "to"}},
    {"default", {"value"}},
    {"tail", {"of"}},
    {"absent", {"withheld"}},
});

// The first member that means nothing; "" when there is none.
std::string_view stranger(const JsonValue& rule) {
  if (!rule.IsObject()) return {};
  const auto* kind = std::find_if(kMembers.begin(), kMembers.end(),
                                  [&](const Members& each) { return member(rule, each.kind) != nullptr; });
  for (const auto& one : rule.GetObject()) {
    const std::string_view name = as_text(one.name);
    if (kind == kMembers.end()) return name;
    const auto& known = kind->others;
    if (name != kind->kind && std::find(known.begin(), known.end(), name) == known.end()) return name;
  }
  return {};
}

bool is_fit_format(std::string_view name) {
  return name == "phone" || name == "instant" || format_from(name).has_value();
}

std::optional<ShapeRule> read_rule(const JsonValue& rule) {
  const auto path = [&](const char* name) { return tokens_of(text_at(rule, name)); };
  const auto word = [&](const char* name) { return std::string(text_at(rule, name)); };
  if (member(rule, "slice")) return slice(rule);
  if (member(rule, "concept"))
    return ConceptRule{path("concept"), texts(rule, "known"), word("else"), word("system"),
                       flag_at(rule, "bare")};
  if (member(rule, "join")) return JoinRule{path("join"), word("with")};
  if (member(rule, "day")) return DayRule{path("day")};
  if (member(rule, "derive"))
    return DeriveRule{path("derive"), path("from"), words(rule, "values"), word("else"), word("assumed")};
  if (const JsonValue* of = member(rule, "of"); of != nullptr && member(rule, "unfold"))
    return UnfoldRule{path("unfold"), word("base"), part(*of)};
  if (member(rule, "move")) {
    MoveRule made{path("move"), path("to"), {}};
    for (const std::string& one : texts(rule, "unless")) made.unless.push_back(tokens_of(one));
    return made;
  }
  if (member(rule, "compose")) return ComposeRule{path("compose"), texts(rule, "from")};
  if (member(rule, "qualify")) return QualifyRule{path("qualify"), word("by"), words(rule, "countries")};
  if (member(rule, "fit"))
    return FitRule{path("fit"), word("format"), words(rule, "words"), path("region_at"), word("to")};
  if (member(rule, "default")) return DefaultRule{path("default"), word("value")};
  if (member(rule, "tail")) return TailRule{path("tail"), path("of")};
  if (const JsonValue* fields = member(rule, "absent"); fields != nullptr && fields->IsObject())
    return absent(*fields, member(rule, "withheld"));
  return std::nullopt;
}

}  // namespace

Result<Shape> Shape::read(const JsonValue& rules) {
  Shape shape;
  if (!rules.IsArray()) return fail(ErrorCode::data_invalid, "", "rule_not_understood");
  for (rapidjson::SizeType i = 0; i < rules.Size(); ++i) {
    const std::string place = pointer_join("", static_cast<std::size_t>(i));
    if (const auto name = stranger(rules[i]); !name.empty())
      return fail(ErrorCode::data_invalid, pointer_join(place, name), "member_unknown " + std::string(name));
    auto rule = read_rule(rules[i]);
    if (!rule) return fail(ErrorCode::data_invalid, place, "rule_not_understood");
    if (const auto* fit = std::get_if<FitRule>(&*rule); fit != nullptr && !is_fit_format(fit->format))
      return fail(ErrorCode::data_invalid, place + "/format", "format_unknown " + fit->format);
    shape.rules_.push_back(std::move(*rule));
  }
  return shape;
}

void Shape::take(TreeNode& resource) const {
  for (const ShapeRule& rule : rules_) std::visit([&](const auto& one) { take_step(one, resource); }, rule);
}

void Shape::give(TreeNode& resource) const {
  for (auto rule = rules_.rbegin(); rule != rules_.rend(); ++rule)
    std::visit([&](const auto& one) { give_step(one, resource); }, *rule);
}

}  // namespace hotline
