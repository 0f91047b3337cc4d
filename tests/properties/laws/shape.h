// A JSON Schema read as what may stand somewhere: references followed, what stands beside a reference kept.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "i18n/base/json.h"

namespace hotline::laws {

class Shape {
 public:
  explicit Shape(const JsonValue& root) : Shape(root, root) {}
  Shape(const JsonValue& root, const JsonValue& node);

  explicit operator bool() const { return !layers_.empty(); }
  const JsonValue* get(std::string_view keyword) const;
  std::string_view text(std::string_view keyword) const;
  std::int64_t number(std::string_view keyword, std::int64_t fallback) const;
  Shape property(std::string_view name) const;
  Shape items() const;
  std::vector<std::string> names() const;
  bool requires_member(std::string_view name) const;
  Shape at(std::string_view path) const;  // with * for a list's element

 private:
  Shape() = default;
  const JsonValue* root_ = nullptr;
  std::vector<const JsonValue*> layers_;  // the node, and what it refers to
};

}  // namespace hotline::laws
