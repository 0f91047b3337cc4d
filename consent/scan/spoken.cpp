#include "consent/scan/spoken.h"

#include <algorithm>
#include <array>

#include "i18n/base/json.h"

namespace hotline {
namespace {

constexpr std::array<const char*, 3> kLanguages = {"en", "es", "fr"};
// A word of a number, one that may stand inside it, or neither.
enum class Heard { number, between, nothing };

constexpr std::size_t kFewestDigits = 2;
constexpr std::size_t kWidestGap = 3;

// What may stand between two words of one number.
bool is_gap(std::string_view between) {
  return between.size() <= kWidestGap &&
         std::all_of(
             between.begin(), between.end(),
             [](char c) { return std::string_view(" ,-\n()/.").find(c) != std::string_view::npos; }) &&
         between != ". ";
}

}  // namespace

// One number on its way: digits that are settled, and a value that may still grow ("thirty" and then "four").
class SpokenNumbers::Reader {
 public:
  Heard hear(const ProseWord& word, const Meaning* meaning, bool first) {
    if (word.number) {
      digits(word.folded);
      return Heard::number;
    }
    if (meaning == nullptr) return Heard::nothing;
    switch (meaning->kind) {
      case Kind::number:
        number(meaning->value);
        spoken_ = true;
        return Heard::number;
      case Kind::hundred:
        hundred(meaning->value);
        spoken_ = true;
        return Heard::number;
      case Kind::repeat:
        repeat(meaning->value);
        return Heard::between;
      case Kind::separator:
        if (first) return Heard::nothing;
        settle();
        return Heard::between;
      case Kind::joiner:
        break;
    }
    return first || !joins() ? Heard::nothing : Heard::between;
  }
  bool spoken() const { return spoken_; }
  void settle() {
    if (open_ >= 0) out_ += std::to_string(open_);
    open_ = -1;
  }
  const std::string& digits() const { return out_; }

 private:
  void digits(std::string_view text) {
    settle();
    out_ += text;
  }
  void number(int value) {
    if (repeat_ > 0) {
      settle();
      for (; repeat_ > 0; --repeat_) out_ += std::to_string(value);
      return;
    }
    if (!grows(value)) {
      settle();
      open_ = value;
      return;
    }
    open_ = open_ == 4 && value == 20 ? 80 : open_ + value;
  }
  void hundred(int value) {
    if (open_ > 0 && open_ < 10 && value == 100) {
      open_ *= 100;
      return;
    }
    settle();
    open_ = value;
  }
  void repeat(int times) {
    settle();
    repeat_ = times;
  }
  bool joins() const { return open_ >= 20; }
  bool grows(int value) const {
    if (open_ <= 0) return false;
    if (open_ % 100 == 0) return value > 0;
    if (open_ == 4 && value == 20) return true;  // quatre-vingts
    const int last = open_ % 100;
    if (value > 0 && value < 10)
      return (last >= 20 && last % 10 == 0) || ((last == 10 || last == 70 || last == 90) && value >= 7);
    return value < 20 && value >= 10 && (last == 60 || last == 80);  // soixante-douze
  }
  std::string out_;
  int open_ = -1;
  int repeat_ = 0;
  bool spoken_ = false;
};

Result<SpokenNumbers> SpokenNumbers::load(const std::string& root) {
  SpokenNumbers all;
  for (const char* language : kLanguages) {
    const std::string file = std::string("consent/scan/spoken/") + language + ".json";
    auto data = read_json_file(root + "/" + file);
    if (!data) return fail(ErrorCode::data_invalid, data.error().pointer, file);
    for (const auto& [name, kind] :
         {std::pair{"numbers", Kind::number}, {"hundreds", Kind::hundred}, {"repeats", Kind::repeat}}) {
      const JsonValue* values = member(*data, name);
      if (values == nullptr || !values->IsObject())
        return fail(ErrorCode::data_invalid, std::string("/") + name, file);
      for (const auto& each : values->GetObject())
        all.words_.try_emplace(std::string(as_text(each.name)),
                               Meaning{kind, each.value.IsInt() ? each.value.GetInt() : 0});
    }
    for (const auto& [name, kind] : {std::pair{"joiners", Kind::joiner}, {"separators", Kind::separator}}) {
      const JsonValue* values = member(*data, name);
      if (values == nullptr || !values->IsArray())
        return fail(ErrorCode::data_invalid, std::string("/") + name, file);
      for (const JsonValue& each : values->GetArray())
        all.words_.try_emplace(std::string(as_text(each)), Meaning{kind, 0});
    }
    const JsonValue* signs = member(*data, "signs");
    if (signs == nullptr || !signs->IsObject()) return fail(ErrorCode::data_invalid, "/signs", file);
    for (const auto& each : signs->GetObject())
      if (as_text(each.value).size() == 1)
        all.signs_.try_emplace(std::string(as_text(each.name)), as_text(each.value)[0]);
  }
  return all;
}

namespace {

// A view as it grows from left to right.
class Growing {
 public:
  explicit Growing(std::string_view text) : text_(text) {}
  void copy_to(std::size_t end) {
    for (; done_ < end; ++done_) add(text_[done_], done_, done_ + 1);
  }
  // In place of what stands from `begin` to `end`.
  void put(std::string_view instead, std::size_t begin, std::size_t end) {
    copy_to(begin);
    for (const char c : instead) add(c, begin, end);
    done_ = end;
    changed_ = true;
  }
  DictatedView finish() {
    if (!changed_) return {};
    copy_to(text_.size());
    return std::move(view_);
  }

 private:
  void add(char c, std::size_t begin, std::size_t end) {
    view_.text.push_back(c);
    view_.begin.push_back(static_cast<std::uint32_t>(begin));
    view_.end.push_back(static_cast<std::uint32_t>(end));
  }
  std::string_view text_;
  DictatedView view_;
  std::size_t done_ = 0;
  bool changed_ = false;
};

}  // namespace

DictatedView SpokenNumbers::in_signs(std::string_view text, const std::vector<ProseWord>& words) const {
  Growing view(text);
  for (std::size_t i = 1; i + 1 < words.size(); ++i) {
    const auto sign = signs_.find(words[i].folded);
    if (sign == signs_.end() || !is_gap(text.substr(words[i - 1].end, words[i].begin - words[i - 1].end)) ||
        !is_gap(text.substr(words[i].end, words[i + 1].begin - words[i].end)))
      continue;
    view.put({&sign->second, 1}, words[i - 1].end, words[i + 1].begin);
  }
  return view.finish();
}

DictatedView SpokenNumbers::in_digits(std::string_view text, const std::vector<ProseWord>& words) const {
  Growing view(text);
  for (std::size_t i = 0; i < words.size();) {
    Reader reader;
    std::size_t last = i;  // behind the last word that counts
    for (std::size_t k = i; k < words.size(); ++k) {
      if (k > i && !is_gap(text.substr(words[k - 1].end, words[k].begin - words[k - 1].end))) break;
      const auto known = words_.find(words[k].folded);
      const Heard heard = reader.hear(words[k], known == words_.end() ? nullptr : &known->second, k == i);
      if (heard == Heard::nothing) break;
      if (heard == Heard::number) last = k + 1;
    }
    reader.settle();
    if (reader.spoken() && reader.digits().size() >= kFewestDigits)
      view.put(reader.digits(), words[i].begin, words[last - 1].end);
    i = std::max(last, i + 1);
  }
  return view.finish();
}

}  // namespace hotline
