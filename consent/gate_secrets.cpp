#include "consent/gate_secrets.h"

#include <algorithm>
#include <set>

namespace hotline::gate {
namespace {

constexpr std::size_t kInside = 6;  // from here on also inside a token
constexpr std::size_t kNameWord = 4;
constexpr std::size_t kPart = 10;  // of a value between commas
constexpr std::size_t kShortText = 4;
constexpr std::size_t kShortNumber = 6;
constexpr std::size_t kPhone = 10;
constexpr std::size_t kLocal = 7;
constexpr std::size_t kLongText = 80;
constexpr std::size_t kSentence = 20;
constexpr std::uint64_t kBase = 1099511628211ULL;

std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0;
  for (const char c : text) hash = hash * kBase + static_cast<unsigned char>(c) + 1;
  return hash;
}

// Words that say nothing about anybody, in the languages of the three hotlines.
bool is_nothing(std::string_view squeezed) {
  static const std::set<std::string_view> words = {
      "none",   "other", "unknown",     "yes",         "no",        "ninguno",      "ninguna",
      "otro",   "otra",  "si",          "aucun",       "aucune",    "inconnu",      "autre",
      "oui",    "non",   "desconocido", "desconocida", "na",        "notasked",     "noaplica",
      "nosabe", "rien",  "nada",        "nothing",     "sansobjet", "notapplicable"};
  return words.count(squeezed) != 0;
}

std::vector<std::string> long_sentences(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(".!?;\n"), text.size());
    std::string squeezed = tokenize(text.substr(0, end)).letters;
    if (squeezed.size() >= kSentence) out.push_back(std::move(squeezed));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

// What stands between the commas of a value.
std::vector<std::string> parts_of(std::string_view value) {
  std::vector<std::string> out;
  while (!value.empty()) {
    const std::size_t end = std::min(value.find(','), value.size());
    std::string part = tokenize(value.substr(0, end)).letters;
    if (part.size() >= kPart) out.push_back(std::move(part));
    value.remove_prefix(std::min(end + 1, value.size()));
  }
  return out;
}

}  // namespace

// Goes through the record with its own reading of what the decision grants.
class Collector {
 public:
  Collector(Secrets& secrets, const Decision& decision, const Group& group, bool split)
      : secrets_(secrets), group_(group), terms_(decision.of(group.persons.front())), split_(split) {}

  void walk(const SchemaNode& node, const JsonValue& value, const std::string& path, bool may_go) {
    const FieldLabels& labels = node.labels();
    may_go = may_go && labels.category != "source_only";
    if (value.IsObject()) {
      may_go = may_go && !outsider(value);
      if (node.is_coded()) return coded(labels, value, path, may_go);
      for (const auto& each : value.GetObject()) {
        const std::string name(as_text(each.name));
        if (const SchemaNode* child = node.property(name))
          walk(*child, each.value, path + "/" + name, may_go);
      }
    } else if (value.IsArray()) {
      for (const JsonValue& each : value.GetArray()) walk(*node.items(), each, path, may_go);
    } else if (value.IsString()) {
      if (may_go && goes(labels, path)) {
        grant(labels, as_text(value));
      } else if (labels.find != FindAs::none) {
        hide(labels, as_text(value));
      }
    }
  }

  void record(const JsonValue& document, const SchemaNode& root) {
    for (const auto& each : document.GetObject()) {
      const std::string name(as_text(each.name));
      const SchemaNode* node = root.property(name);
      if (node == nullptr || name == "narratives" || name == "persons") continue;
      const bool common = name == "case" || name == "caller";
      walk(*node, each.value, name, !(split_ && common));
    }
    for (const JsonValue& person : member(document, "persons")->GetArray()) {
      const bool inside = in_group(text_at(person, "id"));
      for (const auto& each : person.GetObject()) {
        const std::string name(as_text(each.name));
        const SchemaNode* node = root.property("persons")->items()->property(name);
        if (node != nullptr) walk(*node, each.value, name, inside);
      }
    }
  }

  void quotes(const JsonValue& document) {
    const JsonValue* narratives = member(document, "narratives");
    if (narratives == nullptr) return;
    for (const JsonValue& each : narratives->GetArray()) {
      for (std::string& sentence : long_sentences(text_at(each, "text")))
        secrets_.add(std::move(sentence), {});
    }
  }

  // Ids by which somebody at home is found; short ones are words like any other.
  void house_ids(const JsonValue& document) {
    const JsonValue* consents = member(document, "consents");
    if (consents == nullptr) return;
    for (const JsonValue& consent : consents->GetArray()) {
      for (const char* name : {"consent_id", "explained_by", "witness"}) {
        std::string squeezed = tokenize(text_at(consent, name)).letters;
        if (squeezed.size() >= kInside) secrets_.add(std::move(squeezed), {});
      }
    }
  }

  const std::unordered_set<std::string>& granted() const { return granted_; }

 private:
  bool in_group(std::string_view id) const {
    return std::any_of(group_.persons.begin(), group_.persons.end(),
                       [&](const PersonId& each) { return each.get() == id; });
  }
  bool outsider(const JsonValue& value) const {
    const std::string_view person = text_at(value, "person");
    return !person.empty() && !in_group(person);
  }
  // What no list has a code for are words like any other; they go where the field goes in full.
  void coded(const FieldLabels& labels, const JsonValue& value, const std::string& path, bool may_go) {
    const JsonValue* original = member(value, "original");
    if (original == nullptr || member(value, "code") != nullptr) return;
    FieldLabels words = labels;
    words.find = FindAs::text;
    words.generalise = Generaliser::drop;
    words.prose = true;
    for (const char* name : {"label", "code"}) {
      const std::string_view said = text_at(*original, name);
      may_go&& goes(words, path) ? grant(words, said) : hide(words, said);
    }
  }
  bool goes(const FieldLabels& labels, const std::string& path) const {
    if (labels.category == "structural" || labels.category.empty()) return true;
    if (split_ && path == "alleged_exploiters/note") return false;
    const CategoryDecision& decided = terms_->of(labels.category);
    const bool kept = decided.level == Level::full ||
                      (decided.level >= Level::generalised && labels.generalise == Generaliser::keep);
    if (!kept || decided.fields.empty()) return kept;
    return std::any_of(decided.fields.begin(), decided.fields.end(), [&](const std::string& field) {
      return (path + "/").compare(0, field.size() + 1, field + "/") == 0;
    });
  }

  // A value that may go may stand elsewhere too. What somebody wrote in their own words grants nothing but
  // itself as a whole: a withheld name does not become anybody's by being written into a note.
  void grant(const FieldLabels& labels, std::string_view value) {
    const Tokens tokens = tokenize(value);
    if (labels.prose || labels.find == FindAs::none) {
      if (labels.find != FindAs::none && tokens.letters.size() >= kSentence) granted_.insert(tokens.letters);
      return;
    }
    granted_.insert(tokens.letters);
    for (std::string& part : parts_of(value)) granted_.insert(std::move(part));
    for (std::size_t i = 0; i < tokens.begins.size(); ++i) granted_.insert(std::string(tokens.token(i)));
    if (std::string digits = digits_of(value); digits.size() >= kShortNumber) granted_.insert(digits);
  }

  void hide(const FieldLabels& labels, std::string_view value) {
    const FindAs as = labels.find;
    if (as == FindAs::date) {
      for (std::string& form : date_forms(value)) secrets_.add(std::move(form), {});
      return;
    }
    if (as == FindAs::phone || as == FindAs::identifier)
      secrets_.add_digits(digits_of(value), as == FindAs::phone);
    if (as == FindAs::phone) return;
    if (value.size() > kLongText) {
      for (std::string& sentence : long_sentences(value)) secrets_.add(std::move(sentence), {});
      return;
    }
    // "12 Rosewood Lane, unit 4" is quoted without its unit too.
    if (as == FindAs::text && !labels.prose) {
      for (std::string& part : parts_of(value)) secrets_.add(std::move(part), {Where::anywhere, false, true});
    }
    const Tokens tokens = tokenize(value);
    const bool name = as == FindAs::name;
    const bool telling = name ? tokens.letters.size() > 1 : tokens.letters.size() >= kShortText;
    if (!telling || is_nothing(tokens.letters)) return;
    secrets_.add(tokens.letters, {Where::anywhere, name, tokens.letters.size() >= kInside});
    if (!name) return;
    for (std::size_t i = 0; i < tokens.begins.size(); ++i) {
      if (tokens.token(i).size() >= kNameWord) {
        secrets_.add(std::string(tokens.token(i)), {Where::narratives, true, false});
      }
    }
  }

  Secrets& secrets_;
  const Group& group_;
  const PersonDecision* terms_;
  bool split_;
  std::unordered_set<std::string> granted_;
};

Secrets::Secrets(const Referral& source, const Schema& schema, const Decision& decision, const Group& group,
                 bool narratives_stay) {
  Collector collector(*this, decision, group, group.persons.size() != source.persons().Size());
  collector.record(source.json(), schema.root());
  if (narratives_stay) collector.quotes(source.json());
  collector.house_ids(source.json());
  finish(collector.granted());
}

void Secrets::add(std::string squeezed, Secret secret) {
  const auto [known, fresh] = values_.try_emplace(std::move(squeezed), secret);
  if (fresh) return;
  if (secret.where == Where::anywhere) known->second.where = Where::anywhere;
  known->second.inside = known->second.inside || secret.inside;
  known->second.name = known->second.name && secret.name;
}

void Secrets::add_digits(const std::string& digits, bool phone) {
  if (digits.size() < kShortNumber) return;
  numbers_.insert(phone && digits.size() > kPhone ? digits.substr(digits.size() - kPhone) : digits);
  if (phone && digits.size() >= kLocal) local_numbers_.insert(digits.substr(digits.size() - kLocal));
}

void Secrets::finish(const std::unordered_set<std::string>& granted) {
  for (const std::string& value : granted) {
    values_.erase(value);
    for (const std::size_t length : {value.size(), kPhone, kLocal}) {
      if (length > value.size()) continue;
      numbers_.erase(value.substr(value.size() - length));
      local_numbers_.erase(value.substr(value.size() - length));
    }
  }
  std::set<std::size_t> lengths;
  for (const auto& [value, secret] : values_) {
    lengths.insert(value.size());
    by_hash_.emplace(hash_of(value), &value);
  }
  lengths_.assign(lengths.begin(), lengths.end());
}

bool Secrets::found_digits(std::string_view text) const {
  if (numbers_.empty()) return false;
  for (const std::string& run : digit_runs(text)) {
    if (run.size() == kLocal && local_numbers_.count(run) != 0) return true;
    for (const std::string& number : numbers_) {
      if (run.size() >= number.size() && run.find(number) != std::string::npos) return true;
    }
  }
  return false;
}

bool Secrets::found(std::string_view text, Where where, bool skip_names) const {
  const Tokens tokens = tokenize(text);
  const std::string& letters = tokens.letters;
  std::vector<std::uint64_t> sums(letters.size() + 1, 0);
  std::vector<std::uint64_t> powers(letters.size() + 1, 1);
  for (std::size_t i = 0; i < letters.size(); ++i) {
    sums[i + 1] = sums[i] * kBase + static_cast<unsigned char>(letters[i]) + 1;
    powers[i + 1] = powers[i] * kBase;
  }
  std::vector<bool> boundary(letters.size() + 1, false);
  for (const std::uint32_t begin : tokens.begins) boundary[begin] = true;
  boundary[letters.size()] = true;

  const auto is_secret = [&](std::size_t begin, std::size_t length, bool aligned) {
    const std::uint64_t hash = sums[begin + length] - sums[begin] * powers[length];
    const auto [first, last] = by_hash_.equal_range(hash);
    for (auto each = first; each != last; ++each) {
      if (std::string_view(letters).substr(begin, length) != *each->second) continue;
      const Secret& secret = values_.find(*each->second)->second;
      if (!aligned && !secret.inside) continue;
      if (secret.where == Where::narratives && where != Where::narratives) continue;
      if (skip_names && secret.name && length != letters.size()) continue;
      return true;
    }
    return false;
  };
  for (std::size_t i = 0; i < tokens.begins.size(); ++i) {
    const std::size_t begin = tokens.begins[i];
    const std::size_t end = begin + tokens.token(i).size();
    for (const std::size_t length : lengths_) {
      if (begin + length > letters.size()) break;
      if (boundary[begin + length] && is_secret(begin, length, true)) return true;
      if (length < kInside || begin + length > end) continue;
      for (std::size_t at = begin; at + length <= end; ++at) {
        if (is_secret(at, length, false)) return true;
      }
    }
  }
  return found_digits(text);
}

bool Secrets::in_field(std::string_view text, bool place) const {
  return found(text, Where::anywhere, place);
}

}  // namespace hotline::gate
