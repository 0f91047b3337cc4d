#include "consent/scan/tagger.h"

#include <charconv>
#include <cmath>

#include "i18n/base/text_files.h"

namespace hotline {
namespace {

constexpr const char* kFile = "consent/scan/model.txt";

class Sum final : public FeatureSink {
 public:
  explicit Sum(const std::unordered_map<std::uint64_t, Tagger::Weights>& weights) : weights_(weights) {}
  void add(char kind, std::string_view first, std::string_view second) override {
    const auto found = weights_.find(feature_hash(kind, first, second));
    if (found == weights_.end()) return;
    for (std::size_t tag = 0; tag < kTags; ++tag) total[tag] += found->second[tag];
  }
  Tagger::Weights total{};

 private:
  const std::unordered_map<std::uint64_t, Tagger::Weights>& weights_;
};

// One-against-rest decisions of a logistic model as shares of one.
Tagged judged(const Tagger::Weights& total, Tag before) {
  std::array<double, kTags> share{};
  double sum = 0;
  for (std::size_t tag = 0; tag < kTags; ++tag) {
    share[tag] = 1 / (1 + std::exp(-static_cast<double>(total[tag])));
    // Nothing goes on that has not begun.
    const auto last = static_cast<std::size_t>(before);
    if (goes_on(static_cast<Tag>(tag)) && last != tag && last != tag - 1) share[tag] = 0;
    sum += share[tag];
  }
  std::size_t best = 1;
  for (std::size_t tag = 2; tag < kTags; ++tag)
    if (share[tag] > share[best]) best = tag;
  return {static_cast<Tag>(best), sum == 0 ? 0 : 1 - share[0] / sum};
}

bool read_line(std::string_view line, std::unordered_map<std::uint64_t, Tagger::Weights>& weights) {
  // kind TAB first TAB second TAB weight for each tag
  std::array<std::string_view, 3 + kTags> parts;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    parts[i] = line.substr(0, line.find('\t'));
    if (i + 1 < parts.size() && parts[i].size() == line.size()) return false;
    line.remove_prefix(std::min(line.size(), parts[i].size() + 1));
  }
  if (parts[0].size() != 1) return false;
  Tagger::Weights each{};
  for (std::size_t tag = 0; tag < kTags; ++tag) {
    int hundredths = 0;
    const std::string_view text = parts[3 + tag];
    if (!text.empty() &&
        std::from_chars(text.data(), text.data() + text.size(), hundredths).ptr != text.data() + text.size())
      return false;
    each[tag] = static_cast<float>(hundredths) / 100;
  }
  const auto unescaped = [](std::string_view text) { return text == "\\n" ? std::string_view("\n") : text; };
  weights[feature_hash(parts[0][0], unescaped(parts[1]), unescaped(parts[2]))] = each;
  return true;
}

}  // namespace

Result<Tagger> Tagger::load(const std::string& root) {
  auto text = read_file(root + "/" + kFile);
  if (!text) return fail(ErrorCode::data_invalid, "", kFile);
  Tagger tagger;
  for (std::string_view rest = *text; !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    if (!read_line(line, tagger.weights_)) return fail(ErrorCode::data_invalid, "", kFile);
  }
  return tagger;
}

std::vector<Tagged> Tagger::tag(const TextSight& text) const {
  std::vector<Tagged> out;
  out.reserve(text.words.size());
  Tag before = Tag::none;
  for (std::size_t i = 0; i < text.words.size(); ++i) {
    Sum sum(weights_);
    features_of(text, i, before, sum);
    out.push_back(judged(sum.total, before));
    before = out.back().sure >= 0.5 ? out.back().tag : Tag::none;
  }
  return out;
}

}  // namespace hotline
