#include "adapters/record/tidy.h"

#include <algorithm>

namespace hotline {
namespace {

// One look at every text: a record without an odd character, which is nearly every one, costs no more than
// that.
bool all_plain(const JsonValue& value) {
  if (value.IsString()) return is_plain(as_text(value));
  if (value.IsArray()) return std::all_of(value.Begin(), value.End(), all_plain);
  if (!value.IsObject()) return true;
  return std::all_of(value.MemberBegin(), value.MemberEnd(),
                     [](const auto& each) { return all_plain(each.value); });
}

class Tidier {
 public:
  Tidier(Json& record, const HoldsWords& holds_words, std::vector<TidyNote>& notes)
      : allocator_(record.GetAllocator()), holds_words_(holds_words), notes_(notes) {}

  void walk(JsonValue& value, const std::string& pointer, const std::string& place) {
    if (value.IsString()) return text(value, pointer, place);
    if (value.IsArray())
      for (rapidjson::SizeType i = 0; i < value.Size(); ++i)
        walk(value[i], pointer_join(pointer, i), place + "/*");
    if (value.IsObject())
      for (auto& each : value.GetObject())
        if (!all_plain(each.value))
          walk(each.value, pointer_join(pointer, as_text(each.name)),
               pointer_join(place, as_text(each.name)));
  }

 private:
  void text(JsonValue& value, const std::string& pointer, const std::string& place) {
    if (is_plain(as_text(value))) return;
    const TidyText tidy = tidy_text(as_text(value), holds_words_(place) ? TextUse::words : TextUse::value);
    for (const TextNote note : tidy.notes) notes_.push_back({pointer, note});
    if (!tidy.notes.empty()) value = make_text(tidy.text, allocator_);
  }

  Json::AllocatorType& allocator_;
  const HoldsWords& holds_words_;
  std::vector<TidyNote>& notes_;
};

}  // namespace

TidyRecord tidy_record(const JsonValue& record, const HoldsWords& holds_words) {
  TidyRecord tidy;
  if (all_plain(record)) return tidy;
  Json copy;
  copy.CopyFrom(record, copy.GetAllocator());
  Tidier(copy, holds_words, tidy.notes).walk(copy, "", "");
  if (!tidy.notes.empty()) tidy.changed = std::move(copy);
  return tidy;
}

}  // namespace hotline
