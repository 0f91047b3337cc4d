#include <algorithm>

#include "adapters/engine/prove.h"

namespace hotline {

namespace {

// Both ends of one rule, as the schemas know them; a list's are those of its elements.
struct Ends {
  const SchemaNode& national;
  const SchemaNode& canonical;
};

class Types {
 public:
  explicit Types(const Proof& proof) : proof_(proof) {}

  std::vector<Fault> run() {
    scope(proof_.plan.root, "", "");
    return std::move(faults_);
  }

 private:
  void scope(const RuleScope& rules, const std::string& national, const std::string& canonical) {
    for (const Item& item : rules.items) {
      if (const auto* rule = std::get_if<Field>(&item)) field(*rule, national, canonical);
      if (const auto* fixed = std::get_if<Constant>(&item)) constant(*fixed, national, canonical);
      if (const auto* nested = std::get_if<std::unique_ptr<Block>>(&item)) {
        const Block& block = **nested;
        for (const Slot& slot : block.slots)
          scope(slot.scope, national + slot.national.pointer + (slot.list ? "/*" : ""),
                block.single ? canonical : canonical + block.canonical.pointer + "/*");
      }
    }
  }

  void fault(std::string_view word, std::string_view what = {}) {
    faults_.push_back(unproven(at_, word, what));
  }
  // The faults of a rule are told one at a time: the first often is the cause of the next.
  bool must(bool holds, std::string_view word, std::string_view what) {
    if (!holds) fault(word, what);
    return holds;
  }

  void field(const Field& rule, const std::string& national, const std::string& canonical) {
    at_ = rule.at;
    const SchemaNode* from =
        proof_.national.at(national + rule.national.pointer + (rule.national_list ? "/*" : ""));
    const SchemaNode* to =
        proof_.canonical.at(canonical + rule.canonical.pointer + (rule.canonical_list ? "/*" : ""));
    if (from == nullptr || to == nullptr) return;  // the compiler has spoken
    if (const Labelled* labelled = labelled_of(rule.converter))
      for (const std::string& token : labelled->code.tokens)
        if (from != nullptr) from = from->type() == "array" ? from->items() : from->property(token);
    if (from == nullptr) return;
    const Ends ends{*from, *to};
    std::visit([&](const auto& as) { check(as, rule, ends); }, rule.converter);
  }

  bool national_is(const Ends& ends, std::string_view type) {
    return must(ends.national.type() == type, "national_type", type);
  }
  bool canonical_is(const Ends& ends, std::string_view type) {
    return must(!ends.canonical.is_coded() && ends.canonical.type() == type, "canonical_type",
                kind_of(ends.canonical));
  }
  bool canonical_form(const Ends& ends, std::string_view format) {
    return must(ends.canonical.type() == "string" && ends.canonical.labels().format == format,
                "canonical_type", kind_of(ends.canonical));
  }
  // How a person would name what stands at the canonical end.
  static std::string_view kind_of(const SchemaNode& node) {
    if (node.is_coded()) return "code";
    if (!node.labels().format.empty()) return node.labels().format;
    return node.allowed().empty() ? node.type() : "enum";
  }

  // What one side may hold the other side takes.
  void same_words(const Field& rule, const Ends& ends) {
    if (rule.in && !ends.canonical.allowed().empty())
      for (const std::string& word : ends.national.allowed())
        if (!must(among(ends.canonical.allowed(), word), "value_not_canonical", word)) return;
    if (!rule.out || ends.national.allowed().empty()) return;
    if (ends.canonical.allowed().empty()) return fault("national_list_too_short");
    for (const std::string& word : ends.canonical.allowed())
      if (!must(among(ends.national.allowed(), word), "value_without_word", word)) return;
  }

  // A text that does not fit would make a record that its own hotline refuses.
  bool room(const Field& rule, const SchemaNode& national, const SchemaNode& canonical) {
    const bool whole = !rule.out || !rule.separator.empty() || !canonical.allowed().empty() ||
                       national.max_size() >= canonical.max_size();
    return must(whole, "national_too_short", std::to_string(canonical.max_size()));
  }

  void check(const TextAs&, const Field& rule, const Ends& ends) {
    if (!national_is(ends, "string") || !canonical_is(ends, "string")) return;
    if (!room(rule, ends.national, ends.canonical)) return;
    const std::string_view form = ends.canonical.labels().format;
    for (const auto& [format, converter] :
         {std::pair{"civil_date", "date"}, {"instant", "instant"}, {"e164", "phone"}})
      if (form == format && ends.national.labels().format != form) return fault("use_converter", converter);
    if (!among({"", "email", "currency", "time_of_day", "country", "subdivision", "language", "time_zone",
                "decimal", "civil_date", "instant", "e164"},
               form))
      return fault("canonical_type", form);
    same_words(rule, ends);
  }
  void check(const IntegerAs& as, const Field&, const Ends& ends) {
    if (national_is(ends, as.text ? "string" : "integer")) canonical_is(ends, "integer");
  }
  void check(const BooleanAs& as, const Field&, const Ends& ends) {
    if (yes_no(as.words, ends)) canonical_is(ends, "boolean");
  }
  void check(const DateAs&, const Field&, const Ends& ends) {
    if (national_is(ends, "string")) canonical_form(ends, "civil_date");
  }
  void check(const InstantAs&, const Field&, const Ends& ends) {
    if (national_is(ends, "string")) canonical_form(ends, "instant");
  }
  void check(const PhoneAs&, const Field&, const Ends& ends) {
    if (national_is(ends, "string")) canonical_form(ends, "e164");
  }
  void check(const DecimalAs&, const Field&, const Ends& ends) {
    if (national_is(ends, "string")) canonical_form(ends, "decimal");
  }
  void check(const EnumAs& as, const Field&, const Ends& ends) {
    if (!national_is(ends, "string") || !canonical_is(ends, "string")) return;
    const auto& allowed = ends.canonical.allowed();
    if (allowed.empty()) return fault("canonical_type", kind_of(ends.canonical));
    for (const auto& [value, reason] : as.unsupported) {
      if (!must(among(allowed, value), "value_not_canonical", value)) return;
      if (!must(as.to_national.count(value) == 0, "value_twice", value)) return;
      if (!must(!reason.empty(), "reason_missing", value)) return;
    }
  }
  void check(const TableAs&, const Field&, const Ends& ends) {
    if (!national_is(ends, "string") || !canonical_is(ends, "string")) return;
    must(ends.canonical.allowed().empty() &&
             among({"", "language", "country", "subdivision", "time_zone"}, ends.canonical.labels().format),
         "canonical_type", kind_of(ends.canonical));
  }
  void check(const CodeAs& as, const Field&, const Ends& ends) {
    if (!national_is(ends, "string")) return;
    must(ends.canonical.is_coded() && ends.canonical.labels().codes == as.map->system(), "canonical_type",
         kind_of(ends.canonical));
  }
  void check(const IsOneOfAs& as, const Field&, const Ends& ends) {
    if (!yes_no(as.words, ends)) return;
    const SchemaNode& node = ends.canonical;
    for (const std::string& one : as.of) {
      const bool known =
          node.is_coded() ? proof_.codes.has(node.labels().codes, one) : among(node.allowed(), one);
      if (!must(known, "value_not_canonical", one)) return;
    }
  }
  void check(const SummaryAs&, const Field&, const Ends& ends) { national_is(ends, "string"); }
  void check(const PresenceAs& as, const Field&, const Ends& ends) { yes_no(as.words, ends); }
  void check(const SaidAs&, const Field& rule, const Ends& ends) {
    const SchemaNode* text = ends.canonical.property("text");
    if (national_is(ends, "string") && text != nullptr) room(rule, ends.national, *text);
  }
  void check(const SurnamesAs&, const Field&, const Ends& ends) { national_is(ends, "string"); }

  // The hotline's words for yes and no, and no third one in its schema.
  bool yes_no(const YesNo& words, const Ends& ends) {
    if (!national_is(ends, words.yes.empty() ? "boolean" : "string")) return false;
    for (const std::string& word : ends.national.allowed()) {
      const JsonValue value(rapidjson::StringRef(word.data(), word.size()));
      if (!must(words.read(value).has_value(), "national_value_unknown", word)) return false;
    }
    return true;
  }

  void constant(const Constant& rule, const std::string& national, const std::string& canonical) {
    at_ = rule.at_rule;
    const Schema& schema = rule.canonical ? proof_.canonical : proof_.national;
    const std::string path = (rule.canonical ? canonical : national) + rule.at.pointer;
    const SchemaNode* node = schema.at(path);
    if (node == nullptr) return;
    const std::string_view type = std::holds_alternative<bool>(rule.value)           ? "boolean"
                                  : std::holds_alternative<std::int64_t>(rule.value) ? "integer"
                                                                                     : "string";
    if (!must(node->type() == type, rule.canonical ? "canonical_type" : "national_type", node->type()))
      return;
    const auto* word = std::get_if<std::string>(&rule.value);
    if (word == nullptr) return;
    must(node->allowed().empty() || among(node->allowed(), *word),
         rule.canonical ? "value_not_canonical" : "value_not_in_schema", *word);
    const SchemaNode* above = schema.at(path.substr(0, path.rfind('/')));
    if (above != nullptr && above->is_coded() && above->property("code") == node)
      must(proof_.codes.has(above->labels().codes, *word), "value_not_canonical", *word);
  }

  static bool among(std::initializer_list<std::string_view> all, std::string_view one) {
    return std::find(all.begin(), all.end(), one) != all.end();
  }
  static bool among(const std::vector<std::string>& all, std::string_view one) {
    return std::find(all.begin(), all.end(), one) != all.end();
  }

  const Proof& proof_;
  std::string at_;
  std::vector<Fault> faults_;
};

}  // namespace

std::vector<Fault> prove_types(const Proof& proof) {
  return Types(proof).run();
}

}  // namespace hotline
