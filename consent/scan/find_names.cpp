#include <algorithm>

#include "consent/scan/detectors.h"
#include "consent/scan/scan_data.h"

namespace hotline {
namespace {

constexpr double kLeast = 0.2;  // of being anything, from which on a word is taken for it
constexpr double kMost = 0.9;   // a model alone is never certain

SpanType type_of(Tag tag) {
  constexpr SpanType kTypes[] = {SpanType::name, SpanType::place, SpanType::organisation, SpanType::address,
                                 SpanType::vehicle};
  return kTypes[(static_cast<std::size_t>(tag) - 1) / 2];
}

}  // namespace

void find_names(const PreparedText& text, const ScanData& data, std::vector<FoundSpan>& out) {
  const TextSight sight = look_at(text, data.texts, data.lists);
  const auto tagged = data.tagger.tag(sight);
  for (std::size_t i = 0; i < tagged.size(); ++i) {
    if (tagged[i].sure < kLeast || (sight.words[i].never && !goes_on(tagged[i].tag))) continue;
    const ProseWord& word = text.prose[i];
    const SpanType type = type_of(tagged[i].tag);
    const double score = std::min(kMost, tagged[i].sure);
    const bool follows = i > 0 && tagged[i - 1].sure >= kLeast && goes_on(tagged[i].tag) && !out.empty() &&
                         out.back().type == type && out.back().end == text.prose[i - 1].end;
    if (follows) {
      out.back().end = word.end;
      out.back().score = std::max(out.back().score, score);
    } else {
      out.push_back({word.begin, word.end, type, SpanReason::model, score});
    }
  }
}

}  // namespace hotline
