// The values of a record that can be recognised when they stand in free text (x-find in the schema).
#pragma once

#include <string>
#include <vector>

#include "config/schema.h"
#include "i18n/base/json.h"

namespace hotline {

struct FindableValue {
  std::string text;
  FindAs as = FindAs::none;
  std::string category;
  bool in_address = false;
  bool employer = false;  // an organisation somebody works for: masked as one
  int owner = 0;          // parts of one thing (one person's names) have the same number
  bool prose = false;     // somebody's own words: lets nothing of what it mentions go elsewhere
};

// Every one below `value`, which `node` describes. `owner` goes on counting from its value.
void collect_values(const SchemaNode& node, const JsonValue& value, int& owner,
                    std::vector<FindableValue>& out);

}  // namespace hotline
