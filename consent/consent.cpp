#include "consent/consent.h"

#include <algorithm>

namespace hotline {
namespace {

std::string text(const JsonValue& object, std::string_view name) {
  return std::string(text_at(object, name));
}

std::optional<Instant> instant(const JsonValue& object, std::string_view name) {
  const auto at = parse_instant(text_at(object, name));
  return at ? std::optional(*at) : std::nullopt;
}

std::string code(const JsonValue& object, std::string_view name) {
  const JsonValue* coded = member(object, name);
  return coded == nullptr ? std::string() : text(*coded, "code");
}

std::vector<std::string> texts(const JsonValue& object, std::string_view name) {
  std::vector<std::string> out;
  const JsonValue* array = member(object, name);
  if (array == nullptr || !array->IsArray()) return out;
  for (const JsonValue& each : array->GetArray()) out.emplace_back(as_text(each));
  return out;
}

Giver read_giver(const JsonValue& consent) {
  Giver giver;
  const JsonValue* given = member(consent, "giver");
  if (given == nullptr) return giver;
  giver.relation = code(*given, "relation");
  giver.person = text(*given, "person");
  giver.not_abuser_checked = flag_at(*given, "not_abuser_checked");
  giver.not_other_parent_abuser_checked = flag_at(*given, "not_other_parent_abuser_checked");
  giver.capacity_confirmed = flag_at(*given, "capacity_confirmed");
  return giver;
}

// "/persons/*/contact/phones/*/number" and "contact/phones/number" are the same path.
std::string below_person(std::string_view path) {
  if (path.substr(0, 11) == "/persons/*/") path.remove_prefix(11);
  std::string out;
  while (!path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    const std::string_view token = path.substr(0, slash);
    if (!token.empty() && token != "*") out.append(out.empty() ? "" : "/").append(token);
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
  return out;
}

Grant read_grant(const JsonValue& value) {
  Grant grant{Category(text(value, "category")),
              level_from(text_at(value, "level")).value_or(Level::withheld), texts(value, "fields")};
  for (std::string& each : grant.fields) each = below_person(each);
  std::sort(grant.fields.begin(), grant.fields.end());
  grant.fields.erase(std::unique(grant.fields.begin(), grant.fields.end()), grant.fields.end());
  return grant;
}

// A category named twice: whoever wrote it meant at least the lower of the two. Two field lists that differ
// have no narrower common meaning that is certain, so nothing of the category goes.
void add_grant(std::vector<Grant>& grants, Grant grant) {
  const auto known = std::find_if(grants.begin(), grants.end(),
                                  [&](const Grant& each) { return each.category == grant.category; });
  if (known == grants.end()) {
    grants.push_back(std::move(grant));
    return;
  }
  known->level = std::min(known->level, grant.level);
  if (known->fields == grant.fields || grant.fields.empty()) return;
  if (!known->fields.empty()) known->level = Level::withheld;
  known->fields = std::move(grant.fields);
}

void read_onward(const JsonValue& value, Consent& consent) {
  const JsonValue* onward = member(value, "onward");
  if (onward == nullptr || !flag_at(*onward, "allowed")) return;
  for (std::string& each : texts(*onward, "recipients"))
    consent.onward_recipients.emplace_back(std::move(each));
  auto& list = consent.onward_recipients;
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
  consent.onward = !list.empty();
}

bool has_all(const JsonValue& consent) {
  for (const char* name : {"consent_id",
                           "person",
                           "state",
                           "giver",
                           "purposes",
                           "recipient",
                           "categories",
                           "onward",
                           "police_contact",
                           "risks_explained",
                           "withdrawal_explained",
                           "service_not_conditional",
                           "pressure_checked",
                           "statement",
                           "channel",
                           "form",
                           "given_at",
                           "time_zone",
                           "until",
                           "explained_by",
                           "copy_offered",
                           "age_band",
                           "policy_version"}) {
    if (member(consent, name) == nullptr) return false;
  }
  const JsonValue& statement = *member(consent, "statement");
  return !text_at(statement, "id").empty() && !text_at(statement, "version").empty() &&
         !text_at(statement, "language").empty() && !text_at(statement, "sha256").empty();
}

}  // namespace

const Grant* Consent::grant(std::string_view category) const {
  for (const Grant& each : grants) {
    if (each.category.get() == category) return &each;
  }
  return nullptr;
}

bool Consent::names(std::string_view wanted_purpose) const {
  return std::find(purposes.begin(), purposes.end(), wanted_purpose) != purposes.end();
}

Consent read_consent(const JsonValue& value) {
  Consent consent;
  consent.id = ConsentId(text(value, "consent_id"));
  consent.person = PersonId(text(value, "person"));
  consent.state = text(value, "state");
  consent.giver = read_giver(value);
  consent.purposes = texts(value, "purposes");
  if (const JsonValue* recipient = member(value, "recipient")) {
    consent.recipient = MemberId(text(*recipient, "member"));
    consent.recipient_country = text(*recipient, "country");
  }
  if (const JsonValue* categories = member(value, "categories");
      categories != nullptr && categories->IsArray()) {
    for (const JsonValue& each : categories->GetArray()) add_grant(consent.grants, read_grant(each));
  }
  consent.form = text(value, "form");
  consent.explained_by = text(value, "explained_by");
  consent.witness = text(value, "witness");
  if (const JsonValue* interpreter = member(value, "interpreter")) {
    consent.interpreter = text(*interpreter, "id");
    consent.interpreter_is_relative = flag_at(*interpreter, "is_relative");
  }
  if (const JsonValue* statement = member(value, "statement")) {
    consent.statement_language = LanguageTag(text(*statement, "language"));
    consent.statement_id = text(*statement, "id");
    consent.statement_version = text(*statement, "version");
    consent.statement_sha256 = text(*statement, "sha256");
  }
  read_onward(value, consent);
  consent.age_band = code(value, "age_band");
  consent.policy_version = text(value, "policy_version");
  consent.given_at = instant(value, "given_at");
  consent.until = instant(value, "until");
  consent.withdrawn_at = instant(value, "withdrawn_at");
  consent.informed = flag_at(value, "risks_explained") && flag_at(value, "withdrawal_explained") &&
                     flag_at(value, "service_not_conditional") && flag_at(value, "pressure_checked");
  consent.complete = has_all(value) && consent.given_at && consent.until && !consent.explained_by.empty();
  return consent;
}

std::vector<Consent> consents_of(const Referral& referral) {
  std::vector<Consent> out;
  const JsonValue* consents = member(referral.json(), "consents");
  if (consents == nullptr || !consents->IsArray()) return out;
  for (const JsonValue& each : consents->GetArray()) out.push_back(read_consent(each));
  return out;
}

const std::vector<Category>& all_categories() {
  static const std::vector<Category> categories = [] {
    std::vector<Category> out;
    for (const char* name : {"identity", "contact", "location", "demographics", "orientation_gender",
                             "immigration", "health", "family", "employment", "exploitation",
                             "alleged_exploiter", "narrative", "safety", "legal", "needs", "case_admin"}) {
      out.emplace_back(std::string(name));
    }
    return out;
  }();
  return categories;
}

std::optional<Level> level_from(std::string_view name) {
  for (const Level level : {Level::withheld, Level::pseudonymised, Level::generalised, Level::full}) {
    if (to_string(level) == name) return level;
  }
  return std::nullopt;
}

}  // namespace hotline
