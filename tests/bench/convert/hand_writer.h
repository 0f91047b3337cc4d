// What converting by hand is made of: words, dates, codes, and a writer that goes straight to text.
#pragma once

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "tests/bench/convert/hand_phone.h"

namespace hotline::bench {

using Value = rapidjson::Value;
using Out = rapidjson::Writer<rapidjson::StringBuffer>;
using Words = std::unordered_map<std::string, std::string>;

struct Code {
  std::string code, label;                                  // "" when nothing is written
  std::string said;                                         // the shared code's label, for a summary
  std::vector<std::pair<std::string, std::string>> review;  // members of the entry, without its place
};
using Codes = std::unordered_map<std::string, Code>;

inline const Value* get(const Value& object, const char* name) {
  const auto found = object.FindMember(name);
  return found == object.MemberEnd() ? nullptr : &found->value;
}

inline std::string_view text_of(const Value& value) {
  return {value.GetString(), value.GetStringLength()};
}

inline Words words_of(const Value& object) {
  Words words;
  for (const auto& one : object.GetObject()) words.emplace(text_of(one.name), text_of(one.value));
  return words;
}

inline Codes codes_of(const Value& object) {
  Codes codes;
  for (const auto& one : object.GetObject()) {
    Code& code = codes[std::string(text_of(one.name))];
    if (const Value* said = get(one.value, "said")) code.said = text_of(*said);
    if (const Value* value = get(one.value, "value")) {
      code.code = text_of((*value)["clave"]);
      code.label = text_of((*value)["etiqueta"]);
    }
    if (const Value* review = get(one.value, "review"))
      for (const auto& member : review->GetObject())
        code.review.emplace_back(text_of(member.name), text_of(member.value));
  }
  return codes;
}

class HandWriter {
 public:
  HandWriter(const std::map<std::string, Codes>& codes, const std::map<std::string, Words>& enums,
             const Words& languages, const Words& states, const Words& countries)
      : codes_(codes),
        enums_(enums),
        languages_(languages),
        states_(states),
        countries_(countries),
        out_(buffer_) {}

 protected:
  void key(const char* name) { out_.Key(name); }
  void open(const char* name) {
    key(name);
    out_.StartObject();
  }
  void put(std::string_view value) {
    out_.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
  }
  void string(const char* name, std::string_view value) {
    key(name);
    put(value);
  }
  void text(const char* name, const Value& from, const char* field) {
    if (const Value* value = get(from, field)) string(name, text_of(*value));
  }
  void integer(const char* name, const Value& from, const char* field) {
    const Value* value = get(from, field);
    if (value == nullptr) return;
    key(name);
    out_.Int64(value->GetInt64());
  }
  void yes_no(const char* name, const Value& from, const char* field) {
    if (const Value* value = get(from, field)) string(name, value->GetBool() ? "Sí" : "No");
  }
  std::string_view word(const Words& words, std::string_view value) const {
    const auto found = words.find(std::string(value));
    return found == words.end() ? value : std::string_view(found->second);
  }
  void word_at(const char* name, const Value& from, const char* field, const Words& words) {
    if (const Value* value = get(from, field)) string(name, word(words, text_of(*value)));
  }
  void one_of(const char* name, const Value& from, const char* field, const char* path) {
    word_at(name, from, field, enums_.at(path));
  }

  template <class Each>
  static void split(std::string_view text, Each each) {
    while (!text.empty()) {
      const std::size_t end = std::min(text.find(';'), text.size());
      each(text.substr(0, end));
      text.remove_prefix(std::min(text.size(), end + 1));
    }
  }

  // 10/15/1971 -> 15/10/1971; month and year, and the year alone, stay as they are.
  void date(const char* name, const Value& from, const char* field) {
    const Value* value = get(from, field);
    if (value == nullptr) return;
    std::string text(text_of(*value));
    if (text.size() == 10) text = text.substr(3, 3) + text.substr(0, 3) + text.substr(6);
    string(name, text);
  }
  // 2026-11-27T16:00:00.000+0000 -> 2026-11-27T16:00:00Z
  void instant(const char* name, const Value& from, const char* field) {
    const Value* value = get(from, field);
    if (value == nullptr) return;
    std::string text(text_of(*value).substr(0, 23));
    if (text.ends_with(".000")) text.resize(19);
    string(name, text + "Z");
  }
  void phone(const char* name, const Value& from, const char* field) {
    if (const Value* value = get(from, field)) string(name, mexican_form(text_of(*value)));
  }

  // The code if there is one, and a place in the list that a person looks through if it is not the same.
  void coded(const Code& code, const char* name, const std::string& place) {
    if (!code.review.empty()) review_.push_back({place, &code.review});
    if (code.code.empty()) return;
    if (name != nullptr) key(name);
    out_.StartObject();
    string("clave", code.code);
    string("etiqueta", code.label);
    out_.EndObject();
  }
  void code(const char* name, const Value& from, const char* field, const char* system,
            const std::string& place) {
    if (const Value* value = get(from, field)) coded(find(system, text_of(*value)), name, place);
  }
  const Code& find(const char* system, std::string_view value) const {
    return codes_.at(system).at(std::string(value));
  }
  void codes(const char* name, const Value& from, const char* field, const char* system,
             const std::string& place) {
    const Value* value = get(from, field);
    if (value == nullptr) return;
    key(name);
    out_.StartArray();
    std::size_t index = 0;
    split(text_of(*value), [&](std::string_view one) {
      const Code& found = find(system, one);
      coded(found, nullptr, place + "/" + std::to_string(index));
      index += found.code.empty() ? 0 : 1;
    });
    out_.EndArray();
  }

  // What a coded field says in words, each label once.
  using Labels = std::vector<std::string_view>;
  void say(Labels& labels, const Value* from, const char* field, const char* system) const {
    const Value* value = from == nullptr ? nullptr : get(*from, field);
    if (value == nullptr) return;
    split(text_of(*value), [&](std::string_view one) {
      const std::string_view said = find(system, one).said;
      if (std::find(labels.begin(), labels.end(), said) == labels.end()) labels.push_back(said);
    });
  }
  struct Coded {
    const Value* from;
    const char *field, *system;
  };
  void summary(const std::vector<std::pair<const char*, std::vector<Coded>>>& lines) {
    std::string text;
    for (const auto& [title, fields] : lines) {
      Labels labels;
      for (const Coded& each : fields) say(labels, each.from, each.field, each.system);
      add_line(text, title, labels);
    }
    if (!text.empty()) string("resumen_codificado", text);
  }
  static void add_line(std::string& summary, std::string_view title, const Labels& labels) {
    if (labels.empty()) return;
    if (!summary.empty()) summary += '\n';
    summary.append(title).append(": ");
    for (std::size_t i = 0; i < labels.size(); ++i) summary.append(i == 0 ? "" : "; ").append(labels[i]);
  }

  const std::map<std::string, Codes>& codes_;
  const std::map<std::string, Words>& enums_;
  const Words &languages_, &states_, &countries_;
  rapidjson::StringBuffer buffer_;
  Out out_;
  std::vector<std::pair<std::string, const std::vector<std::pair<std::string, std::string>>*>> review_;
};

}  // namespace hotline::bench
