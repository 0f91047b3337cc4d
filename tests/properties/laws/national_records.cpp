#include "tests/properties/laws/national_records.h"

#include <algorithm>
#include <cctype>
#include <cstdio>

#include "adapters/form/form.h"
#include "tests/properties/laws/bundles.h"
#include "tests/properties/laws/pattern.h"

namespace hotline::laws {

namespace {

class Maker {
 public:
  Maker(const ProfileFiles& files, const Hints& hints, std::uint64_t seed)
      : files_(files),
        hints_(hints),
        draw_(seed),
        canonical_(World::get().canonical_schema),
        values_(World::get(), draw_, cast_) {
    const unsigned densities[] = {3, 6, 12, 24, 60};
    present_ = densities[draw_.below(5)];
  }

  Json run() {
    JsonValue made = any(Shape(files_.schema), "");
    name_persons(made, cast_, draw_, allocator());
    Json record;
    record.CopyFrom(made, record.GetAllocator());
    return record;
  }

 private:
  Json::AllocatorType& allocator() { return room_.GetAllocator(); }
  JsonValue words(std::string_view text) { return make_text(text, allocator()); }

  // What the mapping says about this place, in the element of a list that is being made.
  const Hint* hint_at(const std::string& path) {
    std::vector<const Hint*> fit;
    const auto [begin, end] = hints_.leaves.equal_range(path);
    for (auto at = begin; at != end; ++at)
      if (std::all_of(at->second.guards.begin(), at->second.guards.end(), [&](const Guard& guard) {
            const auto chosen = chosen_.find(guard.list);
            return chosen != chosen_.end() && chosen->second == guard.where;
          }))
        fit.push_back(&at->second);
    return fit.empty() ? nullptr : draw_.of(fit);
  }

  // The value that a chosen `where` demands here.
  const JsonValue* demanded(const std::string& path) {
    const auto found = demanded_.find(path);
    if (found == demanded_.end()) return nullptr;
    const JsonValue& value = *found->second;
    return value.IsArray() ? &value[static_cast<rapidjson::SizeType>(draw_.below(value.Size()))] : &value;
  }

  bool is_on_the_way(const std::string& path) const {
    const auto next = demanded_.lower_bound(path);
    return next != demanded_.end() && next->first.compare(0, path.size(), path) == 0 &&
           (next->first.size() == path.size() || next->first[path.size()] == '/');
  }

  JsonValue any(const Shape& shape, const std::string& path) {
    if (const JsonValue* value = demanded(path)) return JsonValue(*value, allocator());
    const std::string_view type = shape.text("type");
    if (type == "object") return object(shape, path);
    if (type == "array") return list(shape, path);
    const Hint* hint = hint_at(path);
    if (type == "boolean") return JsonValue(draw_.in_100(50));
    if (type == "integer") return integer(shape, hint);
    std::string made = hint == nullptr ? plain(shape) : hinted(shape, *hint);
    return words(within(shape, std::move(made)));
  }

  JsonValue integer(const Shape& shape, const Hint* hint) {
    if (hint != nullptr && !hint->canonical.empty())
      if (const Shape canonical = canonical_.at(hint->canonical);
          canonical && canonical.text("type") == "integer")
        return JsonValue(std::clamp(values_.integer(canonical), shape.number("minimum", 0),
                                    shape.number("maximum", 1000)));
    return JsonValue(values_.integer(shape));
  }

  std::string plain(const Shape& shape) {
    if (const JsonValue* allowed = shape.get("enum"))
      return std::string(as_text((*allowed)[static_cast<rapidjson::SizeType>(draw_.below(allowed->Size()))]));
    if (const std::string_view format = shape.text("x-format"); !format.empty())
      return values_.of_format(format);
    if (const std::string_view pattern = shape.text("pattern"); !pattern.empty())
      return matching(pattern, draw_);
    return values_.text(static_cast<std::size_t>(shape.number("minLength", 1)),
                        static_cast<std::size_t>(shape.number("maxLength", 40)));
  }

  // Never longer than the schema allows: a text is cut, which no code, date or number needs.
  static std::string within(const Shape& shape, std::string text) {
    std::size_t left = static_cast<std::size_t>(shape.number("maxLength", 100000)), end = 0;
    for (; end < text.size(); ++end)
      if ((static_cast<unsigned char>(text[end]) & 0xC0) != 0x80 && left-- == 0) break;
    text.resize(end);
    return text;
  }

  std::string hinted(const Shape& shape, const Hint& hint) {
    const JsonValue& rule = *hint.rule;
    const std::string_view separator = text_at(rule, "separator");
    if (separator.empty()) return one(shape, hint);
    std::string joined;
    for (std::size_t i = 1 + draw_.below(3); i > 0; --i)
      joined +=
          (joined.empty() ? "" : std::string(separator) + (draw_.in_100(30) ? " " : "")) + one(shape, hint);
    return joined;
  }

  std::string one(const Shape& shape, const Hint& hint) {
    const JsonValue& rule = *hint.rule;
    if (hint.as == "value") return std::string(as_text(*member(rule, "value")));
    if (hint.as == "language_of") return language_word(rule);
    if (hint.as == "enum") return enum_word(rule);
    if (hint.as == "boolean" || hint.as == "is_one_of" || hint.as == "presence") return yes_or_no(rule);
    if (hint.as == "date") return date(rule);
    if (hint.as == "instant") return instant(rule);
    if (hint.as == "phone") return phone(rule);
    if (hint.as == "decimal") return decimal(rule);
    if (hint.as == "table") return table_word(text_at(rule, "table"));
    if (hint.as == "code") return code(text_at(rule, "codes"));
    if (hint.as == "integer") return std::to_string(draw_.below(60));
    const Shape canonical = canonical_.at(hint.canonical);
    if (!canonical || canonical.text("type") != "string") return plain(shape);
    const std::string made = values_.leaf(canonical, hint.canonical);
    const std::string_view separator = text_at(rule, "separator");
    return separator.empty() || made.find(separator) == std::string::npos ? made : values_.mark();
  }

  std::string enum_word(const JsonValue& rule) {
    std::vector<std::string> all;
    for (const auto& each : rule["values"].GetObject()) all.emplace_back(as_text(each.value));
    for (const char* more : {"also", "near"})
      if (const JsonValue* words = member(rule, more))
        for (const auto& each : words->GetObject()) all.emplace_back(as_text(each.name));
    return draw_.of(all);
  }

  std::string yes_or_no(const JsonValue& rule) {
    std::vector<std::string> all{std::string(text_at(rule, "true", "true")),
                                 std::string(text_at(rule, "false", "false"))};
    for (const char* more : {"also_true", "also_false"})
      if (const JsonValue* list = member(rule, more))
        for (const JsonValue& each : list->GetArray()) all.emplace_back(as_text(each));
    return draw_.of(all);
  }

  std::string date(const JsonValue& rule) {
    std::string iso = values_.civil_date();
    if (iso.size() == 4) iso += "-03-09";
    if (iso.size() == 7) iso += "-09";
    const JsonValue& formats = rule["formats"];
    std::string form(as_text(formats[static_cast<rapidjson::SizeType>(draw_.below(formats.Size()))]));
    const std::size_t month = static_cast<std::size_t>(std::stoi(iso.substr(5, 2)));
    const std::pair<std::string_view, std::string> tokens[] = {
        {"YYYY", iso.substr(0, 4)},
        {"MMMM", files_.months.empty() ? "" : files_.months[month - 1]},
        {"MM", iso.substr(5, 2)},
        {"DD", iso.substr(8, 2)}};
    std::string made;
    for (std::string_view rest = form; !rest.empty();) {
      const auto* token = std::find_if(std::begin(tokens), std::end(tokens),
                                       [&](const auto& each) { return rest.starts_with(each.first); });
      const bool single = token == std::end(tokens) && (rest[0] == 'M' || rest[0] == 'D');
      if (single) {
        made += std::to_string(std::stoi(rest[0] == 'M' ? iso.substr(5, 2) : iso.substr(8, 2)));
        rest.remove_prefix(1);
      } else if (token == std::end(tokens)) {
        made += rest[0];
        rest.remove_prefix(1);
      } else {
        made += token->second;
        rest.remove_prefix(token->first.size());
      }
    }
    return made;
  }

  std::string instant(const JsonValue& rule) {
    std::string text = values_.instant();
    if (text_at(rule, "form") != "basic") return draw_.in_100(20) ? text.substr(0, 19) + "-05:00" : text;
    return text.substr(0, 19) + ".000" + (draw_.in_100(20) ? "-0700" : "+0000");
  }

  std::string phone(const JsonValue& rule) {
    const std::string number = values_.phone();
    const std::string_view region = text_at(rule, "region", files_.country);
    const bool here =
        region == "MX" ? number.starts_with("+52") && number.size() == 13 : number.starts_with("+1");
    if (!here) return number;
    const std::string ten = number.substr(number.size() - 10);
    switch (draw_.below(4)) {
      case 0:
        return number;
      case 1:
        return ten;
      case 2:
        return ten.substr(0, 3) + "-" + ten.substr(3, 3) + "-" + ten.substr(6);
      default:
        return "(" + ten.substr(0, 3) + ") " + ten.substr(3, 3) + " " + ten.substr(6);
    }
  }

  std::string decimal(const JsonValue& rule) {
    std::string text = values_.decimal();
    const std::size_t point = text.find('.');
    const std::string_view group = text_at(rule, "group"), mark = text_at(rule, "point", ".");
    std::string whole = text.substr(0, point);
    if (!group.empty() && draw_.in_100(50))
      for (std::size_t at = whole.size(); at > 3;) whole.insert(at -= 3, group);
    return point == std::string::npos ? whole : whole + std::string(mark) + text.substr(point + 1);
  }

  std::string spelling(const JsonValue& entry, const char* first) {
    std::vector<std::string> all{std::string(text_at(entry, first))};
    if (const JsonValue* also = member(entry, "also"))
      for (const JsonValue& each : also->GetArray()) all.emplace_back(as_text(each));
    std::string word = draw_.in_100(80) ? all.front() : draw_.of(all);
    if (draw_.in_100(10))
      for (char& c : word) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return word;
  }

  std::string table_word(std::string_view name) {
    const auto found = files_.tables.find(name);
    if (found == files_.tables.end()) return values_.of_format("language");
    const JsonValue& entries = found->second["entries"];
    const JsonValue& entry = entries[static_cast<rapidjson::SizeType>(draw_.below(entries.Size()))];
    return draw_.in_100(15) ? std::string(text_at(entry, "canonical")) : spelling(entry, "national");
  }

  std::string language_word(const JsonValue& rule) {
    return member(rule, "table") != nullptr ? table_word(text_at(rule, "table"))
                                            : values_.of_format("language");
  }

  std::string code(std::string_view name) {
    const JsonValue& all = files_.codes.find(name)->second["national"];
    return spelling(all[static_cast<rapidjson::SizeType>(draw_.below(all.Size()))], "code");
  }

  JsonValue object(const Shape& shape, const std::string& path) {
    JsonValue made(rapidjson::kObjectType);
    for (const std::string& name : shape.names()) {
      const std::string at = path + "/" + name;
      const bool needed = hints_.needed.count(at) > 0 && !draw_.in_100(1);
      const bool wanted =
          needed || shape.requires_member(name) || is_on_the_way(at) || draw_.in_100(present_);
      if (wanted && depth_ < 24) {
        ++depth_;
        set_member(made, name, any(shape.property(name), at), allocator());
        --depth_;
      }
    }
    join_surnames(made, path);
    return made;
  }

  // What repeats the second surname does repeat it.
  void join_surnames(JsonValue& made, const std::string& path) {
    for (const auto& [whole, second] : hints_.second_surnames) {
      if (whole.substr(0, whole.rfind('/')) != path || second.substr(0, second.rfind('/')) != path) continue;
      const JsonValue* both = member(made, whole.substr(whole.rfind('/') + 1));
      const JsonValue* last = member(made, second.substr(second.rfind('/') + 1));
      if (both == nullptr || last == nullptr) continue;
      const std::string name = values_.mark(), other = values_.mark();
      set_text(made, whole.substr(whole.rfind('/') + 1), other + " " + name, allocator());
      set_text(made, second.substr(second.rfind('/') + 1), name, allocator());
    }
  }

  JsonValue list(const Shape& shape, const std::string& path) {
    const std::string at = path + "/*";
    const bool leads = is_on_the_way(at) || !hints_empty_below(at);
    std::size_t length = draw_.below(draw_.in_100(10) ? 5 : 3);
    length = std::max(length,
                      static_cast<std::size_t>(shape.number("minItems", leads && is_on_the_way(at) ? 1 : 0)));
    length = std::min(length, static_cast<std::size_t>(shape.number("maxItems", 50)));
    JsonValue made(rapidjson::kArrayType);
    for (std::size_t i = 0; i < length; ++i) made.PushBack(element(shape.items(), at), allocator());
    return made;
  }

  bool hints_empty_below(const std::string& at) const {
    const auto next = hints_.leaves.lower_bound(at);
    return next == hints_.leaves.end() || next->first.compare(0, at.size(), at) != 0;
  }

  // One element of a list; with a `where`, it looks as that says.
  JsonValue element(const Shape& shape, const std::string& at) {
    const auto [begin, end] = hints_.wheres.equal_range(at);
    if (begin == end) return any(shape, at);
    auto one = begin;
    std::advance(one, static_cast<long>(draw_.below(static_cast<std::size_t>(std::distance(begin, end)))));
    const auto kept_chosen = chosen_;
    const auto kept_demanded = demanded_;
    chosen_[at] = one->second;
    for (const auto& each : one->second->GetObject()) {
      std::string path = at;
      for (std::string_view rest = as_text(each.name); !rest.empty();) {
        rest.remove_prefix(1);
        const std::string_view token = rest.substr(0, rest.find('/'));
        rest.remove_prefix(token.size());
        path += "/";
        path +=
            token.find_first_not_of("0123456789") == std::string_view::npos ? std::string_view("*") : token;
      }
      demanded_[path] = &each.value;
    }
    JsonValue made = any(shape, at);
    chosen_ = kept_chosen;
    demanded_ = kept_demanded;
    return made;
  }

  const ProfileFiles& files_;
  const Hints& hints_;
  Draw draw_;
  Shape canonical_;
  Cast cast_;
  Json room_;
  Values values_;
  unsigned present_ = 30;
  int depth_ = 0;
  std::map<std::string, const JsonValue*, std::less<>> chosen_;    // list -> where
  std::map<std::string, const JsonValue*, std::less<>> demanded_;  // place -> value
};

}  // namespace

NationalRecords::NationalRecords(const std::string& profile)
    : files_(World::get().of(profile)), hints_(Hints::of(files_)) {}

Json NationalRecords::make(std::uint64_t seed) const {
  if (files_.form == "fhir_bundle") return bundle(files_.id, seed);
  Json tree = Maker(files_, hints_, seed).run();
  auto given = World::get().profiles.find(files_.id)->form().give(tree);
  return given ? std::move(given->tree) : std::move(tree);
}

}  // namespace hotline::laws
