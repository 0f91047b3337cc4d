#include "i18n/names.h"

#include <unicode/uchar.h>

#include <array>
#include <set>

#include "i18n/fold.h"

namespace hotline {
namespace {

// Words that belong to the surname after them and tell nobody apart.
constexpr std::array<std::string_view, 31> kParticles = {
    "de",  "del", "la",  "las", "los", "y",     "e",     "da",  "do",  "das", "dos",
    "di",  "du",  "des", "le",  "van", "von",   "der",   "den", "ter", "mac", "mc",
    "bin", "ibn", "al",  "el",  "san", "santa", "saint", "st",  "ste"};

bool is_particle(std::string_view folded) {
  return std::find(kParticles.begin(), kParticles.end(), folded) != kParticles.end();
}

bool is_conjunction(std::string_view folded) {
  return folded == "y" || folded == "e";
}

std::vector<std::string_view> split_spaces(std::string_view text) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const auto space = text.find_first_of(" \t\n\r");
    if (space != 0) parts.push_back(text.substr(0, space));
    text.remove_prefix(space == std::string_view::npos ? text.size() : space + 1);
  }
  return parts;
}

std::string whole(std::string_view text) {
  std::string tidy;
  for (const auto part : split_spaces(text)) tidy += (tidy.empty() ? "" : " ") + std::string(part);
  return tidy;
}

std::vector<std::string> folded_words(std::string_view text) {
  const std::u32string folded = fold_to_utf32(text);
  std::vector<std::string> found;
  for (const auto& word : words(folded))
    found.push_back(to_utf8(folded.substr(word.begin, word.end - word.begin)));
  return found;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const auto& part : parts) {
    if (!text.empty() && !part.empty()) text += ' ';
    text += part;
  }
  return text;
}

// One Chinese or Japanese sign is a name; one Latin letter is not.
bool long_enough(const std::string& word, std::size_t min_letters) {
  const std::u32string letters = to_utf32(word);
  const bool ideograph =
      !letters.empty() && u_hasBinaryProperty(static_cast<UChar32>(letters[0]), UCHAR_IDEOGRAPHIC);
  return ideograph || letters.size() >= min_letters;
}

std::string initial(const std::vector<std::string>& parts) {
  for (const auto& part : parts) {
    if (!is_particle(part)) return to_utf8(to_utf32(part).substr(0, 1));
  }
  return {};
}

class Forms {
 public:
  explicit Forms(std::size_t min_letters) : min_letters_(min_letters) {}

  void add_words(const std::vector<std::string>& parts) {
    for (const auto& part : parts) {
      if (!is_particle(part) && long_enough(part, min_letters_)) forms_.insert(part);
    }
  }
  // Two parts or more, none of them empty.
  void add_whole(const std::vector<std::string>& parts) {
    if (std::any_of(parts.begin(), parts.end(), [](const auto& part) { return part.empty(); })) return;
    forms_.insert(joined(parts));
  }
  // "o'brien" and "garcia-lopez" are also typed as one word.
  void add_run_together(std::string_view name) {
    for (const auto& part : split_spaces(name)) {
      const auto pieces = folded_words(part);
      if (pieces.size() < 2) continue;
      add_whole(pieces);
      std::string together;
      for (const auto& piece : pieces) together += piece;
      forms_.insert(together);
    }
  }
  std::vector<std::string> sorted() const {
    std::vector<std::string> list(forms_.begin(), forms_.end());
    std::stable_sort(list.begin(), list.end(),
                     [](const auto& a, const auto& b) { return a.size() > b.size(); });
    return list;
  }

 private:
  std::size_t min_letters_;
  std::set<std::string> forms_;
};

}  // namespace

std::string join_surnames(std::string_view first, std::string_view second) {
  return joined({std::string(first), std::string(second)});
}

std::string format_name(const PersonName& name, const LanguageTag&) {
  // The same in all our languages today: dropping or reordering a surname is what makes people unfindable
  // abroad.
  const std::string surnames = join_surnames(name.first_surname, name.second_surname);
  return name.surname_first ? joined({surnames, name.given_names}) : joined({name.given_names, surnames});
}

Surnames split_surnames(std::string_view last_name) {
  // Units: particles with the word that they belong to. A conjunction makes one surname of both sides.
  std::vector<std::string> units;
  bool open = false;
  for (const auto part : split_spaces(last_name)) {
    const std::string folded = fold_for_search(part);
    if (is_conjunction(folded) && !units.empty()) return {whole(last_name), {}};
    if (open) {
      units.back() += ' ' + std::string(part);
    } else {
      units.emplace_back(part);
    }
    open = is_particle(folded);
  }
  if (units.size() == 2 && !open) return {units[0], units[1]};
  return {joined(units), {}};
}

std::vector<std::string> name_words(std::string_view name) {
  std::vector<std::string> found;
  for (const auto part : split_spaces(name)) {
    std::string_view rest = part;
    while (!rest.empty()) {
      const std::string_view piece = rest.substr(0, rest.find('-'));
      rest.remove_prefix(std::min(piece.size() + 1, rest.size()));
      if (!piece.empty() && !is_particle(fold_for_search(piece))) found.emplace_back(piece);
    }
  }
  return found;
}

std::vector<std::string> name_search_forms(const PersonName& name, std::size_t min_letters) {
  const auto given = folded_words(name.given_names);
  const auto first = folded_words(name.first_surname);
  const auto second = folded_words(name.second_surname);
  const std::string g = joined(given), s1 = joined(first), s2 = joined(second);
  const std::string called = given.empty() ? std::string{} : given.front();
  Forms forms(min_letters);
  for (const auto* parts : {&given, &first, &second}) forms.add_words(*parts);
  for (const auto* part : {&name.given_names, &name.first_surname, &name.second_surname})
    forms.add_run_together(*part);
  for (const auto& group : {s1, s2}) {
    if (group.find(' ') != std::string::npos) forms.add_whole({group});
  }
  if (given.size() > 1) forms.add_whole({g});
  for (const auto& person : {g, called}) {
    for (const auto& surname : {s1, s2}) {
      forms.add_whole({person, surname});
      forms.add_whole({surname, person});
    }
    forms.add_whole({person, s1, s2});
    forms.add_whole({s1, s2, person});
    forms.add_whole({person, s2, s1});
  }
  forms.add_whole({s1, s2});
  forms.add_whole({initial(given), s1});
  forms.add_whole({initial(given), s1, s2});
  forms.add_whole({s1, initial(given)});
  forms.add_whole({called, initial(first)});
  return forms.sorted();
}

std::vector<std::string> name_search_forms(std::string_view whole_name, std::size_t min_letters) {
  const auto parts = folded_words(whole_name);
  Forms forms(min_letters);
  forms.add_words(parts);
  forms.add_run_together(whole_name);
  if (parts.size() > 1) {
    forms.add_whole({joined(parts)});
    forms.add_whole({parts.front(), parts.back()});
    forms.add_whole({parts.back(), parts.front()});
  }
  return forms.sorted();
}

}  // namespace hotline
