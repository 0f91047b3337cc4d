// Inside of compile(): one mapping on its way to a plan.
#pragma once

#include "adapters/engine/compile.h"
#include "adapters/engine/coverage.h"

namespace hotline {

// Which ways a rule goes; a block hands it down.
struct Ways {
  bool in = true, out = true;
  std::string reason;
};

// Where rules stand: prefixes below the scope's element, and the scope's own place in both schemas, with *.
struct Place {
  std::string national, canonical;
  std::string national_root, canonical_root;
  std::string national_path(const std::string& p) const { return national_root + national + p; }
  std::string canonical_path(const std::string& p) const { return canonical_root + canonical + p; }
};

Literal literal_of(const JsonValue& value);

class Compiler {
 public:
  Compiler(const ProfileData& data, const Schema& canonical)
      : data_(data), nationals_(data.schema), canonicals_(canonical), file_(data.id + "/mapping.json") {
    plan_.profile = data.id;
    plan_.version = data.version;
    plan_.canonical_version = canonical.version();
    plan_.national = data.schema;
  }

  Result<Plan> run();

 private:
  using Done = Result<void>;
  using Rules = const JsonValue&;

  tl::unexpected<Error> wrong(std::string pointer) const {
    return fail(ErrorCode::data_invalid, std::move(pointer), file_);
  }
  Done rules(Rules list, RuleScope& scope, const Place& place, const Ways& ways, const std::string& at,
             int depth);
  Done rule(const JsonValue& one, RuleScope& scope, const Place& place, const Ways& ways,
            const std::string& at, int depth);
  Done block(const JsonValue& one, RuleScope& scope, const Place& place, const Ways& ways,
             const std::string& at, int depth);
  Done slot(const JsonValue& given, std::string national, const JsonValue& list, Block& made,
            RuleScope& scope, const Place& place, const std::string& canonical, const Ways& ways,
            const std::string& at, int depth);
  Done each_slot(const JsonValue& one, Block& made, RuleScope& scope, const Place& place,
                 const std::string& canonical, const Ways& ways, const std::string& at, int depth);
  Done single(const JsonValue& one, RuleScope& scope, const Place& place, const std::string& national,
              const std::string& canonical, const Ways& ways, const std::string& at, int depth);
  Done conditions(const JsonValue& given, Slot& made, const Place& inner, const std::string& at);
  Result<Selection> selection(const JsonValue& given, const std::string& element, const std::string& at);
  void settle_otherwise(RuleScope& scope) const;
  Done field(const JsonValue& one, RuleScope& scope, const Place& place, const Ways& ways,
             const std::string& at);
  Done inbound_options(const JsonValue& one, Field& made, RuleScope& scope, const Place& place,
                       const SchemaNode& canonical, const std::string& at);
  Done cover_field(const Field& made, const Place& place, const std::string& at);
  Done constant(const JsonValue& one, RuleScope& scope, const Place& place, const std::string& at);
  Done drop(const JsonValue& one, RuleScope& scope, const Place& place, const std::string& at);
  Done extend(const JsonValue& one, RuleScope& scope, const Place& place, const std::string& at);
  Done unsupported();
  Done others();
  Done total() const;
  Result<Ways> ways_of(const JsonValue& one, Ways ways, const std::string& at) const;
  const JsonValue* rules_of(const JsonValue& one) const;

  const ProfileData& data_;
  Coverage nationals_, canonicals_;
  std::string file_;
  Plan plan_;
};

}  // namespace hotline
