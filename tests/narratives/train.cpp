// Two steps of training the tagger of consent/scan on the training part of the notes; liblinear stands
// between them (./run train):
//   narratives_train features DIR [FOLD]     DIR/features.svm, one line a word, and DIR/names.txt; without
//   the
//                                            notes of one fold, which then shows what is learnt from the
//                                            others
//   narratives_train model DIR               DIR/liblinear.model as consent/scan/model.txt has it
#include <array>
#include <cmath>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <unordered_map>

#include "consent/scan/features.h"
#include "tests/narratives/notes.h"
#include "tests/narratives/vary.h"

namespace hotline::narratives {
namespace {

constexpr std::size_t kVariants = 8;  // of each note
constexpr std::uint64_t kSeed = 20261122;
constexpr int kFewest = 3;  // a feature that stands in one place only says nothing about others

struct Example {
  Tag tag;
  std::vector<std::size_t> features;
};

class Features final : public FeatureSink {
 public:
  void add(char kind, std::string_view first, std::string_view second) override {
    std::string name(1, kind);
    name.append("\t")
        .append(first == "\n" ? "\\n" : first)
        .append("\t")
        .append(second == "\n" ? "\\n" : second);
    const auto [entry, added] = numbers_.try_emplace(std::move(name), names_.size());
    if (added) {
      names_.push_back(entry->first);
      counts_.push_back(0);
    }
    ++counts_[entry->second];
    of_word.push_back(entry->second);
  }
  const std::vector<std::string>& names() const { return names_; }
  int count(std::size_t feature) const { return counts_[feature]; }
  std::vector<std::size_t> of_word;

 private:
  std::unordered_map<std::string, std::size_t> numbers_;
  std::vector<std::string> names_;
  std::vector<int> counts_;
};

Tag begins(const std::string& type) {
  if (type == "name") return Tag::begin_name;
  if (type == "organisation") return Tag::begin_organisation;
  if (type == "address") return Tag::begin_address;
  if (type == "vehicle") return Tag::begin_vehicle;
  return type == "place" ? Tag::begin_place : Tag::none;
}

std::vector<Tag> gold_tags(const Note& note, const PreparedText& text) {
  std::vector<Tag> tags(text.prose.size(), Tag::none);
  for (const Label& label : note.labels) {
    const Tag first = begins(label.type);
    if (first == Tag::none) continue;
    bool inside = false;
    for (std::size_t i = 0; i < tags.size(); ++i) {
      if (text.prose[i].begin >= label.end || text.prose[i].end <= label.begin) continue;
      tags[i] = inside ? static_cast<Tag>(static_cast<int>(first) + 1) : first;
      inside = true;
    }
  }
  return tags;
}

// All, or without those of one fold, which then can show what is learnt from the others.
std::vector<Note> training_notes(std::optional<std::size_t> without) {
  std::vector<Note> notes;
  for (Note& note : read_notes(std::string(HOTLINE_ROOT) + "/tests/narratives", "train"))
    if (!without || fold_of(note) != *without) notes.push_back(std::move(note));
  Variants variants(HOTLINE_ROOT, kSeed);
  for (std::size_t i = 0, written = notes.size(); i < written * kVariants; ++i)
    notes.push_back(variants.vary(notes[i % written]));
  return notes;
}

void write_features(const std::string& folder, std::optional<std::size_t> without) {
  const auto texts = ConsentTexts::load(HOTLINE_ROOT).value();
  const auto lists = WordLists::load(HOTLINE_ROOT).value();
  Features features;
  std::vector<Example> examples;
  for (const Note& note : training_notes(without)) {
    const PreparedText text = prepare_text(note.text);
    const TextSight sight = look_at(text, texts, lists);
    const std::vector<Tag> tags = gold_tags(note, text);
    for (std::size_t i = 0; i < tags.size(); ++i) {
      features.of_word.clear();
      features_of(sight, i, i == 0 ? Tag::none : tags[i - 1], features);
      examples.push_back({tags[i], features.of_word});
    }
  }
  std::ofstream svm(folder + "/features.svm"), names(folder + "/names.txt");
  for (const std::string& name : features.names()) names << name << '\n';
  for (const Example& example : examples) {
    std::map<std::size_t, int> sorted;
    for (const std::size_t feature : example.features)
      if (features.count(feature) >= kFewest) sorted[feature + 1] = 1;
    svm << static_cast<int>(example.tag);
    for (const auto& [feature, value] : sorted) svm << ' ' << feature << ':' << value;
    svm << '\n';
  }
  std::cerr << examples.size() << " words, " << features.names().size() << " features\n";
}

// liblinear's text model: a header with the labels in its own order, then a line of weights for each feature.
void write_model(const std::string& folder) {
  std::ifstream model(folder + "/liblinear.model"), names(folder + "/names.txt");
  std::vector<std::size_t> labels;
  for (std::string line; std::getline(model, line) && line != "w";) {
    std::istringstream words(line);
    std::string name;
    words >> name;
    if (name == "label")
      for (std::size_t label = 0; words >> label;) labels.push_back(label);
  }
  for (std::string name; std::getline(names, name);) {
    std::array<long, kTags> weights{};
    bool any = false;
    for (const std::size_t label : labels) {
      double weight = 0;
      model >> weight;
      weights[label] = std::lround(weight * 100);
      any = any || weights[label] != 0;
    }
    if (!any) continue;
    std::cout << name;
    for (const long weight : weights) {
      std::cout << '\t';
      if (weight != 0) std::cout << weight;
    }
    std::cout << '\n';
  }
}

}  // namespace
}  // namespace hotline::narratives

int main(int argc, char** argv) {
  const std::string what = argc > 2 ? argv[1] : "";
  if (what == "features") {
    hotline::narratives::write_features(argv[2],
                                        argc > 3 ? std::optional(std::stoul(argv[3])) : std::nullopt);
  } else if (what == "model") {
    hotline::narratives::write_model(argv[2]);
  } else {
    std::cerr << "narratives_train features|model DIR\n";
    return 2;
  }
}
