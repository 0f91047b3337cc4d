// One description of the facts' members serves writing and reading, so that neither can forget one.
#include <algorithm>

#include "consent/facts.h"

namespace hotline {
namespace {

template <class E>
struct Names;
template <>
struct Names<AgeFact> {
  static constexpr std::pair<AgeFact, std::string_view> all[] = {{AgeFact::unclear, "unclear"},
                                                                 {AgeFact::below, "below"},
                                                                 {AgeFact::straddles, "straddles"},
                                                                 {AgeFact::reached, "reached"}};
};
template <>
struct Names<LanguageFit> {
  static constexpr std::pair<LanguageFit, std::string_view> all[] = {
      {LanguageFit::yes, "yes"}, {LanguageFit::no, "no"}, {LanguageFit::unsaid, "unsaid"}};
};
template <>
struct Names<StateFact> {
  static constexpr std::pair<StateFact, std::string_view> all[] = {
      {StateFact::in_force, "in_force"}, {StateFact::refused, "refused"}, {StateFact::other, "other"}};
};
template <>
struct Names<GiverNamed> {
  static constexpr std::pair<GiverNamed, std::string_view> all[] = {{GiverNamed::nobody, "nobody"},
                                                                    {GiverNamed::the_person, "the_person"},
                                                                    {GiverNamed::another, "another"}};
};

template <class T, class Archive>
void members(T& facts, Archive& archive);

class Writer {
 public:
  Writer(JsonValue& out, Json::AllocatorType& allocator) : out_(out), allocator_(allocator) {
    out_.SetObject();
  }
  template <class T>
  void operator()(std::string_view name, const T& value) {
    set_member(out_, name, to_value(value), allocator_);
  }
  template <class T>
  void operator()(std::string_view name, const std::optional<T>& value) {
    if (value) set_member(out_, name, to_value(*value), allocator_);
  }

 private:
  JsonValue to_value(bool value) { return JsonValue(value); }
  JsonValue to_value(int value) { return JsonValue(value); }
  JsonValue to_value(const std::string& value) { return make_text(value, allocator_); }
  JsonValue to_value(Instant value) { return make_text(format_instant(value), allocator_); }
  JsonValue to_value(Level value) { return make_text(to_string(value), allocator_); }
  JsonValue to_value(Role value) { return make_text(to_string(value), allocator_); }
  template <class Tag>
  JsonValue to_value(const Strong<Tag, std::string>& value) {
    return make_text(value.get(), allocator_);
  }
  template <class T>
  JsonValue to_value(const std::vector<T>& values) {
    JsonValue out(rapidjson::kArrayType);
    for (const T& each : values) out.PushBack(to_value(each), allocator_);
    return out;
  }
  template <class T>
  JsonValue to_value(const T& value) {
    if constexpr (std::is_enum_v<T>) {
      const auto* found = std::find_if(std::begin(Names<T>::all), std::end(Names<T>::all),
                                       [&](const auto& each) { return each.first == value; });
      return make_text(found->second, allocator_);
    } else {
      JsonValue out;
      Writer writer(out, allocator_);
      members(const_cast<T&>(value), writer);
      return out;
    }
  }

  JsonValue& out_;
  Json::AllocatorType& allocator_;
};

class Reader {
 public:
  Reader(const JsonValue& in, std::string pointer, std::optional<Error>& error)
      : in_(in), pointer_(std::move(pointer)), error_(error) {
    if (!in_.IsObject()) fault(ErrorCode::type_mismatch, pointer_, "object");
  }
  template <class T>
  void operator()(std::string_view name, T& value) {
    ++wanted_;
    const JsonValue* found = member(in_, name);
    if (found == nullptr) return fault(ErrorCode::field_missing, pointer_join(pointer_, name), {});
    read(*found, pointer_join(pointer_, name), value);
  }
  template <class T>
  void operator()(std::string_view name, std::optional<T>& value) {
    value.reset();
    const JsonValue* found = member(in_, name);
    if (found == nullptr) return;
    ++wanted_;
    read(*found, pointer_join(pointer_, name), value.emplace());
  }
  void finish() {
    if (!error_ && in_.MemberCount() != wanted_) fault(ErrorCode::field_unknown, pointer_, {});
  }

 private:
  void fault(ErrorCode code, std::string pointer, std::string expected) {
    if (!error_) error_ = Error{code, std::move(pointer), std::move(expected), {}};
  }
  void read(const JsonValue& in, const std::string& at, bool& value) {
    if (!in.IsBool()) return fault(ErrorCode::type_mismatch, at, "boolean");
    value = in.GetBool();
  }
  void read(const JsonValue& in, const std::string& at, int& value) {
    if (!in.IsInt()) return fault(ErrorCode::type_mismatch, at, "integer");
    value = in.GetInt();
  }
  void read(const JsonValue& in, const std::string& at, std::string& value) {
    if (!in.IsString()) return fault(ErrorCode::type_mismatch, at, "string");
    value = as_text(in);
  }
  void read(const JsonValue& in, const std::string& at, Instant& value) {
    const auto instant = parse_instant(as_text(in));
    if (!instant || format_instant(*instant) != as_text(in))
      return fault(ErrorCode::value_not_allowed, at, "instant");
    value = *instant;
  }
  void read(const JsonValue& in, const std::string& at, Level& value) {
    const auto level = level_from(as_text(in));
    if (!level) return fault(ErrorCode::code_unknown, at, {});
    value = *level;
  }
  void read(const JsonValue& in, const std::string& at, Role& value) {
    const auto role = role_from(as_text(in));
    if (!role) return fault(ErrorCode::code_unknown, at, {});
    value = *role;
  }
  void read(const JsonValue& in, const std::string& at, Category& value) {
    value = Category(std::string(as_text(in)));
    const auto& all = all_categories();
    if (std::find(all.begin(), all.end(), value) == all.end()) fault(ErrorCode::code_unknown, at, {});
  }
  template <class Tag>
  void read(const JsonValue& in, const std::string& at, Strong<Tag, std::string>& value) {
    std::string text;
    read(in, at, text);
    value = Strong<Tag, std::string>(std::move(text));
  }
  template <class T>
  void read(const JsonValue& in, const std::string& at, std::vector<T>& values) {
    if (!in.IsArray()) return fault(ErrorCode::type_mismatch, at, "array");
    values.clear();
    for (const JsonValue& each : in.GetArray()) {
      values.emplace_back();
      read(each, pointer_join(at, values.size() - 1), values.back());
    }
  }
  template <class T>
  void read(const JsonValue& in, const std::string& at, T& value) {
    if constexpr (std::is_enum_v<T>) {
      const auto* found = std::find_if(std::begin(Names<T>::all), std::end(Names<T>::all),
                                       [&](const auto& each) { return each.second == as_text(in); });
      if (found == std::end(Names<T>::all)) return fault(ErrorCode::code_unknown, at, {});
      value = found->first;
    } else {
      Reader reader(in, at, error_);
      if (error_) return;
      members(value, reader);
      reader.finish();
    }
  }

  const JsonValue& in_;
  std::string pointer_;
  std::optional<Error>& error_;
  rapidjson::SizeType wanted_ = 0;
};

template <class Archive>
void list(Grant& facts, Archive& archive) {
  archive("category", facts.category);
  archive("level", facts.level);
  archive("fields", facts.fields);
}

template <class Archive>
void list(GiverFacts& facts, Archive& archive) {
  archive("relation", facts.relation);
  archive("named", facts.named);
  archive("speaker", facts.speaker);
  archive("exploiter", facts.exploiter);
  archive("not_abuser", facts.not_abuser);
  archive("capacity", facts.capacity);
}

template <class Archive>
void list(ConsentFacts& facts, Archive& archive) {
  archive("id", facts.id);
  archive("for_recipient", facts.for_recipient);
  archive("for_purpose", facts.for_purpose);
  archive("giver", facts.giver);
  archive("alone", facts.alone);
  archive("adult", facts.adult);
  archive("adult_when_given", facts.adult_when_given);
  archive("state", facts.state);
  archive("withdrawn", facts.withdrawn);
  archive("complete", facts.complete);
  archive("informed", facts.informed);
  archive("statement_known", facts.statement_known);
  archive("form", facts.form);
  archive("relative_interpreted", facts.relative_interpreted);
  archive("witnessed", facts.witnessed);
  archive("needs_fit_oral", facts.needs_fit_oral);
  archive("language", facts.language);
  archive("policy_version_fits", facts.policy_version_fits);
  archive("given_at", facts.given_at);
  archive("until", facts.until);
  archive("withdrawn_at", facts.withdrawn_at);
  archive("of_age_at", facts.of_age_at);
  archive("grants", facts.grants);
  archive("onward", facts.onward);
  archive("onward_recipients", facts.onward_recipients);
}

template <class Archive>
void list(AttestationFacts& facts, Archive& archive) {
  archive("id", facts.id);
  archive("ground", facts.ground);
  archive("staff_role", facts.staff_role);
  archive("recipient_role", facts.recipient_role);
  archive("named", facts.named);
  archive("for_recipient", facts.for_recipient);
  archive("about", facts.about);
  archive("categories", facts.categories);
  archive("at", facts.at);
  archive("until", facts.until);
}

template <class Archive>
void list(PersonFacts& facts, Archive& archive) {
  archive("id", facts.id);
  archive("child", facts.child);
  archive("consents", facts.consents);
  archive("attestations", facts.attestations);
}

template <class Archive>
void list(OnwardFacts& facts, Archive& archive) {
  archive("agreed", facts.agreed);
  archive("until", facts.until);
  archive("levels", facts.levels);
  archive("recipients", facts.recipients);
}

template <class Archive>
void list(Facts& facts, Archive& archive) {
  archive("recipient", facts.recipient);
  archive("sender_country", facts.sender_country);
  archive("recipient_country", facts.recipient_country);
  archive("recipient_role", facts.recipient_role);
  archive("recipient_active", facts.recipient_active);
  archive("purpose", facts.purpose);
  archive("now", facts.now);
  archive("base_policy", facts.base_policy);
  archive("sender_policy", facts.sender_policy);
  archive("recipient_policy", facts.recipient_policy);
  archive("onward", facts.onward);
  archive("persons", facts.persons);
}

template <class T, class Archive>
void members(T& facts, Archive& archive) {
  list(facts, archive);
}

}  // namespace

Json Facts::to_json() const {
  Json out;
  Writer writer(out, out.GetAllocator());
  list(const_cast<Facts&>(*this), writer);
  return out;
}

Result<Facts> Facts::from_json(const JsonValue& value) {
  Facts facts;
  std::optional<Error> error;
  Reader reader(value, {}, error);
  if (!error) {
    list(facts, reader);
    reader.finish();
  }
  if (error) return fail(std::move(*error));
  return facts;
}

}  // namespace hotline
