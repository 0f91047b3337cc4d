// Values for a canonical leaf: codes, dates, names in several scripts, at their limits too.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/properties/laws/draw.h"
#include "tests/properties/laws/shape.h"
#include "tests/properties/laws/world.h"

namespace hotline::laws {

// Stands in every free text that is made here, and nowhere else: what must not be in a report is found by it.
inline constexpr std::string_view kMark = "Qz";

// Stand-ins until the whole record is there and it is known who is in it.
inline constexpr std::string_view kSomePerson = "@person";
inline constexpr std::string_view kSomeGiver = "@giver";

// Ids of one record.
struct Cast {
  std::vector<std::string> persons, exploiters;
  std::size_t consents = 0;
};

class Values {
 public:
  Values(const World& world, Draw& draw, Cast& cast) : world_(world), draw_(draw), cast_(cast) {}

  std::string text(std::size_t shortest, std::size_t longest);
  std::string civil_date();  // any precision
  std::string instant();
  std::string phone();
  std::string decimal();
  std::string email();
  std::string of_format(std::string_view format);
  // A text for a canonical leaf; `path` with * for indices.
  std::string leaf(const Shape& shape, std::string_view path);
  std::int64_t integer(const Shape& shape);
  JsonValue coded(const Shape& shape, Json::AllocatorType& allocator);
  std::string mark();

 private:
  JsonValue from_elsewhere(const std::string& system, Json::AllocatorType& allocator);
  const World& world_;
  Draw& draw_;
  Cast& cast_;
};

// Puts ids of the cast where the stand-ins are, also inside a joined text.
void name_persons(JsonValue& value, const Cast& cast, Draw& draw, Json::AllocatorType& allocator);

}  // namespace hotline::laws
