// A profile that is a folder of data: schema, compiled mapping, and the way through both in either direction.
#pragma once

#include <memory>

#include "adapters/engine/apply.h"
#include "adapters/engine/own_additions.h"
#include "adapters/engine/profiles.h"
#include "adapters/engine/value_places.h"
#include "adapters/engine/walk.h"

namespace hotline {

class MappedProfile final : public Profile, public std::enable_shared_from_this<MappedProfile> {
 public:
  // `folder` is e.g. <root>/adapters/us.
  static Result<std::shared_ptr<const MappedProfile>> load(const std::string& folder, const Schema& canonical,
                                                           const Schema& mappings,
                                                           std::shared_ptr<const CodeSystems> codes);

  std::string_view id() const override { return plan_.profile; }
  std::string_view version() const override { return plan_.version; }
  const std::vector<LanguageTag>& languages() const override { return languages_; }
  const Form& form() const override { return *form_; }
  Result<ToCanonical> to_canonical(const JsonValue& national) const override;
  Result<ToCanonical> to_canonical(const Shaped& shaped) const override;
  Result<FromCanonical> from_canonical(const Referral& referral, const LanguageTag& language) const override;

  const Schema& national_schema() const { return national_; }
  const std::vector<std::string>& maps() const { return maps_; }  // versions of the mapping and its code maps

 private:
  MappedProfile(Plan plan, std::vector<std::string> maps, std::vector<LanguageTag> languages,
                std::shared_ptr<const Form> form, OwnAdditions additions, const Schema& national,
                const Schema& canonical, std::shared_ptr<const CodeSystems> codes)
      : plan_(std::move(plan)),
        maps_(std::move(maps)),
        languages_(std::move(languages)),
        form_(std::move(form)),
        additions_(std::move(additions)),
        value_places_(value_places(plan_, canonical)),
        national_(national),
        canonical_(canonical),
        codes_(std::move(codes)) {}

  Result<ToCanonical> from_tree(const JsonValue& untidy) const;

  Plan plan_;
  std::vector<std::string> maps_;
  std::vector<LanguageTag> languages_;
  std::shared_ptr<const Form> form_;
  OwnAdditions additions_;
  std::set<std::string, std::less<>> value_places_;
  Schema national_, canonical_;
  std::shared_ptr<const CodeSystems> codes_;
};

}  // namespace hotline
