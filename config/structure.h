// The second opinion on structure: valijson, over the same schema without what it must not or need not see.
#pragma once

#include <memory>

#include "i18n/base/json.h"
#include "i18n/base/result.h"

namespace hotline {

class Structure {
 public:
  // `schema` has been accepted by compile_schema. Its $refs are replaced and its patterns taken out: valijson
  // would run them through std::regex, whose recursion a hostile text can drive into the end of the stack.
  static Result<Structure> build(const JsonValue& schema);

  bool accepts(const JsonValue& document) const;

  Structure(Structure&&) noexcept;
  Structure& operator=(Structure&&) noexcept;
  ~Structure();

 private:
  struct Impl;
  explicit Structure(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace hotline
