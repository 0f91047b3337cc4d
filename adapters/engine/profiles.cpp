#include "adapters/engine/profiles.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "adapters/engine/fault_place.h"
#include "adapters/engine/mapped_profile.h"
#include "adapters/engine/translation_maps.h"

namespace hotline {

namespace fs = std::filesystem;

namespace {

// The canonical record as a profile: the identity. Every leaf is carried to where it stands.
class CanonicalProfile final : public Profile {
 public:
  explicit CanonicalProfile(const Schema& schema) : schema_(schema), version_(schema.version()) {}
  std::string_view id() const override { return "canonical"; }
  std::string_view version() const override { return version_; }
  const std::vector<LanguageTag>& languages() const override { return languages_; }
  const Form& form() const override { return *form_; }

  Result<ToCanonical> to_canonical(const Shaped& shaped) const override { return to_canonical(shaped.tree); }
  Result<ToCanonical> to_canonical(const JsonValue& national) const override {
    Json copy;
    copy.CopyFrom(national, copy.GetAllocator());
    std::vector<TidyNote> notes;
    auto referral = Referral::from(std::move(copy), schema_, &notes);
    if (!referral) return tl::make_unexpected(referral.error());
    MappingReport report = report_of(national);
    report.notes = report_notes(notes);
    return ToCanonical{std::move(*referral), std::move(report)};
  }

  Result<FromCanonical> from_canonical(const Referral& referral, const LanguageTag&) const override {
    Json copy;
    copy.CopyFrom(referral.json(), copy.GetAllocator());
    return FromCanonical{std::move(copy), report_of(referral.json())};
  }

 private:
  MappingReport report_of(const JsonValue& record) const {
    MappingReport report{"canonical@" + version_, "canonical@" + version_};
    report.maps = maps_of(record);
    visit_leaves(record, nullptr, true, [&](const JsonValue&, std::string&& place) {
      report.more.push_back({place, place, Fate::carried, {}, {}});
    });
    return report;
  }

  Schema schema_;
  std::string version_;
  std::vector<LanguageTag> languages_{LanguageTag("en"), LanguageTag("fr"), LanguageTag("es")};
  std::shared_ptr<const Form> form_ = make_json_form();
};

}  // namespace

Result<ToCanonical> Profile::read_text(std::string_view text) const {
  const auto shaped = form().read(text);
  if (!shaped) return fail(shaped.error());
  return to_canonical(*shaped);
}

namespace {

// What is refused at load is named by file and line; `check` says all of it in words.
Error with_line(const std::string& folder, Error error) {
  FaultPlace place = place_of_fault(folder, {error.code, error.pointer, error.expected});
  error.expected = file_and_line(folder, place);
  error.pointer = std::move(place.pointer);
  error.more.clear();
  return error;
}

}  // namespace

std::vector<std::string> profile_folders(const std::string& root) {
  std::set<std::string> folders;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(fs::path(root) / "adapters", error))
    if (fs::exists(entry.path() / "profile.json", error)) folders.insert(entry.path().string());
  return {folders.begin(), folders.end()};
}

Result<Profiles> Profiles::load(const std::string& root, const Schema& canonical, const CodeSystems& codes) {
  auto mappings = Schema::load(root + "/config/schema/mapping.schema.json", nullptr);
  if (!mappings) return tl::make_unexpected(mappings.error());
  Profiles profiles;
  const auto shared = std::make_shared<const CodeSystems>(codes);
  profiles.profiles_.push_back(std::make_shared<CanonicalProfile>(canonical));
  for (const std::string& folder : profile_folders(root)) {
    auto profile = MappedProfile::load(folder, canonical, *mappings, shared);
    if (!profile) return fail(with_line(folder, std::move(profile.error())));
    profiles.profiles_.push_back(*profile);
  }
  return profiles;
}

const Profile* Profiles::find(std::string_view id) const {
  const auto found =
      std::find_if(profiles_.begin(), profiles_.end(), [&](const auto& one) { return one->id() == id; });
  return found == profiles_.end() ? nullptr : found->get();
}

std::vector<std::string> Profiles::ids() const {
  std::vector<std::string> ids;
  for (const auto& one : profiles_) ids.emplace_back(one->id());
  return ids;
}

}  // namespace hotline
