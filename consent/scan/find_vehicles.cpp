#include "consent/scan/detectors.h"
#include "consent/scan/scan_data.h"

namespace hotline {
namespace {

constexpr double kVehicle = 0.85;

bool is_year(const ProseWord& word) {
  return word.number && word.folded.size() == 4 &&
         (word.folded.starts_with("19") || word.folded.starts_with("20"));
}

// How many words from `at` on name a maker or model: "grand caravan" is two.
std::size_t model_at(const PreparedText& text, const WordLists& lists, std::size_t at) {
  std::string phrase;
  std::size_t longest = 0;
  for (std::size_t n = 0; n < 3 && at + n < text.prose.size(); ++n) {
    phrase += (n == 0 ? "" : " ") + text.prose[at + n].folded;
    if ((lists.of(phrase) & WordLists::vehicle) != 0) longest = n + 1;
  }
  return longest;
}

}  // namespace

// A run of colours, years, makers, models and kinds of car; one maker or model, and something beside it.
void find_vehicles(const PreparedText& text, const ScanData& data, std::vector<FoundSpan>& out) {
  const std::size_t count = text.prose.size();
  const auto in = [](const std::unordered_set<std::string>& set, const std::string& word) {
    return set.count(word) != 0;
  };
  for (std::size_t i = 0; i < count;) {
    std::size_t models = 0, others = 0, at = i, last = i;
    while (at < count) {
      const std::string between(
          text.text.substr(at == i ? text.prose[at].begin : text.prose[at - 1].end,
                           at == i ? 0 : text.prose[at].begin - text.prose[at - 1].end));
      if (between.find_first_of(".;:\n") != std::string::npos) break;
      const std::string& word = text.prose[at].folded;
      if (const std::size_t length = model_at(text, data.lists, at); length > 0) {
        models += length;
        at += length;
        last = at;
      } else if (in(data.words.colours, word) || in(data.words.vehicles, word) || is_year(text.prose[at])) {
        ++others;
        last = ++at;
      } else if (at > i && in(data.words.vehicle_joiners, word)) {
        ++at;
      } else {
        break;
      }
    }
    if (models > 0 && models + others > 1)
      out.push_back({text.prose[i].begin, text.prose[last - 1].end, SpanType::vehicle,
                     SpanReason::telling_word, kVehicle});
    i = std::max(last, i + 1);
  }
}

}  // namespace hotline
