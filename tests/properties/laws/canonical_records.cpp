#include "tests/properties/laws/canonical_records.h"

#include <algorithm>

namespace hotline::laws {

namespace {

class Maker {
 public:
  Maker(const World& world, std::uint64_t seed, const Wanted& wanted)
      : world_(world), draw_(seed), wanted_(wanted), values_(world, draw_, cast_) {}

  Json run() {
    made_ = any(Shape(world_.canonical_schema), "");
    name_persons(made_, cast_, draw_, allocator());
    Json record;
    record.CopyFrom(made_, record.GetAllocator());
    return record;
  }

 private:
  Json::AllocatorType& allocator() { return room_.GetAllocator(); }

  JsonValue any(const Shape& shape, const std::string& path) {
    const std::string_view type = shape.text("type");
    if (type == "object")
      return shape.text("x-codes").empty() ? object(shape, path) : values_.coded(shape, allocator());
    if (type == "array") return list(shape, path);
    if (type == "boolean") return JsonValue(draw_.in_100(50));
    if (type == "integer") return JsonValue(values_.integer(shape));
    return make_text(values_.leaf(shape, path), allocator());
  }

  JsonValue object(const Shape& shape, const std::string& path) {
    JsonValue made(rapidjson::kObjectType);
    for (const std::string& name : shape.names())
      if (shape.requires_member(name) || draw_.in_100(wanted_.present))
        set_member(made, name, any(shape.property(name), path + "/" + name), allocator());
    return made;
  }

  JsonValue list(const Shape& shape, const std::string& path) {
    std::size_t length = draw_.below(wanted_.longest_list + 1);
    if (path == "/persons") length = wanted_.persons != 0 ? wanted_.persons : 1 + draw_.below(4);
    length = std::max(length, static_cast<std::size_t>(shape.number("minItems", 0)));
    length = std::min(length, static_cast<std::size_t>(shape.number("maxItems", 50)));
    JsonValue made(rapidjson::kArrayType);
    for (std::size_t i = 0; i < length; ++i) made.PushBack(any(shape.items(), path + "/*"), allocator());
    return made;
  }

  const World& world_;
  Draw draw_;
  Wanted wanted_;
  Cast cast_;
  Json room_;
  Values values_;
  JsonValue made_;
};

}  // namespace

Json canonical_record(const World& world, std::uint64_t seed, const Wanted& wanted) {
  return Maker(world, seed, wanted).run();
}

Json canonical_record(const World& world, std::uint64_t seed) {
  Draw draw(seed);
  const unsigned densities[] = {3, 6, 12, 24, 60};
  return canonical_record(world, draw.next(), {densities[draw.below(5)], 0, 1 + draw.below(4)});
}

}  // namespace hotline::laws
