#include "consent/values.h"

namespace hotline {
namespace {

struct Surroundings {
  bool address = false;
  int owner = 0;
};

class Collector {
 public:
  Collector(int& owners, std::vector<FindableValue>& out) : owners_(owners), out_(out) {}

  void walk(const SchemaNode& node, const JsonValue& value, Surroundings around) {
    if (value.IsObject()) {
      if (node.is_coded()) return words_without_code(node.labels(), value, around);
      around = {node.property("postal_code") != nullptr, ++owners_};
      for (const auto& each : value.GetObject()) {
        if (const SchemaNode* child = node.property(as_text(each.name))) walk(*child, each.value, around);
      }
    } else if (value.IsArray()) {
      for (const JsonValue& each : value.GetArray()) {
        if (node.items() != nullptr) walk(*node.items(), each, around);
      }
    } else if (value.IsString() && node.labels().find != FindAs::none) {
      const FieldLabels& labels = node.labels();
      const bool employer = labels.category == "employment" && labels.find == FindAs::text && !around.address;
      out_.push_back({std::string(as_text(value)), labels.find, labels.category, around.address, employer,
                      around.owner, labels.prose});
    }
  }

 private:
  // A code of the list says nothing that may not be said in general; what is on no list are somebody's words.
  void words_without_code(const FieldLabels& labels, const JsonValue& coded, const Surroundings& around) {
    const JsonValue* original = member(coded, "original");
    if (original == nullptr || member(coded, "code") != nullptr) return;
    for (const char* name : {"label", "code"})
      if (const std::string_view said = text_at(*original, name); !said.empty())
        out_.push_back({std::string(said), FindAs::text, labels.category, false, false, around.owner, false});
  }

  int& owners_;
  std::vector<FindableValue>& out_;
};

}  // namespace

void collect_values(const SchemaNode& node, const JsonValue& value, int& owner,
                    std::vector<FindableValue>& out) {
  Collector(owner, out).walk(node, value, {});
}

}  // namespace hotline
