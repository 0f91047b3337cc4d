#include "adapters/engine/mapped_profile.h"

#include "adapters/engine/compile.h"
#include "adapters/engine/translation_maps.h"
#include "i18n/language_tag.h"

namespace hotline {

namespace {

bool starts_below(std::string_view pointer, std::string_view prefix) {
  if (pointer.substr(0, prefix.size()) != prefix) return false;
  return pointer.size() == prefix.size() || prefix.empty() || pointer[prefix.size()] == '/';
}

// A place in the canonical record, said as the place in the national one that it came from: the longest
// target that holds it, else the first that lies below it.
std::string national_place(const MappingReport& report, const std::string& canonical) {
  const std::vector<ReportLine> lines = report.lines();
  const ReportLine* best = nullptr;
  for (const ReportLine& line : lines)
    if (!line.target.empty() && !line.source.empty() && starts_below(canonical, line.target) &&
        (best == nullptr || line.target.size() > best->target.size()))
      best = &line;
  if (best != nullptr) return best->source;
  const std::string parent = canonical.substr(0, canonical.rfind('/'));
  for (const std::string& prefix : {canonical, parent})
    for (const ReportLine& line : lines)
      if (!prefix.empty() && !line.source.empty() && starts_below(line.target, prefix))
        return line.source.substr(0, line.source.rfind('/'));
  return "";
}

// The fault in the words of the national record. A code that nobody has given is asked for where it would
// stand, with the review entry that waits for it.
void say_nationally(Fault& fault, const Translated& translated) {
  const Trail& trail = translated.report.trail;
  const std::string place = pointer_join(fault.pointer, fault.expected);
  for (const Missing& one : translated.missing)
    if (fault.code == ErrorCode::field_missing && trail.text(one.canonical) == place) {
      const std::string national = trail.text(one.national);
      const std::size_t name = national.rfind('/');
      fault.pointer = one.review.empty() ? national.substr(0, name) : national;
      fault.expected = one.review.empty() ? national.substr(name + 1) : "settle " + one.review;
      return;
    }
  fault.pointer = national_place(translated.report, fault.pointer);
}

// The mapping speaks of its own tree; people speak of what they handed in or were handed out.
void set_places(MappingReport& report, std::string ReportLine::*side, const PlaceOf& place) {
  report.change([&](ReportLine& line) {
    if (!(line.*side).empty()) line.*side = place(line.*side);
  });
}

Error with_places(Error error, const PlaceOf& place) {
  if (!error.pointer.empty()) error.pointer = place(error.pointer);
  for (Fault& fault : error.more)
    if (!fault.pointer.empty()) fault.pointer = place(fault.pointer);
  return error;
}

}  // namespace

Result<std::shared_ptr<const MappedProfile>> MappedProfile::load(const std::string& folder,
                                                                 const Schema& canonical,
                                                                 const Schema& mappings,
                                                                 std::shared_ptr<const CodeSystems> codes) {
  auto data = ProfileData::load(folder, *codes, mappings);
  if (!data) return tl::make_unexpected(data.error());
  auto plan = compile(*data, canonical, *codes);
  if (!plan) return tl::make_unexpected(plan.error());
  auto form = make_form(folder, data->form, data->schema);
  if (!form) return tl::make_unexpected(form.error());
  return std::shared_ptr<const MappedProfile>(
      new MappedProfile(std::move(*plan), translation_maps(*data), data->languages, std::move(*form),
                        OwnAdditions::of(data->mapping), data->schema, canonical, std::move(codes)));
}

Result<ToCanonical> MappedProfile::to_canonical(const JsonValue& national) const {
  const auto shaped = form_->take(national);
  if (!shaped) return fail(shaped.error());
  return *shaped ? to_canonical(**shaped) : from_tree(national);
}

Result<ToCanonical> MappedProfile::to_canonical(const Shaped& shaped) const {
  auto made = from_tree(shaped.tree);
  if (shaped.place) {
    if (!made) return fail(with_places(std::move(made.error()), shaped.place));
    set_places(made->report, &ReportLine::source, shaped.place);
    made->report.change([&](ReportLine& line) {
      if (line.source.empty() && line.reason.empty()) line.reason = shaped.placeless;
    });
    for (ReportNote& note : made->report.notes) note.source = shaped.place(note.source);
  }
  if (!made) return made;
  for (const FormNote& note : shaped.notes) {
    if (note.lost || note.line)
      made->report.more.push_back(
          {note.place, "", note.lost ? Fate::dropped : Fate::carried, {}, note.reason});
    else
      made->report.notes.push_back({note.place, note.reason});
  }
  return made;
}

Result<ToCanonical> MappedProfile::from_tree(const JsonValue& untidy) const {
  TidyRecord tidy =
      tidy_record(untidy, [this](std::string_view place) { return !value_places_.contains(place); });
  const JsonValue& national = tidy.changed ? static_cast<const JsonValue&>(*tidy.changed) : untidy;
  if (auto valid = national_.validate(national, Opinions::own); !valid)
    return tl::make_unexpected(valid.error());
  auto translated = read_national(plan_, national);
  if (!translated) return tl::make_unexpected(translated.error());
  translated->report.mapping = shared_from_this();
  add_maps(translated->record, maps_, translated->report);
  auto referral = Referral::from(std::move(translated->record), canonical_, nullptr, Opinions::own);
  if (!referral) {
    Error error = std::move(referral.error());
    Fault first{error.code, error.pointer, error.expected};
    say_nationally(first, *translated);
    error.pointer = first.pointer;
    error.expected = first.expected;
    for (Fault& fault : error.more) say_nationally(fault, *translated);
    return fail(std::move(error));
  }
  translated->report.notes = report_notes(tidy.notes);
  return ToCanonical{std::move(*referral), std::move(translated->report)};
}

Result<FromCanonical> MappedProfile::from_canonical(const Referral& referral,
                                                    const LanguageTag& language) const {
  // In a language that our lists do not speak nothing could be said: then the profile's own.
  const std::string asked = base_language(language);
  const bool spoken = asked == "en" || asked == "fr" || asked == "es";
  const LanguageTag& reader = spoken ? language : languages_.front();
  Translated translated = write_national(plan_, referral.json(), reader, *codes_);
  translated.report.mapping = shared_from_this();
  translated.report.maps = maps_of(referral.json());
  translated.report.maps.insert(translated.report.maps.end(), maps_.begin(), maps_.end());
  if (auto given = form_->give(translated.record)) {
    if (given->place) set_places(translated.report, &ReportLine::target, given->place);
    for (const FormNote& note : given->notes)
      translated.report.more.push_back({"", note.place, Fate::carried, {}, note.reason});
    translated.record = std::move(given->tree);
  }
  additions_.say_in(translated.report, translated.record);
  return FromCanonical{std::move(translated.record), std::move(translated.report)};
}

}  // namespace hotline
