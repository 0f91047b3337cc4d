#include "tests/properties/laws/hints.h"

#include "tests/properties/laws/shape.h"

namespace hotline::laws {

namespace {

class Reader {
 public:
  Reader(const ProfileFiles& files, Hints& hints) : files_(files), hints_(hints) {}

  void rules(const JsonValue& list, const std::string& national, const std::string& canonical,
             const std::vector<Guard>& guards, int depth) {
    if (!list.IsArray() || depth > 16) return;
    for (const JsonValue& one : list.GetArray()) rule(one, national, canonical, guards, depth);
  }

 private:
  // The rules inside: written there, or a part.
  const JsonValue* inside(const JsonValue& rule) const {
    if (const JsonValue* own = member(rule, "fields")) return own;
    const JsonValue* parts = member(files_.mapping, "parts");
    return parts == nullptr ? nullptr : member(*parts, text_at(rule, "use"));
  }

  void rule(const JsonValue& one, const std::string& national, const std::string& canonical,
            const std::vector<Guard>& guards, int depth) {
    const std::string to = canonical + std::string(text_at(one, "canonical"));
    if (const JsonValue* slots = member(one, "slots")) {
      for (const JsonValue& slot : slots->GetArray()) {
        const JsonValue* own = inside(slot);
        block(one, slot, own != nullptr ? own : inside(one), text_at(slot, "national"), national, to, guards,
              depth);
      }
    } else if (const JsonValue* list = inside(one)) {
      const JsonValue* places = member(one, "national");
      if (places != nullptr && places->IsArray()) {
        for (const JsonValue& place : places->GetArray())
          block(one, one, list, as_text(place), national, to, guards, depth);
      } else {
        block(one, one, list, text_at(one, "national"), national, to, guards, depth);
      }
    } else {
      leaf(one, national + std::string(text_at(one, "national")), to, guards);
    }
  }

  void block(const JsonValue& outer, const JsonValue& slot, const JsonValue* list, std::string_view place,
             const std::string& national, const std::string& to, std::vector<Guard> guards, int depth) {
    const std::string at = national + std::string(place);
    const JsonValue* where = member(slot, "where");
    if (where == nullptr) where = member(outer, "where");
    if (where != nullptr) {
      hints_.wheres.emplace(at, where);
      guards.push_back({at, where});
    }
    if (list != nullptr) rules(*list, at, to, guards, depth + 1);
  }

  void leaf(const JsonValue& one, const std::string& at, const std::string& to,
            const std::vector<Guard>& guards) {
    if (member(one, "drop") != nullptr) {
      if (const JsonValue* where = member(one, "where")) hints_.wheres.emplace(at, where);
      return;
    }
    if (member(one, "national") == nullptr || member(one, "extend") != nullptr) return;
    const bool constant = member(one, "value") != nullptr;
    Hint hint{&one, constant ? "value" : std::string(text_at(one, "as", "text")), to, guards};
    const std::string_view code = text_at(one, "code_member");
    if (code.empty()) {
      hints_.leaves.emplace(at, hint);
    } else {
      hints_.leaves.emplace(below(at, code), hint);
    }
    if (const std::string_view aside = text_at(one, "language_at"); !aside.empty())
      hints_.leaves.emplace(beside(at, one, aside), Hint{&one, "language_of", "", guards});
    if (const std::string_view aside = text_at(one, "second_at"); !aside.empty())
      hints_.second_surnames.emplace_back(at, beside(at, one, aside));
  }

  // A member of the labelled object, or a pointer into it.
  static std::string below(const std::string& at, std::string_view member) {
    if (member.front() != '/') return at + "/" + std::string(member);
    std::string path = at;
    while (!member.empty()) {
      member.remove_prefix(1);
      const std::string_view token = member.substr(0, member.find('/'));
      member.remove_prefix(token.size());
      path += "/";
      path += token.find_first_not_of("0123456789") == std::string_view::npos ? std::string_view("*") : token;
    }
    return path;
  }

  static std::string beside(const std::string& at, const JsonValue& rule, std::string_view aside) {
    return at.substr(0, at.size() - text_at(rule, "national").size()) + std::string(aside);
  }

  const ProfileFiles& files_;
  Hints& hints_;
};

}  // namespace

namespace {

std::string parent_of(const std::string& path) {
  return path.substr(0, path.rfind('/'));
}

// How far up everything is required: "" when the record has it always, else the path of what need not be
// there.
std::string optional_above(const Shape& canonical, std::string path) {
  while (!path.empty() && !path.ends_with("/*")) {
    const std::string parent = parent_of(path);
    if (!canonical.at(parent).requires_member(path.substr(parent.size() + 1))) return path;
    path = parent;
  }
  return path;
}

}  // namespace

Hints Hints::of(const ProfileFiles& files) {
  Hints hints;
  Reader(files, hints).rules(files.mapping["fields"], "", "", {}, 0);
  const Shape canonical(World::get().canonical_schema);
  for (const auto& [national, hint] : hints.leaves) {
    if (hint.canonical.empty() || text_at(*hint.rule, "direction") == "out") continue;
    const std::string open = optional_above(canonical, hint.canonical);
    if (open == hint.canonical) continue;
    std::string at = national;
    hints.needed.insert(at);
    if (open.empty() || open.ends_with("/*"))
      for (at = parent_of(at); !at.empty() && !at.ends_with("/*"); at = parent_of(at))
        hints.needed.insert(at);
  }
  return hints;
}

}  // namespace hotline::laws
