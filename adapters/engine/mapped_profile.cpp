#include "adapters/engine/mapped_profile.h"

#include "adapters/engine/compile.h"

namespace hotline {

namespace {

bool starts_below(std::string_view pointer, std::string_view prefix) {
  if (pointer.substr(0, prefix.size()) != prefix) return false;
  return pointer.size() == prefix.size() || prefix.empty() || pointer[prefix.size()] == '/';
}

// A place in the canonical record, said as the place in the national one that it came from: the longest
// target that holds it, else the first that lies below it.
std::string national_place(const MappingReport& report, const std::string& canonical) {
  const ReportLine* best = nullptr;
  for (const ReportLine& line : report.lines)
    if (!line.target.empty() && !line.source.empty() && starts_below(canonical, line.target) &&
        (best == nullptr || line.target.size() > best->target.size()))
      best = &line;
  if (best != nullptr) return best->source;
  const std::string parent = canonical.substr(0, canonical.rfind('/'));
  for (const std::string& prefix : {canonical, parent})
    for (const ReportLine& line : report.lines)
      if (!prefix.empty() && !line.source.empty() && starts_below(line.target, prefix))
        return line.source.substr(0, line.source.rfind('/'));
  return "";
}

}  // namespace

Result<std::shared_ptr<const MappedProfile>> MappedProfile::load(const std::string& folder,
                                                                 const Schema& canonical,
                                                                 const Schema& mappings,
                                                                 std::shared_ptr<const CodeSystems> codes) {
  auto data = ProfileData::load(folder, *codes, mappings);
  if (!data) return tl::make_unexpected(data.error());
  auto plan = compile(*data, canonical);
  if (!plan) return tl::make_unexpected(plan.error());
  return std::shared_ptr<const MappedProfile>(
      new MappedProfile(std::move(*plan), data->languages, data->schema, canonical, std::move(codes)));
}

Result<ToCanonical> MappedProfile::to_canonical(const JsonValue& national) const {
  if (auto valid = national_.validate(national); !valid) return tl::make_unexpected(valid.error());
  auto translated = read_national(plan_, national);
  if (!translated) return tl::make_unexpected(translated.error());
  auto referral = Referral::from(std::move(translated->record), canonical_);
  if (!referral) {
    Error error = std::move(referral.error());
    error.pointer = national_place(translated->report, error.pointer);
    for (Fault& fault : error.more) fault.pointer = national_place(translated->report, fault.pointer);
    return fail(std::move(error));
  }
  return ToCanonical{std::move(*referral), std::move(translated->report)};
}

Result<FromCanonical> MappedProfile::from_canonical(const Referral& referral,
                                                    const LanguageTag& language) const {
  const LanguageTag& reader = language.get().empty() ? languages_.front() : language;
  Translated translated = write_national(plan_, referral.json(), reader, *codes_);
  return FromCanonical{std::move(translated.record), std::move(translated.report)};
}

}  // namespace hotline
