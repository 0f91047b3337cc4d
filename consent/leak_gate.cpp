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

class Reader {
 public:
  Reader(const gate::Secrets& secrets, GateReport& report) : secrets_(secrets), report_(report) {}

  void read(const SchemaNode& node, const JsonValue& value, const std::string& pointer) {
    if (node.is_coded()) return original(value, pointer);
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
    } else if (value.IsString() && !is_public(node)) {
      field(as_text(value), node.labels().find == FindAs::place, pointer);
    }
  }

 private:
  void field(std::string_view text, bool place, const std::string& pointer) {
    if (secrets_.in_field(text, place)) report_.fields.push_back(pointer);
  }

  // The code is public; what was said in its place is not.
  void original(const JsonValue& coded, const std::string& pointer) {
    const JsonValue* said = member(coded, "original");
    if (said != nullptr) field(text_at(*said, "label"), false, pointer_join(pointer, "original") + "/label");
  }

  const gate::Secrets& secrets_;
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
  Reader reader(secrets, report);
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
