#include "consent/project.h"

#include <algorithm>

#include "i18n/dates.h"

namespace hotline {
namespace {

using Allocator = Json::AllocatorType;

// The way below a person (or below the record, for what is common to the case), without array indices.
class Path {
 public:
  std::size_t push(std::string_view name) {
    const std::size_t before = text_.size();
    if (!text_.empty()) text_.push_back('/');
    text_.append(name);
    return before;
  }
  void pop(std::size_t before) { text_.resize(before); }
  bool within(const std::string& field) const {
    return text_.compare(0, field.size(), field) == 0 &&
           (text_.size() == field.size() || text_[field.size()] == '/');
  }

 private:
  std::string text_;
};

class Projector {
 public:
  Projector(const ProjectionInputs& inputs, Allocator& allocator) : in_(inputs), allocator_(allocator) {}

  // False when nothing of it may go; `out` is then meaningless.
  bool walk(const SchemaNode& node, const JsonValue& value, JsonValue& out) {
    if (node.labels().category == "source_only") return false;
    if (node.is_coded()) return coded(node, value, out);
    if (value.IsObject()) return object(node, value, out);
    if (value.IsArray()) return array(node, value, out);
    return leaf(node, value, out);
  }

  bool walk_section(const SchemaNode& node, std::string_view name, const JsonValue& value, JsonValue& out) {
    const std::size_t before = path_.push(name);
    const bool kept = walk(node, value, out);
    path_.pop(before);
    return kept;
  }

  bool person(const SchemaNode& node, const JsonValue& value, const std::string& pseudonym, JsonValue& out) {
    if (!object(node, value, out)) out.SetObject();
    out.RemoveMember("id");
    out.RemoveMember("withheld");
    set_text(out, "id", pseudonym, allocator_);
    return true;
  }

 private:
  Level level_of(const FieldLabels& labels) const {
    if (labels.category.empty() || labels.category == "structural") return Level::full;
    const CategoryDecision& decided = in_.terms.of(labels.category);
    if (decided.level == Level::withheld || decided.fields.empty()) return decided.level;
    for (const std::string& field : decided.fields) {
      if (path_.within(field)) return decided.level;
    }
    return Level::withheld;
  }

  bool object(const SchemaNode& node, const JsonValue& value, JsonValue& out) {
    if (!value.IsObject() || speaks_of_outsider(value)) return false;
    out.SetObject();
    for (const auto& each : value.GetObject()) {
      const std::string_view name = as_text(each.name);
      const SchemaNode* child = node.property(name);
      if (child == nullptr || (name == "children_count" && is_related_to_outsider(value))) continue;
      const std::size_t before = path_.push(name);
      JsonValue copy;
      if (name == "person" && each.value.IsString() && child->labels().category != "source_only") {
        if (level_of(child->labels()) >= Level::generalised) reference(*child, each.value, out);
      } else if (walk(*child, each.value, copy)) {
        set_member(out, name, std::move(copy), allocator_);
      }
      derive(node, *child, each.value, out);
      path_.pop(before);
    }
    return out.MemberCount() > 0;
  }

  // Whoever is not in the group does not appear: not as a relative, not as a relation, not as the caller.
  bool speaks_of_outsider(const JsonValue& value) const {
    const std::string_view person = text_at(value, "person");
    return !person.empty() && in_.pseudonyms.find(person) == in_.pseudonyms.end();
  }

  // How many children there are counts those who are not in the group.
  bool is_related_to_outsider(const JsonValue& family) const {
    const JsonValue* relations = member(family, "relations");
    return relations != nullptr && relations->IsArray() &&
           std::any_of(relations->Begin(), relations->End(),
                       [&](const JsonValue& each) { return speaks_of_outsider(each); });
  }

  void reference(const SchemaNode& node, const JsonValue& value, JsonValue& out) {
    if (level_of(node.labels()) != Level::full && node.labels().generalise != Generaliser::keep) return;
    set_text(out, "person", in_.pseudonyms.find(as_text(value))->second, allocator_);
  }

  bool array(const SchemaNode& node, const JsonValue& value, JsonValue& out) {
    if (node.items() == nullptr) return false;
    out.SetArray();
    const std::string& about = node.labels().about;
    for (const JsonValue& each : value.GetArray()) {
      if (!about.empty() && !may_speak_of(text_at(each, about))) continue;
      JsonValue copy;
      if (walk(*node.items(), each, copy)) out.PushBack(copy, allocator_);
    }
    return !out.Empty();
  }

  // Why a field is empty and who asserts it is told only to whoever may see the field itself.
  bool may_speak_of(std::string_view field) const {
    const SchemaNode* node = in_.schema.root().property("persons")->items();
    std::string_view rest = field;
    while (node != nullptr && !rest.empty()) {
      const std::string_view name = rest.substr(0, rest.find('/'));
      rest.remove_prefix(std::min(rest.size(), name.size() + 1));
      node = node->property(name);
      if (node != nullptr && node->items() != nullptr) node = node->items();
    }
    if (node == nullptr || node->labels().category == "source_only") return false;
    const CategoryDecision& decided = in_.terms.of(node->labels().category);
    if (decided.level != Level::full) return false;
    return decided.fields.empty() ||
           std::any_of(decided.fields.begin(), decided.fields.end(), [&](const std::string& granted) {
             return field.starts_with(granted) &&
                    (field.size() == granted.size() || field[granted.size()] == '/');
           });
  }

  // A code with what was originally said, or the code alone. Where there is none in common, that alone is
  // told: somebody has to ask, but nobody's words go.
  bool coded(const SchemaNode& node, const JsonValue& value, JsonValue& out) {
    const Level level = level_of(node.labels());
    if (level == Level::full) return copy(value, out);
    if (level == Level::withheld || node.labels().generalise != Generaliser::keep) return false;
    out.SetObject();
    if (const std::string_view code = text_at(value, "code"); !code.empty())
      set_text(out, "code", code, allocator_);
    else
      set_text(out, "relation", "not-mapped", allocator_);
    return true;
  }

  bool leaf(const SchemaNode& node, const JsonValue& value, JsonValue& out) {
    const FieldLabels& labels = node.labels();
    const Level level = level_of(labels);
    if (level == Level::full) return copy(value, out);
    if (level == Level::withheld) return false;
    // Under a pseudonym nothing stays that could tell two people apart by time or place.
    const bool telling =
        labels.format == "civil_date" || labels.format == "instant" || labels.format == "subdivision";
    if (level == Level::pseudonymised && telling) return false;
    if (labels.generalise == Generaliser::keep) return copy(value, out);
    if (labels.generalise == Generaliser::month && value.IsString()) {
      out = make_text(as_text(value).substr(0, 7), allocator_);
      return true;
    }
    return false;
  }

  // birth_date -> age_band: a sibling receives what the field is generalised to, unless it has a value of its
  // own.
  void derive(const SchemaNode& parent, const SchemaNode& node, const JsonValue& value, JsonValue& out) {
    const FieldLabels& labels = node.labels();
    if (labels.generalise != Generaliser::age_band || member(out, labels.generalise_to) != nullptr) return;
    const Level level = level_of(labels);
    if (level == Level::withheld || level == Level::full || parent.property(labels.generalise_to) == nullptr)
      return;
    const auto birth = parse_civil_date(as_text(value));
    auto years = birth ? age_in_years(*birth, in_.today) : std::nullopt;
    if (value.IsInt()) years = value.GetInt();
    const std::string_view band = years ? in_.texts.age_band(*years) : std::string_view();
    if (band.empty()) return;
    JsonValue coded_band(rapidjson::kObjectType);
    set_text(coded_band, "code", band, allocator_);
    set_member(out, labels.generalise_to, std::move(coded_band), allocator_);
  }

  bool copy(const JsonValue& value, JsonValue& out) {
    out.CopyFrom(value, allocator_);
    return true;
  }

  const ProjectionInputs& in_;
  Allocator& allocator_;
  Path path_;
};

// An exploiter's local id would link two referrals of one case.
void renumber(JsonValue& exploiters, const ProjectionInputs& in, Allocator& allocator) {
  for (JsonValue& each : exploiters.GetArray()) {
    each.RemoveMember("id");
    if (in.split) each.RemoveMember("note");
    set_text(each, "id", "x-" + in.new_uuid(), allocator);
  }
}

bool is_rebuilt(std::string_view name) {
  return name == "persons" || name == "narratives" || name == "terms" || name == "withheld" ||
         name == "translation";
}

bool is_common_to_the_case(std::string_view name) {
  return name == "case" || name == "caller";
}

}  // namespace

Json project(const Referral& referral, const ProjectionInputs& inputs) {
  Json out(rapidjson::kObjectType);
  Allocator& allocator = out.GetAllocator();
  const SchemaNode& root = inputs.schema.root();
  for (const auto& each : referral.json().GetObject()) {
    const std::string_view name = as_text(each.name);
    const SchemaNode* node = root.property(name);
    if (node == nullptr || is_rebuilt(name) || (inputs.split && is_common_to_the_case(name))) continue;
    JsonValue copy;
    Projector projector(inputs, allocator);
    if (!projector.walk_section(*node, name, each.value, copy)) continue;
    if (name == "alleged_exploiters") renumber(copy, inputs, allocator);
    set_member(out, name, std::move(copy), allocator);
  }
  JsonValue persons(rapidjson::kArrayType);
  const SchemaNode& person_node = *root.property("persons")->items();
  for (const JsonValue& each : referral.persons().GetArray()) {
    const auto pseudonym = inputs.pseudonyms.find(text_at(each, "id"));
    if (pseudonym == inputs.pseudonyms.end()) continue;
    JsonValue copy;
    Projector(inputs, allocator).person(person_node, each, pseudonym->second, copy);
    persons.PushBack(copy, allocator);
  }
  set_member(out, "persons", std::move(persons), allocator);
  return out;
}

}  // namespace hotline
