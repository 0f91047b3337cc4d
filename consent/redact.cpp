#include "consent/redact.h"

#include <algorithm>
#include <map>

#include "consent/consent.h"
#include "consent/leak_gate.h"
#include "consent/narrative.h"
#include "consent/project.h"
#include "consent/translation.h"
#include "consent/values.h"
#include "i18n/base/clock.h"

namespace hotline {
namespace {

using Allocator = Json::AllocatorType;
using Pseudonyms = std::map<std::string, std::string, std::less<>>;

// What binds the receiver, whatever was granted (v3-ActCode where it has a word).
constexpr const char* kObligations[] = {"NORDSCLCDS", "DELAU", "purge_on_withdrawal", "no_enforcement"};
// Categories of what is common to the case rather than one person's.
constexpr const char* kCommon[] = {"alleged_exploiter", "narrative", "case_admin"};

bool is_common(std::string_view category) {
  return std::find(std::begin(kCommon), std::end(kCommon), category) != std::end(kCommon);
}

void push_mark(JsonValue& marks, std::string_view category, Level level, std::string_view reason,
               Allocator& allocator) {
  JsonValue mark(rapidjson::kObjectType);
  set_text(mark, "category", category, allocator);
  set_text(mark, "level", to_string(level), allocator);
  set_text(mark, "reason", reason, allocator);
  marks.PushBack(mark, allocator);
}

class Maker {
 public:
  // `id` empty: a new one.
  Maker(const Referral& referral, const Decision& decision, const Group& group, const ReferralId& id,
        const DisclosureInputs& inputs)
      : referral_(referral),
        decision_(decision),
        group_(group),
        in_(inputs),
        terms_(*decision.of(group.persons.front())),
        split_(group.persons.size() != referral.persons().Size()),
        id_(id) {
    for (const PersonId& each : group.persons) pseudonyms_[each.get()] = "p-" + in_.new_uuid();
  }

  // The finished record, or why it may not leave.
  Result<std::string> make() {
    document_ = project(referral_, {in_.schema, in_.texts, terms_, pseudonyms_, in_.new_uuid,
                                    civil_date_utc(decision_.decided_at), split_});
    set_text(document_, "schema_version", in_.schema.version(), document_.GetAllocator());
    fill_envelope();
    fill_terms();
    mask_own_words();
    add_narratives();
    fill_withheld();
    fill_translation();
    if (auto valid = in_.schema.validate(document_); !valid) return fail(valid.error());
    return gated();
  }

  const ReferralId& id() const { return id_; }
  const std::string& held() const { return held_; }
  // Consents of one sitting end at one second: where people must not be linked, each ends at the day's (or,
  // when that is near, the hour's) beginning, as many others do.
  Instant until() const { return decision_.ends(terms_.person); }
  std::vector<ConsentId> consents() const {
    std::vector<ConsentId> out;
    for (const PersonId& each : group_.persons) {
      const ConsentId& id = decision_.of(each)->consent;
      if (!id.get().empty() && std::find(out.begin(), out.end(), id) == out.end()) out.push_back(id);
    }
    return out;
  }

 private:
  Allocator& allocator() { return document_.GetAllocator(); }

  void put(std::string_view name, JsonValue&& value) {
    document_.RemoveMember(
        JsonValue::StringRefType(name.data(), static_cast<rapidjson::SizeType>(name.size())));
    set_member(document_, name, std::move(value), allocator());
  }

  void fill_envelope() {
    if (id_.get().empty()) id_ = ReferralId(in_.new_uuid());
    JsonValue& envelope = document_["envelope"];
    for (const char* name : {"origin", "purpose", "referral_id"}) envelope.RemoveMember(name);
    set_text(envelope, "origin", in_.sender.get(), allocator());
    set_text(envelope, "purpose", decision_.purpose.get(), allocator());
    set_text(envelope, "referral_id", id_.get(), allocator());
  }

  void fill_terms() {
    JsonValue terms(rapidjson::kObjectType);
    set_text(terms, "recipient", decision_.recipient.get(), allocator());
    set_text(terms, "purpose", decision_.purpose.get(), allocator());
    set_text(terms, "until", format_instant(until()), allocator());
    fill_onward(terms);
    set_text(terms, "basis", terms_.basis, allocator());
    JsonValue obligations(rapidjson::kArrayType);
    for (const char* each : kObligations) obligations.PushBack(make_text(each, allocator()), allocator());
    set_member(terms, "obligations", std::move(obligations), allocator());
    set_text(terms, "sender_policy", decision_.sender_policy, allocator());
    set_text(terms, "recipient_policy", decision_.recipient_policy, allocator());
    put("terms", std::move(terms));
  }

  void fill_onward(JsonValue& terms) {
    set_text(terms, "onward", terms_.onward.empty() ? "none" : "listed", allocator());
    if (terms_.onward.empty()) return;
    JsonValue recipients(rapidjson::kArrayType);
    for (const MemberId& each : terms_.onward)
      recipients.PushBack(make_text(each.get(), allocator()), allocator());
    set_member(terms, "onward_recipients", std::move(recipients), allocator());
  }

  bool narrative_granted() const {
    const CategoryDecision& narrative = terms_.of("narrative");
    return narrative.level >= Level::generalised && narrative.fields.empty();
  }

  void add_narratives() {
    const JsonValue* narratives = member(referral_.json(), "narratives");
    if (narratives == nullptr || narratives->Empty() || !narrative_granted()) return;
    if (split_) {
      held_ = "case_split";
      return;
    }
    MaskRules rules = mask_rules();
    int owner = static_cast<int>(rules.granted.size()) + 1;
    collect_values(in_.schema.root(), referral_.json(), owner, rules.hidden);
    const NarrativeMask mask(in_.texts, std::move(rules));
    JsonValue out(rapidjson::kArrayType);
    for (const JsonValue& each : narratives->GetArray()) out.PushBack(narrative(each, mask), allocator());
    put("narratives", std::move(out));
  }

  // What nobody gave as a value and yet stands in a field of free text: other people's numbers, names behind
  // telling words, immigration and orientation in any wording, how many they were; and days, which people
  // write in too many ways. Other withheld values are left for the gate to find: the sender mends the record.
  void mask_own_words() {
    MaskRules rules = mask_rules();
    rules.field = true;
    int owner = static_cast<int>(rules.granted.size()) + 1;
    collect_values(in_.schema.root(), referral_.json(), owner, rules.hidden);
    const NarrativeMask all(in_.texts, rules);
    std::erase_if(rules.hidden, [](const FindableValue& each) { return each.as != FindAs::date; });
    const NarrativeMask mask(in_.texts, std::move(rules));
    const LanguageTag language(std::string(text_at(document_["envelope"], "origin_language")));
    mask_own_words(in_.schema.root(), document_, mask, language);
    drop_telling_words(in_.schema.root(), document_, all);
  }

  // Words that are on no list may be anything: one withheld name in them is enough.
  void drop_telling_words(const SchemaNode& node, JsonValue& value, const NarrativeMask& mask) {
    if (value.IsObject() && node.is_coded()) {
      const bool listed = in_.schema.has_code(node.labels().codes, text_at(value, "code"));
      if (!listed && original_has(value, mask, [](const MaskSpan&) { return true; }))
        value.RemoveMember("original");
    } else if (value.IsObject()) {
      for (auto& each : value.GetObject()) {
        const SchemaNode* child = node.property(as_text(each.name));
        if (child != nullptr) drop_telling_words(*child, each.value, mask);
      }
    } else if (value.IsArray() && node.items() != nullptr) {
      for (JsonValue& each : value.GetArray()) drop_telling_words(*node.items(), each, mask);
    }
  }

  template <class Tells>
  static bool original_has(const JsonValue& coded, const NarrativeMask& mask, Tells tells) {
    const JsonValue* said = member(coded, "original");
    if (said == nullptr) return false;
    const LanguageTag language(std::string(text_at(*said, "language")));
    for (const char* name : {"label", "code"}) {
      const auto spans = mask.find(text_at(*said, name), language);
      if (std::any_of(spans.begin(), spans.end(), tells)) return true;
    }
    return false;
  }

  void mask_own_words(const SchemaNode& node, JsonValue& value, const NarrativeMask& mask,
                      const LanguageTag& language) {
    if (value.IsObject() && node.is_coded()) {
      drop_telling_original(value, mask);
    } else if (value.IsObject()) {
      const LanguageTag said(std::string(text_at(value, "language", language.get())));
      for (auto& each : value.GetObject()) {
        const SchemaNode* child = node.property(as_text(each.name));
        if (child != nullptr) mask_own_words(*child, each.value, mask, said);
      }
    } else if (value.IsArray() && node.items() != nullptr) {
      for (JsonValue& each : value.GetArray()) mask_own_words(*node.items(), each, mask, language);
    } else if (value.IsString() && node.labels().prose) {
      const MaskedText masked = mask.mask(as_text(value), language);
      if (masked.changed) value = make_text(masked.text, allocator());
    }
  }

  // "Employer-specific work permit" as a means of control says what is withheld as immigration: its code in
  // the common list does not.
  static void drop_telling_original(JsonValue& coded, const NarrativeMask& mask) {
    if (original_has(coded, mask, [](const MaskSpan& each) { return each.kind == "sentence"; }))
      coded.RemoveMember("original");
  }

  MaskRules mask_rules() const {
    MaskRules rules;
    int owner = 0;
    collect_values(in_.schema.root(), document_, owner, rules.granted);
    for (const CategoryDecision& each : terms_.categories) {
      if (each.level < Level::generalised) rules.withheld.insert(each.category.get());
    }
    rules.generalised = terms_.of("narrative").level == Level::generalised;
    rules.region = decision_.sender_country;
    rules.others = split_;
    return rules;
  }

  JsonValue narrative(const JsonValue& source, const NarrativeMask& mask) {
    JsonValue out(rapidjson::kObjectType);
    const std::string_view language = text_at(source, "language");
    const MaskedText masked = mask.mask(text_at(source, "text"), LanguageTag(std::string(language)));
    if (const auto voice = text_at(source, "voice"); !voice.empty())
      set_text(out, "voice", voice, allocator());
    set_text(out, "text", masked.text, allocator());
    set_text(out, "language", language, allocator());
    set_member(out, "masked", JsonValue(masked.changed || flag_at(source, "masked")), allocator());
    // Nobody is asked to tell it again.
    set_member(out, "do_not_ask_again", JsonValue(flag_at(source, "do_not_ask_again", true)), allocator());
    if (const JsonValue* about = member(source, "about"))
      set_member(out, "about", pseudonymous(*about), allocator());
    return out;
  }

  JsonValue pseudonymous(const JsonValue& ids) {
    JsonValue out(rapidjson::kArrayType);
    for (const JsonValue& each : ids.GetArray()) {
      const auto known = pseudonyms_.find(as_text(each));
      if (known != pseudonyms_.end()) out.PushBack(make_text(known->second, allocator()), allocator());
    }
    return out;
  }

  // What its stage holds back, or the person did not agree to.
  std::string_view why(const CategoryDecision& each) const {
    const bool later = in_.stage == Stage::pseudonymous && each.rule == in_.policies.base().first_stage_rule;
    return later ? "follows_later" : "not_granted";
  }

  // One reason for everything, whether or not there was a value: the receiver learns nothing from an absence.
  JsonValue marks(bool common) {
    JsonValue out(rapidjson::kArrayType);
    for (const CategoryDecision& each : terms_.categories) {
      const std::string_view category = each.category.get();
      if (is_common(category) != common) continue;
      // In a split also where there is none: what the others told is not to be seen from its absence.
      const bool held = category == "narrative" && (!held_.empty() || (split_ && narrative_granted()));
      // No story can be told without who is in it: below that level, or in single fields, there is none.
      const bool untold = category == "narrative" && !narrative_granted();
      const bool dropped = untold || (category == "case_admin" && split_);
      if (held) {
        push_mark(out, category, Level::withheld, "held_for_human", allocator());
      } else if (dropped) {
        push_mark(out, category, Level::withheld, why(each), allocator());
      } else if (each.level != Level::full || !each.fields.empty()) {
        const Level shown =
            each.level == Level::full ? Level::generalised : each.level;  // full, of some fields only
        push_mark(out, category, shown, why(each), allocator());
      }
    }
    return out;
  }

  void fill_withheld() {
    put("withheld", marks(true));
    for (JsonValue& person : document_["persons"].GetArray()) {
      person.RemoveMember("withheld");
      set_member(person, "withheld", marks(false), allocator());
    }
  }

  // Which maps made the record says nothing of anybody in it (the gate reads them all the same); the notes
  // are read off the finished disclosure.
  void fill_translation() {
    JsonValue translation(rapidjson::kObjectType);
    if (const JsonValue* given = member(referral_.json(), "translation"))
      if (const JsonValue* maps = member(*given, "maps"))
        set_member(translation, "maps", JsonValue(*maps, allocator()), allocator());
    JsonValue notes = translation_notes(in_.schema.root(), document_, allocator());
    if (!notes.Empty()) set_member(translation, "notes", std::move(notes), allocator());
    if (translation.MemberCount() > 0) put("translation", std::move(translation));
  }

  Result<std::string> gated() {
    std::string bytes = to_text(document_);
    auto report = leak_gate(bytes, referral_, in_.schema, decision_, group_);
    if (!report) return fail(report.error());
    if (report->fields.empty() && !report->narratives.empty()) {
      hold(report->narratives);
      bytes = to_text(document_);
      report = leak_gate(bytes, referral_, in_.schema, decision_, group_);
      if (!report) return fail(report.error());
    }
    if (report->clean()) return bytes;
    Error error{
        ErrorCode::leak_found, report->fields.empty() ? "/narratives" : report->fields.front(), {}, {}};
    for (const std::string& each : report->fields) error.more.push_back({ErrorCode::leak_found, each, {}});
    return fail(std::move(error));
  }

  void hold(const std::vector<std::size_t>& indices) {
    held_ = "leak_gate";
    JsonValue& narratives = document_["narratives"];
    for (auto index = indices.rbegin(); index != indices.rend(); ++index) {
      narratives.Erase(narratives.Begin() + static_cast<std::ptrdiff_t>(*index));
    }
    if (narratives.Empty()) document_.RemoveMember("narratives");
    fill_withheld();
  }

  const Referral& referral_;
  const Decision& decision_;
  const Group& group_;
  const DisclosureInputs& in_;
  const PersonDecision& terms_;
  const bool split_;
  ReferralId id_;
  Pseudonyms pseudonyms_;
  Json document_;
  std::string held_;
};

std::string with_report(const std::string& record, const DisclosureInputs& inputs) {
  Json report(rapidjson::kObjectType);
  set_text(report, "from", inputs.source_profile, report.GetAllocator());
  set_text(report, "to", "canonical@" + std::string(inputs.schema.version()), report.GetAllocator());
  std::string out = "{\"referral\":" + record + ",\"report\":" + to_text(report);
  if (inputs.stage != Stage::whole) out.append(",\"stage\":\"").append(to_string(inputs.stage)).append("\"");
  return out + "}";
}

}  // namespace

Result<std::vector<Disclosure>> disclose(const Referral& referral, const Decision& decision,
                                         const DisclosureInputs& inputs) {
  std::vector<Disclosure> out;
  for (const Group& group : decision.groups) {
    const bool known = out.size() < inputs.referrals.size();
    Maker maker(referral, decision, group, known ? inputs.referrals[out.size()] : ReferralId(), inputs);
    auto record = maker.make();
    if (!record) return fail(record.error());
    out.push_back(Disclosure(with_report(*record, inputs), maker.id(), std::string(referral.urgency()),
                             maker.until(), maker.consents(), maker.held()));
  }
  return out;
}

}  // namespace hotline
