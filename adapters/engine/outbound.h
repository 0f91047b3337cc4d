// A canonical record on its way to a national one: blocks and scopes in write_national.cpp, what stands in a
// field in write_field.cpp.
#pragma once

#include "adapters/engine/apply.h"
#include "adapters/engine/kept_values.h"
#include "adapters/engine/review_list.h"
#include "adapters/engine/walk.h"

namespace hotline {

// What the original of a code is to its own profile.
struct Home {
  std::string_view word = {};  // to be written; "" when there is none
  bool disagrees = false;      // the profile's own list reads it as something else: a person looks
};

class Outbound {
 public:
  Outbound(const Plan& plan, const LanguageTag& reader, const CodeSystems& codes)
      : plan_(plan),
        reader_(reader),
        codes_(codes),
        record_(rapidjson::kObjectType),
        review_(plan, reader, codes) {}
  Translated run(const JsonValue& canonical);

 private:
  struct Here {
    const View& view;
    const JsonValue& source;
    Spot from;
    JsonValue& target;
    Spot to;
  };

  void scope(const RuleScope& rules, const JsonValue& source, Spot from, JsonValue& target, Spot to);
  void field(const Field& rule, const Here& here);
  void list(const Field& rule, const JsonValue& value, const Here& here);
  std::optional<JsonValue> element(const Field& rule, const JsonValue& value, Spot from, Spot to);
  std::optional<JsonValue> code(const Field& rule, const CodeAs& as, const JsonValue& coded, Spot from,
                                Spot to);
  Home home_code(const Field& rule, const CodeAs& as, const JsonValue& coded) const;
  JsonValue national_code(const CodeAs& as, std::string_view code, const JsonValue* original);
  void said(const SaidAs& as, const Field& rule, const JsonValue& value, const Here& here);
  void surnames(const SurnamesAs& as, const Field& rule, const JsonValue& value, const Here& here);
  void block(const Block& rule, const Here& here);
  void single(const Slot& slot, const Here& here);
  void conditions(const Slot& slot, const JsonValue& element, Spot from);
  void drop(const JsonValue& element, Spot from, std::string_view reason);
  Spot next_place(const Slot& slot, const Here& here, std::size_t taken);
  void place_element(const Slot& slot, JsonValue&& made, const Here& here);
  void summary(const SummaryAs& as, const Field& rule, const JsonValue& value, const Here& here);
  void constant(const Constant& rule, const Here& here);
  void extend(const Path& national, std::string_view name, const Here& here);
  bool said_before(const Field& rule, const JsonValue& value, const Here& here);
  void restore_value(const Field& rule, const Here& here);
  void restore_list(const Path& national, std::string_view name, const Here& here);
  void restore_elements(const Block& rule, const Here& here);
  void leftovers(const JsonValue& canonical);
  std::string_view why_left(std::string_view pointer) const;
  void put(const Path& path, JsonValue&& value, const Here& here) {
    make_place(here.target, path.tokens, record_.GetAllocator()) = std::move(value);
  }
  void line(Spot from, Spot to, Fate fate = Fate::carried, std::string_view reason = {},
            std::string_view system = {}, std::string_view code = {}) {
    trail_.add({from, to, fate, system, reason, code});
  }
  Spot below(const Spot& place, const Path& path) { return trail_.below(place, path.pointer); }
  Spot extension(std::size_t index) { return trail_.below({0, Spot::kWhole, "/extensions"}, index); }

  const Plan& plan_;
  const LanguageTag& reader_;
  const CodeSystems& codes_;
  Json record_;
  ReviewList review_;
  Trail trail_;
  Seen seen_;
  KeptValues kept_;
};

// On the side of a line where nothing stands.
inline constexpr Spot kNowhere;

}  // namespace hotline
