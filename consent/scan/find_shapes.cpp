// What is told by its shape and a word nearby. Expressions are RE2's, linear in the text.
#include <array>

#include "consent/scan/expressions.h"

namespace hotline {
namespace {

constexpr double kSure = 0.95, kLikely = 0.8;

#define MONTHS                                                                                            \
  "(?:jan(?:uary|v(?:ier)?)?|feb(?:ruary|rero)?|fev(?:r(?:ier)?)?|mar(?:ch|zo|s)?|apr(?:il)?|abr(?:il)?|" \
  "avr(?:il)?"                                                                                            \
  "|may(?:o)?|mai|june?|jun(?:io)?|juin|july?|jul(?:io)?|juil(?:let)?|aug(?:ust)?|ago(?:sto)?|aout"       \
  "|sept?(?:ember|iembre|embre)?|set(?:iembre)?|oct(?:ober|ubre|obre)?|nov(?:ember|iembre|embre)?"        \
  "|dec(?:ember|embre)?|dic(?:iembre)?|ene(?:ro)?)"
#define WEEKDAYS                                                                                             \
  "(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|lunes|martes|miercoles|jueves|viernes|sabado|domingo|lundi" \
  "|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
#define YEAR "(?:19|20)\\d\\d"

// In folded text; the first capture is what is found.
struct Shape {
  SpanType type;
  const char* expression;
  double score;
};

// The words that tell stand before or behind, as people write them in the three languages.
constexpr std::array<Shape, 15> kShapes = {{
    {SpanType::ip,
     R"((?:^|[^\d.])((?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d))(?:[^\d.]|\.?$|\.[^\d]))",
     kSure},
    {SpanType::ip,
     R"((?:^|[^0-9a-f:])((?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4})?(?::[0-9a-f]{1,4})*)(?:[^0-9a-f:]|$))",
     kSure},
    {SpanType::age, R"(\b((?:9\d|1[01]\d))[ -]*(?:years?|yrs?|y\.?o\b|y/o|anos|ans)\b)", kSure},
    {SpanType::age,
     R"(\b(?:aged?|edad:?|agee? de|turn(?:s|ed|ing)|is|tiene|cumpli[oa]|age:?) (?:now )?((?:9\d|1[01]\d))(?:[ ,.;)\n]|$))",
     kLikely},
    {SpanType::handle, R"((?:^|[^a-z0-9$])(\$[a-z][a-z0-9_]{2,}))", kLikely},
    {SpanType::ca_health, R"(\b([a-z]{4}[ -]?\d{4}[ -]?\d{4})\b)", kLikely},
    {SpanType::ca_health,
     R"((?:ohip|health (?:card|number|no)|carte (?:soleil|sante|d'assurance)|assurance[- ]maladie|ramq|phn|mcp|msp|ahcip|health #)[^\n\d]{0,30}(\d{4}[ -]?\d{3}[ -]?\d{3}(?:[ -]?[a-z]{2}\b)?|\d{9,12}|\d{3}[ -]\d{3}[ -]\d{3,4}))",
     kSure},
    {SpanType::account,
     R"(\b(?:account|acct|cuenta|compte|a/c|routing|transit|folio de cuenta)\b[^\n\d]{0,25}(\d[\d -]{3,}\d))",
     kSure},
    {SpanType::case_number,
     R"(\b(?:case|file|dossier|expediente|exp|folio|referencia|reference|ref|carpeta|member|badge|policy|claim|ticket|booking|report|incident|matricule|permis de conduire|licence|license|licencia|permit|docket|carpeta de investigacion|numero de empleado|employee|evenement)\b\.?[^\n\d]{0,14}?((?:[a-z]{1,4}[ -]?)?[a-z]{0,4}\d[a-z0-9]*(?:[-/][a-z0-9]+)*))",
     kLikely},
    {SpanType::case_number, R"(\b([a-z]{1,5}-(?:[a-z]{1,4}[-/])?\d{2,4}[-/]\d{3,}(?:-[a-z0-9]+)?)\b)",
     kLikely},
    {SpanType::case_number, R"(\b([a-z]{1,4}[-/][a-z]{2,5}[-/]\d+[-/]\d{2,4})\b)", kLikely},
    {SpanType::date,
     "\\b((?:" WEEKDAYS ",? )?(?:the |el |le )?\\d{1,2}(?:st|nd|rd|th|er|o)?(?: of| de|[ .-])? ?" MONTHS
     "\\b\\.?(?:[ ,-]{1,2}(?:de |del )?(?:" YEAR "|'\\d\\d))?)",
     kLikely},
    {SpanType::date,
     "\\b((?:" WEEKDAYS ",? )?" MONTHS "\\.? \\d{1,2}(?:st|nd|rd|th)?\\b(?:,? (?:" YEAR "|'\\d\\d))?)",
     kLikely},
    {SpanType::date, R"(\b(\d{1,2}[/.-]\d{1,2}[/.-](?:(?:19|20)\d\d|\d\d))\b)", kLikely},
    {SpanType::date, R"(\b((?:19|20)\d\d[/.-]\d{1,2}[/.-]\d{1,2})\b)", kLikely},
}};

constexpr const char* kBirth =
    R"((?:born|birth ?(?:date|day)?|b-?day|dob|d\.o\.b|nacio|nacid[oa]|nacimiento|f\.? ?n\.?|fecha de nac|cumpleanos|cumple|nee?|naissance|ddn|d\.d\.n|anniversaire)[^\n]{0,20}$)";
constexpr std::size_t kBirthReach = 40;

const std::vector<Expression>& shapes() {
  static const std::vector<Expression> all = [] {
    std::vector<Expression> made;
    made.reserve(kShapes.size());
    for (const Shape& shape : kShapes) made.emplace_back(shape.expression, shape.type, shape.score);
    return made;
  }();
  return all;
}

bool enough_digits(std::string_view text, SpanType type) {
  if (type != SpanType::case_number) return true;
  return std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }) >= 4;
}

}  // namespace

void find_shapes(const PreparedText& text, std::vector<FoundSpan>& out) {
  static const re2::RE2 birth(kBirth, re2::RE2::Quiet);
  const FoldedBytes folded = to_bytes(text.folded);
  const std::string_view whole = folded.text;
  for (const Expression& shape : shapes()) {
    each_found(shape, whole, [&](std::size_t first, std::size_t last) {
      if (!enough_digits(whole.substr(first, last - first), shape.type)) return;
      const std::size_t reach = std::min(first, kBirthReach);
      const std::string_view before = whole.substr(first - reach, reach);
      const bool is_birth = shape.type == SpanType::date &&
                            re2::RE2::PartialMatch(re2::StringPiece(before.data(), before.size()), birth);
      out.push_back({folded.begin[first], folded.end[last - 1], is_birth ? SpanType::birth_date : shape.type,
                     SpanReason::context, shape.score});
    });
  }
}

}  // namespace hotline
