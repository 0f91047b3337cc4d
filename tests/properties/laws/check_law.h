// Runs a law over generated records and, where it is broken, takes away what the fault does not need.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "i18n/base/json.h"

namespace hotline::laws {

struct Record {
  std::shared_ptr<const Json> json;
};
std::ostream& operator<<(std::ostream& out, const Record& record);

using Generator = std::function<Json(std::uint64_t seed)>;
// What is wrong, or nothing. `counts` becomes false when the record is not one that the law speaks of.
using Law = std::function<std::optional<std::string>(const Json& record, bool& counts)>;

// Records for one law in all, over every profile; fewer under a sanitizer. HOTLINE_LAW_RECORDS says
// otherwise.
std::size_t records_for_a_law();

// Fails the running test with the smallest record that breaks the law. At least `records` have to count, and
// at least a third of all that are made. The seed is fixed; RC_PARAMS="seed=…" takes another.
void check_law(const Generator& generate, std::size_t records, const Law& law);

}  // namespace hotline::laws
