// A national record on its way to the canonical one: blocks and scopes in read_national.cpp, what stands in a
// field in read_field.cpp.
#pragma once

#include "adapters/engine/apply.h"
#include "adapters/engine/review_entries.h"
#include "adapters/engine/walk.h"

namespace hotline {

class Inbound {
 public:
  Inbound(const Plan& plan, const JsonValue& national)
      : plan_(plan),
        national_(national),
        review_(plan, national),
        record_(rapidjson::kObjectType),
        kept_(rapidjson::kArrayType) {}
  Result<Translated> run();

 private:
  using Done = Result<void>;
  // Where the rules of a scope stand at the moment: a source element and a target element, with their
  // pointers.
  struct Here {
    const View& view;
    const JsonValue& source;
    Spot from;
    JsonValue& target;
    Spot to;
  };

  Done scope(const RuleScope& rules, const JsonValue& source, Spot from, JsonValue& target, Spot to);
  Done field(const Field& rule, const Here& here);
  Done joined(const Field& rule, const Here& here);
  Done list(const Field& rule, const JsonValue& value, const Here& here);
  Done element(const Field& rule, const JsonValue& value, Spot from, const Here& here);
  Done code(const CodeAs& as, const Field& rule, const JsonValue& value, Spot from, const Here& here);
  bool from_review(const Field& rule, const Here& here);
  void missing(const Field& rule, const Here& here);
  Done said(const SaidAs& as, const Field& rule, const JsonValue& value, const Here& here);
  Done surnames(const SurnamesAs& as, const Field& rule, const Here& here);
  Done block(const Block& rule, const Here& here);
  Done slot(const Block& rule, const Slot& slot, const JsonValue& value, Spot from, const Here& here);
  Done one_of_block(const Block& rule, const Slot& slot, const JsonValue& value, Spot from, const Here& here);
  void selected(const Slot& slot, const JsonValue& element, Spot from);
  void constant(const Constant& rule, const Here& here);
  void extend(const Extend& rule, const Here& here);
  void drop(const JsonValue& value, Spot from, std::string_view reason);
  void drop(const Drop& rule, const Here& here);
  Spot word_at(const Labelled& labelled, const JsonValue& value, Spot from, CodedPlace place);
  void labels(const Labelled& labelled, const JsonValue& value, Spot from, CodedPlace place);
  void keep(std::string_view system, std::string_view name, std::string_view value, Spot from, Spot to);
  void review_left();
  bool near_word(const EnumAs& as, const Field& rule, const JsonValue& value, Spot from, const Here& here);
  void unread(const Field& rule, const JsonValue& value, Spot from, const Here& here);
  void put(const Field& rule, JsonValue&& value, const Here& here, Trail::Line line);
  std::string_view why_left(const JsonValue& leaf, const std::string& pointer) const;
  tl::unexpected<Error> at(Error error, Spot place) const {
    error.pointer = trail_.text(place);
    return fail(std::move(error));
  }
  tl::unexpected<Error> fault(ErrorCode code, Spot place, const char* expected) const {
    return fail(code, trail_.text(place), expected);
  }
  void line(Spot from, Spot to, Fate fate = Fate::carried, std::string_view reason = {}) {
    trail_.add({from, to, fate, {}, reason, {}});
  }
  Spot below(const Spot& place, const Path& path) { return trail_.below(place, path.pointer); }

  const Plan& plan_;
  const JsonValue& national_;
  const ReviewEntries review_;
  Json record_;
  JsonValue kept_;  // becomes /extensions
  Trail trail_;
  std::vector<Missing> missing_;
  Seen seen_;
};

// On the side of a line where nothing stands.
inline constexpr Spot kNowhere;

}  // namespace hotline
