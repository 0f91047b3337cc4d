// A made-up hotline in a temporary folder, small enough to be read at once; tests change one thing and see
// what happens.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "adapters/engine/mapped_profile.h"
#include "tests/support/temporary_folder.h"

namespace hotline {

namespace fs = std::filesystem;

inline const std::string kDataRoot = HOTLINE_ROOT;

inline const CodeSystems& shipped_codes() {
  static const CodeSystems* codes = new CodeSystems(CodeSystems::load(kDataRoot).value());
  return *codes;
}
inline const Schema& canonical_schema() {
  static const Schema* schema =
      new Schema(Schema::load(kDataRoot + "/config/schema/referral.schema.json", &shipped_codes()).value());
  return *schema;
}
inline const Schema& mapping_schema() {
  static const Schema* schema =
      new Schema(Schema::load(kDataRoot + "/config/schema/mapping.schema.json", nullptr).value());
  return *schema;
}

class SmallProfile {
 public:
  SmallProfile() {
    files_["profile.json"] = R"({"id": "zz", "version": "7.0.0", "title": {"en": "Z", "fr": "Z", "es": "Z"},
      "member": "zz", "country": "US", "languages": ["en-US"]})";
    files_["schema.json"] = schema(R"("case_no": {"type": "string", "maxLength": 64})");
    files_["codes/referral_urgency.json"] = urgency();
    files_["mapping.json"] = mapping(R"({"national": "/case_no", "canonical": "/case/source_record"})");
  }

  // Properties of the national record beside the ones that every record has.
  static std::string schema(const std::string& properties) {
    return R"({"$schema": "https://json-schema.org/draft/2020-12/schema", "x-version": "7.0.0", "type": "object",
      "properties": {"id": {"type": "string", "maxLength": 64}, "kind": {"type": "string", "maxLength": 20},
        "level": {"type": "string", "maxLength": 20}, "review": {"type": "array", "maxItems": 20, "items":
          {"type": "object", "properties": {"field": {"type": "string"}, "label": {"type": "string"},
            "person": {"type": "boolean"}, "suggested": {"type": "string"}, "original": {"type": "string"}},
           "additionalProperties": false}})" +
           (properties.empty() ? "" : ", " + properties) + R"(}, "required": ["id", "kind", "level"],
      "additionalProperties": false})";
  }
  // Rules beside those for what every record has; all canonical fields that they leave are unsupported.
  static std::string mapping(const std::string& rules, const std::string& more = "") {
    std::string unsupported;
    for (const std::string& leaf : canonical_schema().leaves())
      if (leaf.rfind("/extensions", 0) != 0)
        unsupported +=
            (unsupported.empty() ? "" : ", ") + (R"({"canonical": ")" + leaf + R"(", "reason": "not_kept"})");
    return R"({"profile": "zz", "version": "7.0.0", "review": {"national": "/review/*", "members": {"field": "field",
      "label": "label", "needs_person": "person", "suggested": "suggested", "original_code": "original"}}, )" +
           more +
           R"("fields": [{"canonical": "/schema_version", "value": "1.0.0"},
      {"national": "/kind", "canonical": "/envelope/kind"}, {"canonical": "/envelope/purpose", "value": "services"},
      {"national": "/level", "canonical": "/envelope/urgency", "as": "code", "codes": "referral_urgency"},
      {"national": "", "canonical": "/persons/*", "rest": "one_person", "fields": [{"national": "/id", "canonical": "/id"}]})" +
           (rules.empty() ? "" : ", " + rules) + "], \"unsupported\": [" + unsupported + "]}";
  }
  static std::string urgency() {
    return R"({"system": "referral_urgency", "version": "3", "language": "en",
      "national": [{"code": "NOW", "labels": {"en": "Now"}, "also": ["At once"]}, {"code": "SOON"}, {"code": "PRESSING"}, {"code": "ODD"}],
      "outbound": {
        "immediate_danger": {"code": "NOW", "relation": "wider", "ev": "general"},
        "crisis_24h": {"code": "NOW", "relation": "equivalent", "ev": "general"},
        "urgent_72h": {"code": "PRESSING", "relation": "narrower", "ev": "general"},
        "standard": {"code": "SOON", "relation": "equivalent", "ev": "general"},
        "planned": {"code": "SOON", "relation": "related", "ev": "general"},
        "information_only": {"relation": "not-mapped", "reason": "no_term", "ev": "general"},
        "tip_only": {"relation": "not-mapped", "reason": "no_term", "ev": "general"},
        "not_assessed": {"relation": "not-mapped", "reason": "no_term", "ev": "general"}},
      "inbound": {"NOW": {"code": "crisis_24h", "relation": "narrower", "ev": "general", "note": "also said of danger"},
        "SOON": {"code": "standard", "relation": "equivalent", "ev": "general"},
        "PRESSING": {"code": "urgent_72h", "relation": "wider", "ev": "general"},
        "ODD": {"relation": "not-mapped", "reason": "no_concept", "ev": "general"}}})";
  }

  std::string& file(const std::string& name) { return files_[name]; }
  void change(const std::string& name, const std::string& from, const std::string& to) {
    std::string& text = files_.at(name);
    const auto at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
  }
  // One field of the national record with its rule.
  void field(const std::string& property, const std::string& rule) {
    files_["schema.json"] = schema(property);
    files_["mapping.json"] = mapping(rule);
  }

  std::string folder() const { return folder_.string(); }
  Result<std::shared_ptr<const MappedProfile>> load() const {
    for (const auto& [name, text] : files_) {
      fs::create_directories((folder_ / name).parent_path());
      std::ofstream(folder_ / name) << text;
    }
    return MappedProfile::load(folder_.string(), canonical_schema(), mapping_schema(),
                               std::make_shared<const CodeSystems>(shipped_codes()));
  }

 private:
  const test::TemporaryFolder own_;
  const fs::path folder_ = own_.path("zz");
  std::map<std::string, std::string> files_;
};

inline Json json(std::string_view text) {
  auto document = parse_json(text);
  EXPECT_TRUE(document) << text;
  return document ? std::move(*document) : Json(rapidjson::kObjectType);
}

// The members of a national record that every record of the small hotline has, and more.
inline Json national(const std::string& more, const std::string& level = "SOON") {
  return json(R"({"id": "p1", "kind": "referral", "level": ")" + level + "\"" +
              (more.empty() ? "" : ", " + more) + "}");
}
inline Referral canonical(const std::string& person, const std::string& urgency = R"({"code": "standard"})") {
  return Referral::from(
             json(R"({"schema_version": "1.1.0", "envelope": {"kind": "referral", "purpose": "services",
    "urgency": )" +
                  urgency + R"(}, "persons": [{"id": "p1")" + (person.empty() ? "" : ", " + person) + "}]}"),
             canonical_schema())
      .value();
}

inline std::string at(const JsonValue& record, const std::string& pointer) {
  const JsonValue* value = resolve_pointer(record, pointer);
  return value == nullptr ? "(absent)" : to_text(*value);
}
inline std::optional<ReportLine> line_from(const MappingReport& report, const std::string& source) {
  for (const ReportLine& line : report.lines())
    if (line.source == source) return line;
  return std::nullopt;
}

inline std::shared_ptr<const MappedProfile> loaded(const SmallProfile& profile) {
  auto made = profile.load();
  EXPECT_TRUE(made) << made.error().pointer << ' ' << made.error().expected;
  return made ? *made : nullptr;
}

// A rule of persons beside the id; the national record is the person.
inline void person_rule(SmallProfile& profile, const std::string& property, const std::string& rule) {
  profile.file("schema.json") = SmallProfile::schema(property);
  profile.file("mapping.json") = SmallProfile::mapping("");
  profile.change("mapping.json", R"({"national": "/id", "canonical": "/id"})",
                 R"({"national": "/id", "canonical": "/id"}, )" + rule);
}

}  // namespace hotline
