#include "adapters/form/text_source.h"

#include "i18n/base/utf8.h"

namespace hotline {

namespace {
constexpr std::size_t kPiece = 1 << 16;
constexpr std::string_view kMarkUtf8 = "\xEF\xBB\xBF", kMarkLittle = "\xFF\xFE", kMarkBig = "\xFE\xFF";

bool starts(std::string_view text, std::string_view with) {
  return text.substr(0, with.size()) == with;
}
}  // namespace

TextSource::TextSource(std::istream& in) : in_(in) {
  sniff();
}

void TextSource::sniff() {
  char first[3];
  in_.read(first, sizeof first);
  held_.assign(first, static_cast<std::size_t>(in_.gcount()));
  mark_ = true;
  if (starts(held_, kMarkUtf8)) {
    held_.clear();
  } else if (starts(held_, kMarkLittle) || starts(held_, kMarkBig)) {
    encoding_ = starts(held_, kMarkLittle) ? Encoding::utf16_little : Encoding::utf16_big;
    held_.erase(0, 2);
  } else {
    mark_ = false;
  }
}

std::string_view TextSource::next() {
  out_.clear();
  while (out_.empty() && !ended_) {
    raw_ = std::move(held_);
    held_.clear();
    const std::size_t before = raw_.size();
    raw_.resize(before + kPiece);
    in_.read(raw_.data() + before, static_cast<std::streamsize>(kPiece));
    raw_.resize(before + static_cast<std::size_t>(in_.gcount()));
    ended_ = !in_;
    if (encoding_ == Encoding::utf8)
      line_ends(raw_);
    else
      utf16(raw_);
  }
  return out_;
}

void TextSource::line_ends(std::string_view bytes) {
  out_.reserve(bytes.size());
  for (const char c : bytes) {
    const bool ends_pair = c == '\n' && last_was_cr_;
    last_was_cr_ = c == '\r';
    if (last_was_cr_) carriage_returns_ = true;
    if (!ends_pair) out_ += last_was_cr_ ? '\n' : c;
  }
}

void TextSource::put(char32_t code_point) {
  const bool ends_pair = code_point == '\n' && last_was_cr_;
  last_was_cr_ = code_point == '\r';
  if (last_was_cr_) carriage_returns_ = true;
  if (!ends_pair) append_utf8(last_was_cr_ ? U'\n' : code_point, out_);
}

void TextSource::unit(char32_t unit) {
  const bool first_half = unit >= 0xD800 && unit < 0xDC00, second_half = unit >= 0xDC00 && unit < 0xE000;
  if (high_ != 0 && second_half) {
    put(0x10000 + ((high_ - 0xD800) << 10) + (unit - 0xDC00));
    high_ = 0;
    return;
  }
  if (high_ != 0) out_ += '\xFF';
  high_ = first_half ? unit : 0;
  if (second_half)
    out_ += '\xFF';
  else if (!first_half)
    put(unit);
}

void TextSource::utf16(std::string_view bytes) {
  const bool little = encoding_ == Encoding::utf16_little;
  const std::size_t even = bytes.size() - bytes.size() % 2;
  for (std::size_t i = 0; i < even; i += 2) {
    const auto a = static_cast<unsigned char>(bytes[i]), b = static_cast<unsigned char>(bytes[i + 1]);
    unit(little ? static_cast<char32_t>(b << 8 | a) : static_cast<char32_t>(a << 8 | b));
  }
  held_ = bytes.substr(even);
  if (!ended_) return;
  if (high_ != 0 || !held_.empty()) out_ += '\xFF';  // cut in the middle
  held_.clear();
}

}  // namespace hotline
