// Inside of compile(): one mapping on its way to a plan.
#pragma once

#include "adapters/engine/compile.h"
#include "adapters/engine/coverage.h"
#include "adapters/engine/prove.h"

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
  Compiler(const ProfileData& data, const Schema& canonical, const CodeSystems& codes)
      : data_(data),
        canonical_(canonical),
        codes_(codes),
        nationals_(data.schema),
        canonicals_(canonical),
        file_(data.id + "/mapping.json") {
    plan_.profile = data.id;
    plan_.version = data.version;
    plan_.canonical_version = canonical.version();
    plan_.national = data.schema;
  }

  Result<Plan> run();

 private:
  using Done = Result<void>;
  using Rules = const JsonValue&;

  // `word` is one of the catalogs' (`check.<word>`), `what` the thing that its sentence speaks of.
  tl::unexpected<Error> wrong(std::string pointer, std::string_view word, std::string_view what = {}) const {
    return fail(named(unproven(std::move(pointer), word, what)));
  }
  Error named(Fault fault) const {
    return {fault.code, std::move(fault.pointer), file_ + " " + fault.expected, {}};
  }
  Result<Plan> refuse() const;
  void keep(const Error& error) { faults_.push_back({error.code, error.pointer, error.expected}); }
  Done rules(Rules list, RuleScope& scope, const Place& place, const Ways& ways, const std::string& at,
             int depth);
  Done rule(const JsonValue& one, RuleScope& scope, const Place& place, const Ways& ways,
            const std::string& at, int depth);
  Done block(const JsonValue& one, RuleScope& scope, const Place& place, const Ways& ways,
             const std::string& at, int depth);
  // One slot of a list: what is said of it, its rules, and where both stand in mapping.json.
  struct SlotSource {
    const JsonValue& given;
    const JsonValue* rules;
    std::string at, rules_at;
    const Ways& ways;
  };
  Done slot(const SlotSource& from, std::string national, Block& made, RuleScope& scope, const Place& place,
            const std::string& canonical, int depth);
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
  bool is_required(const Place& place, const std::string& path) const;
  Done cover_field(const Field& made, const Place& place, const std::string& at);
  Done constant(const JsonValue& one, RuleScope& scope, const Place& place, const std::string& at);
  Done drop(const JsonValue& one, RuleScope& scope, const Place& place, const std::string& at);
  Done extend(const JsonValue& one, RuleScope& scope, const Place& place, const std::string& at);
  Done unsupported();
  Done others();
  void total();
  Result<Ways> ways_of(const JsonValue& one, Ways ways, const std::string& at) const;
  const JsonValue* rules_of(const JsonValue& one) const;
  static std::string place_of_rules(const JsonValue& one, const std::string& at);

  const ProfileData& data_;
  const Schema& canonical_;
  const CodeSystems& codes_;
  Coverage nationals_, canonicals_;
  std::string file_;
  Plan plan_;
  std::vector<Fault> faults_;  // of all rules: they are told together
};

}  // namespace hotline
