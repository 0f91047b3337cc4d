#include "consent/leak_gate.h"

#include "consent/gate_secrets.h"

namespace hotline {
namespace {

// Closed vocabularies, and times that the gateway itself wrote: nobody's values.
bool is_public(const SchemaNode& node) {
  const FieldLabels& labels = node.labels();
  for (const char* format :
       {"language", "country", "subdivision", "time_zone", "instant", "currency", "decimal", "time_of_day"}) {
    if (labels.format == format) return true;
  }
  return labels.category == "structural" || !node.allowed().empty();
}

// Of what the gateway fills in itself: names of maps, and recipients as the consent lists them.
bool is_written_by_others(std::string_view pointer) {
  return pointer.starts_with("/translation/maps") || pointer.starts_with("/terms/onward_recipients");
}

class Reader {
 public:
  Reader(const Schema& schema, const gate::Secrets& secrets, const PersonDecision& terms, GateReport& report)
      : schema_(schema), secrets_(secrets), terms_(terms), report_(report) {}

  void read(const SchemaNode& node, const JsonValue& value, const std::string& pointer) {
    if (node.is_coded()) return coded(node, value, pointer);
    if (value.IsObject()) {
      for (const auto& each : value.GetObject()) {
        const SchemaNode* child = node.property(as_text(each.name));
        // A field that the schema does not know has no business in a disclosure.
        if (child == nullptr) {
          report_.fields.push_back(pointer_join(pointer, as_text(each.name)));
        } else {
          read(*child, each.value, pointer_join(pointer, as_text(each.name)));
        }
      }
    } else if (value.IsArray()) {
      for (rapidjson::SizeType i = 0; i < value.Size(); ++i)
        read(*node.items(), value[i], pointer_join(pointer, i));
    } else if (value.IsString() && node.labels().prose) {
      if (secrets_.in_narrative(as_text(value))) report_.fields.push_back(pointer);
    } else if (value.IsString() && (!is_public(node) || is_written_by_others(pointer))) {
      field(as_text(value), node.labels().find == FindAs::place, pointer);
    }
  }

 private:
  void field(std::string_view text, bool place, const std::string& pointer) {
    if (secrets_.in_field(text, place)) report_.fields.push_back(pointer);
  }

  // A code of the list is public; one that nobody knows and what was said in its place are not.
  void coded(const SchemaNode& node, const JsonValue& value, const std::string& pointer) {
    const std::string_view code = text_at(value, "code");
    if (!code.empty() && !schema_.has_code(node.labels().codes, code))
      field(code, false, pointer_join(pointer, "code"));
    const JsonValue* said = member(value, "original");
    if (said == nullptr) return;
    if (!in_full(node.labels(), pointer)) report_.fields.push_back(pointer_join(pointer, "original"));
    for (const char* name : {"label", "code", "system", "version"})
      field(text_at(*said, name), false, pointer_join(pointer_join(pointer, "original"), name));
  }

  // What was originally said goes only where the field was granted as it is.
  bool in_full(const FieldLabels& labels, const std::string& pointer) const {
    if (labels.category == "structural" || labels.category.empty()) return true;
    const CategoryDecision& decided = terms_.of(labels.category);
    if (decided.level != Level::full || decided.fields.empty()) return decided.level == Level::full;
    const std::string path = without_positions(pointer) + "/";
    return std::any_of(decided.fields.begin(), decided.fields.end(),
                       [&](const std::string& field) { return path.starts_with(field + "/"); });
  }

  // /persons/0/employment/sectors/2 -> employment/sectors, as grants name fields.
  static std::string without_positions(std::string_view pointer) {
    std::string path;
    while (!pointer.empty()) {
      pointer.remove_prefix(1);
      const std::string_view token = pointer.substr(0, pointer.find('/'));
      pointer.remove_prefix(token.size());
      const bool position = token.find_first_not_of("0123456789") == std::string_view::npos;
      if (!position && token != "persons") path += (path.empty() ? "" : "/") + std::string(token);
    }
    return path;
  }

  const Schema& schema_;
  const gate::Secrets& secrets_;
  const PersonDecision& terms_;
  GateReport& report_;
};

}  // namespace

Result<GateReport> leak_gate(std::string_view bytes, const Referral& source, const Schema& schema,
                             const Decision& decision, const Group& group) {
  const auto disclosed = parse_json(bytes);
  if (!disclosed || !disclosed->IsObject()) return fail(ErrorCode::data_invalid, {}, "disclosure");
  const JsonValue* narratives = member(*disclosed, "narratives");
  const gate::Secrets secrets(source, schema, decision, group, narratives == nullptr);

  GateReport report;
  Reader reader(schema, secrets, *decision.of(group.persons.front()), report);
  for (const auto& each : disclosed->GetObject()) {
    const std::string_view name = as_text(each.name);
    const SchemaNode* node = schema.root().property(name);
    if (name == "narratives") continue;
    if (node == nullptr) {
      report.fields.push_back(pointer_join("", name));
    } else {
      reader.read(*node, each.value, pointer_join("", name));
    }
  }
  for (rapidjson::SizeType i = 0; narratives != nullptr && i < narratives->Size(); ++i) {
    if (secrets.in_narrative(text_at((*narratives)[i], "text"))) report.narratives.push_back(i);
  }
  return report;
}

}  // namespace hotline
