// Checks a document against the compiled nodes and says exactly where it is wrong.
#include <re2/re2.h>

#include "config/schema_node.h"
#include "i18n/base/utf8.h"
#include "i18n/codes.h"

namespace hotline {
namespace {

// The way from the root, kept on the stack: a pointer is only written out when there is a fault to report.
struct Step {
  const Step* up = nullptr;
  std::string_view name;
  std::size_t index = 0;
  bool is_index = false;

  std::string pointer() const {
    if (up == nullptr) return {};
    return is_index ? pointer_join(up->pointer(), index) : pointer_join(up->pointer(), name);
  }
};

class Walk {
 public:
  Walk(const CodeSystems* codes, std::size_t limit) : codes_(codes), limit_(limit) {}

  void check(const CompiledNode& node, const JsonValue& value, const Step& at) {
    switch (node.type_) {
      case NodeType::any:
        return;
      case NodeType::object:
        return check_object(node, value, at);
      case NodeType::array:
        return check_array(node, value, at);
      case NodeType::string:
        return check_string(node, value, at);
      case NodeType::integer:
        return check_integer(node, value, at);
      case NodeType::boolean:
        if (!value.IsBool()) wrong_type(node, at);
        return;
    }
  }

  std::vector<Fault> take() { return std::move(faults_); }

 private:
  bool full() const { return faults_.size() >= limit_; }
  void add(ErrorCode code, const Step& at, std::string expected) {
    if (!full()) faults_.push_back({code, at.pointer(), std::move(expected)});
  }
  void wrong_type(const CompiledNode& node, const Step& at) {
    add(ErrorCode::type_mismatch, at, std::string(node.type()));
  }

  bool in_bounds(const Bounds& bounds, std::int64_t n, ErrorCode code, std::string_view what,
                 const Step& at) {
    if (n < bounds.min) add(code, at, "min" + std::string(what) + ' ' + std::to_string(bounds.min));
    if (n > bounds.max) add(code, at, "max" + std::string(what) + ' ' + std::to_string(bounds.max));
    return n >= bounds.min && n <= bounds.max;
  }

  static bool matches(const CompiledNode& node, std::string_view text) {
    if (node.plain_pattern_) return node.plain_pattern_->accepts(text);
    return RE2::PartialMatch({text.data(), text.size()}, *node.pattern_);
  }

  // A code point has one to four bytes: nearly no text is so close to a limit that they have to be counted.
  static bool surely_in_bounds(const Bounds& bounds, std::string_view text) {
    const auto bytes = static_cast<std::int64_t>(text.size());
    return (bytes + 3) / 4 >= bounds.min && bytes <= bounds.max;
  }

  void check_object(const CompiledNode& node, const JsonValue& value, const Step& at) {
    if (!value.IsObject()) return wrong_type(node, at);
    CompiledNode::Seen seen;
    std::size_t next = 0;
    for (const auto& each : value.GetObject()) {
      if (full()) return;
      const Step here{&at, as_text(each.name)};
      const std::size_t index = node.index_of(here.name, next);
      if (index != CompiledNode::kMaxProperties) {
        next = index + 1;
        seen.set(index);
        check(*node.properties_[index].node, each.value, here);
      } else if (node.additional_) {
        check(*node.additional_, each.value, here);
      } else if (!node.open_) {
        add(ErrorCode::field_unknown, here, {});
      }
    }
    for (const std::uint32_t i : node.required_)
      if (!seen.test(i)) add(ErrorCode::field_missing, at, node.properties_[i].name);
    if (node.is_coded()) check_code(node, value, at);
  }

  // A code of a newer code system is kept, and so is what has no code: only where a decision hangs on it
  // neither is good enough.
  void check_code(const CompiledNode& node, const JsonValue& value, const Step& at) {
    const JsonValue* code = member(value, "code");
    if (codes_ == nullptr || (code != nullptr && !code->IsString())) return;
    const bool known = code != nullptr && codes_->has(node.labels_.codes, as_text(*code));
    const bool unmapped = code == nullptr && text_at(value, "relation") == "not-mapped";
    if (known || (!node.labels_.closed && (code != nullptr || unmapped))) return;
    const Step code_at{&at, "code"};
    add(ErrorCode::code_unknown, code == nullptr ? at : code_at, node.labels_.codes);
  }

  void check_array(const CompiledNode& node, const JsonValue& value, const Step& at) {
    if (!value.IsArray()) return wrong_type(node, at);
    if (!in_bounds(node.size_, value.Size(), ErrorCode::length_out_of_range, "Items", at)) return;
    for (rapidjson::SizeType i = 0; i < value.Size() && !full(); ++i) {
      check(*node.items_, value[i], Step{&at, {}, i, true});
    }
  }

  void check_string(const CompiledNode& node, const JsonValue& value, const Step& at) {
    if (!value.IsString()) return wrong_type(node, at);
    const std::string_view text = as_text(value);
    if (!surely_in_bounds(node.size_, text) &&
        !in_bounds(node.size_, static_cast<std::int64_t>(code_point_index(text, text.size())),
                   ErrorCode::length_out_of_range, "Length", at)) {
      return;
    }
    if (!node.allowed_.empty() &&
        std::find(node.allowed_.begin(), node.allowed_.end(), text) == node.allowed_.end()) {
      return add(ErrorCode::value_not_allowed, at, choices(node.allowed_));
    }
    if (node.pattern_ && !matches(node, text)) {
      return add(ErrorCode::pattern_mismatch, at, node.pattern_->pattern());
    }
    if (codes_ != nullptr && !node.labels_.codes.empty() && !codes_->has(node.labels_.codes, text)) {
      return add(ErrorCode::code_unknown, at, node.labels_.codes);
    }
    if (const auto fault = format_fault(node.format_, text)) add(*fault, at, node.labels_.format);
  }

  void check_integer(const CompiledNode& node, const JsonValue& value, const Step& at) {
    if (!value.IsInt64()) return wrong_type(node, at);
    const std::int64_t n = value.GetInt64();
    if (n < node.range_.min)
      add(ErrorCode::number_out_of_range, at, "minimum " + std::to_string(node.range_.min));
    if (n > node.range_.max)
      add(ErrorCode::number_out_of_range, at, "maximum " + std::to_string(node.range_.max));
  }

  static std::string choices(const std::vector<std::string>& allowed) {
    std::string text;
    for (const std::string& each : allowed) text += (text.empty() ? "" : "|") + each;
    return text;
  }

  const CodeSystems* codes_;
  std::size_t limit_;
  std::vector<Fault> faults_;
};

}  // namespace

std::vector<Fault> find_faults(const CompiledNode& root, const JsonValue& document, const CodeSystems* codes,
                               std::size_t limit) {
  Walk walk(codes, limit);
  walk.check(root, document, Step{});
  return walk.take();
}

}  // namespace hotline
