#include "consent/translation.h"

namespace hotline {
namespace {

constexpr rapidjson::SizeType kMost = 2000;  // of the canonical record

class Notes {
 public:
  explicit Notes(Json::AllocatorType& allocator) : allocator_(allocator) {}

  void walk(const SchemaNode& node, const JsonValue& value, const std::string& pointer) {
    if (value.IsObject() && node.is_coded()) return coded(node, value, pointer);
    if (value.IsObject()) {
      for (const auto& each : value.GetObject())
        if (const SchemaNode* child = node.property(as_text(each.name)))
          walk(*child, each.value, pointer_join(pointer, as_text(each.name)));
    } else if (value.IsArray() && node.items() != nullptr) {
      for (rapidjson::SizeType i = 0; i < value.Size(); ++i)
        walk(*node.items(), value[i], pointer_join(pointer, i));
    }
  }

  JsonValue take() { return std::move(notes_); }

 private:
  void coded(const SchemaNode& node, const JsonValue& value, const std::string& pointer) {
    const std::string_view relation = text_at(value, "relation", "equivalent");
    if (relation == "equivalent" || notes_.Size() == kMost) return;
    JsonValue note(rapidjson::kObjectType);
    set_text(note, "path", pointer, allocator_);
    set_text(note, "relation", relation, allocator_);
    set_text(note, "system", node.labels().codes, allocator_);
    notes_.PushBack(note, allocator_);
  }

  Json::AllocatorType& allocator_;
  JsonValue notes_{rapidjson::kArrayType};
};

}  // namespace

JsonValue translation_notes(const SchemaNode& root, const JsonValue& disclosure,
                            Json::AllocatorType& allocator) {
  Notes notes(allocator);
  notes.walk(root, disclosure, "");
  return notes.take();
}

}  // namespace hotline
