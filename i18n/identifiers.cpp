#include "i18n/identifiers.h"

#include <re2/re2.h>

#include <array>
#include <memory>
#include <set>

#include "i18n/fold.h"
#include "i18n/id_checks.h"

namespace hotline {
namespace {

constexpr std::size_t kContextReach = 40;

using Check = bool (*)(std::u32string_view);
enum class Alone { nothing, flag, enough };  // what the shape means with no word nearby that says so

// One shape, in folded text. `shape` has one capture: the identifier. `proof` is a check digit: when it
// holds, the tier is `proven`. `before` must match at the end of what stands before; `around` anywhere within
// reach.
struct Row {
  IdKind kind;
  const char* shape;
  Check rule;
  Check proof;
  Alone alone;
  const char* around;
  const char* before;
};

const std::vector<Row>& rows() {
  using K = IdKind;
  static const std::vector<Row> table = {
      {K::curp,
       R"(([a-z][aeioux][a-z]{2}[ .-]?\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[ .-]?[hmx](?:as|b[cs]|c[clmsh]|d[fg]|g[tr]|hg|jc|m[cns]|n[etl]|oc|pl|q[tr]|s[plr]|t[csl]|vz|yn|zs)[b-df-hj-np-tv-z]{3}[ .-]?[0-9a-z]\d))",
       nullptr, curp_check, Alone::enough, R"(curp|clave unica)", ""},
      {K::clave_elector,
       R"(((?:[a-z][b-df-hj-np-tv-z]){3}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|[12]\d|3[0-2]|8[78])[hm]\d{3}))",
       clave_rule, nullptr, Alone::enough, R"(clave de elector|elector|ine|ife|credencial|voter|electeur)",
       ""},
      {K::ine_cic, R"((idmex\d{9}\d<<\d{13}))", mrz_check, mrz_check, Alone::enough, R"(ine|ife)", ""},
      {K::ine_cic, R"((\d{9}))", nullptr, nullptr, Alone::nothing,
       R"(ine|ife|cic|credencial|voter (?:key|card)|carte d'electeur)", ""},
      {K::ine_ocr, R"((\d{13}|\d{12}))", nullptr, nullptr, Alone::flag,
       R"(ine|ife|ocr|credencial|voter card|carte d'electeur)", ""},
      {K::rfc, R"(([a-z&]{4}[ .-]?\d{6}[ .-]?[0-9a-z]{2}[0-9a]|[a-z&]{3}[ .-]?\d{6}[ .-]?[0-9a-z]{2}[0-9a]))",
       rfc_rule, rfc_check, Alone::flag, R"(rfc|registro federal|homoclave)", ""},
      {K::clabe, R"((\d{18}|\d{3}[ -]\d{3}[ -]\d{11}[ -]\d|\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{2}))",
       nullptr, clabe_check, Alone::flag,
       R"(clabe|cuenta|deposito|transferencia|bank account|compte bancaire)", ""},
      {K::card, R"((\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{1,7}|\d{4}[ -]?\d{6}[ -]?\d{5}))", luhn, luhn,
       Alone::nothing, R"(card|carte|tarjeta)", ""},
      {K::nss, R"((\d{11}|\d{2}[ -]\d{2}[ -]\d{2}[ -]\d{4}[ -]\d))", nullptr, luhn, Alone::flag,
       R"(nss|imss|seguro social)", ""},
      {K::sin, R"(([1-79]\d{2}[ .-]?\d{3}[ .-]?\d{3}))", nullptr, luhn, Alone::nothing,
       R"(social insurance|assurance sociale|seguro social de canada)",
       R"((?:\bsin|\bnas)(?: number| is| est| es)?[ :#.=]{0,3}$)"},
      {K::ssn, R"((\d{3}[ .-]\d{2}[ .-]\d{4}))", ssn_rule, nullptr, Alone::enough,
       R"(ssn|ss#|social|securite sociale)", ""},
      {K::ssn, R"((\d{9}))", ssn_rule, nullptr, Alone::nothing,
       R"(ssn|ss#|social security|social number|social|securite sociale)", ""},
      {K::itin, R"((9\d{2}[ .-]?\d{2}[ .-]?\d{4}))", itin_rule, nullptr, Alone::flag,
       R"(itin|taxpayer|numero de impuestos)", ""},
      {K::atin, R"((9\d{2}[ .-]?\d{2}[ .-]?\d{4}))", atin_rule, nullptr, Alone::flag, R"(atin|adoption)", ""},
      {K::a_number, R"((a[-#]?\d{7,9}|a[-#] ?\d{3}[ -]\d{3}[ -]\d{3}))", nullptr, nullptr, Alone::enough,
       R"(alien)", ""},
      {K::a_number, R"((a \d{7,9}|\d{7,9}))", nullptr, nullptr, Alone::nothing,
       R"(a-number|a number|alien|uscis|a#|numero a|numero d'etranger|numero de extranjero)", ""},
      {K::uscis_receipt, R"(((?:ioe|eac|wac|lin|src|msc|nbc|ysc)[ -]?\d{10}))", nullptr, nullptr,
       Alone::enough, R"(receipt)", ""},
      {K::uscis_receipt, R"(([a-z]{3}\d{10}))", nullptr, nullptr, Alone::flag,
       R"(receipt|case number|i-797|numero de recu|recu|recibo|numero de caso)", ""},
      {K::i94, R"((\d{9}[a-z]\d))", nullptr, nullptr, Alone::enough, R"(i-94)", ""},
      {K::i94, R"((\d{11}))", nullptr, nullptr, Alone::nothing, R"(i-?94|admission|admision)", ""},
      {K::sevis, R"((n\d{10}))", nullptr, nullptr, Alone::enough, R"(sevis)", ""},
      {K::us_passport, R"(([a-z]\d{8}|\d{9}))", nullptr, nullptr, Alone::nothing,
       R"(passport|passeport|pasaporte)", ""},
      {K::ca_passport, R"(([a-z]{2}\d{6}|[a-z]\d{6}[a-z]{2}))", nullptr, nullptr, Alone::flag,
       R"(passport|passeport|pasaporte)", ""},
      {K::mx_passport, R"(([a-z]\d{8}))", nullptr, nullptr, Alone::flag, R"(passport|passeport|pasaporte)",
       ""},
      {K::uci, R"((\d{2}[ -]?\d{4}[ -]?\d{4}|\d{4}[ -]?\d{4}))", nullptr, nullptr, Alone::nothing,
       R"(uci|client id|ircc|iuc|identifiant unique|id client|numero de cliente)", ""},
      {K::ircc_application, R"(([a-z]\d{8,9}))", nullptr, nullptr, Alone::flag,
       R"(application number|file number|numero de demande|numero de dossier|numero de solicitud)", ""},
      {K::nue, R"((\d{7,8}))", nullptr, nullptr, Alone::nothing,
       R"(nue|unico de extranjero|fm3|tarjeta de residente)", ""},
      {K::zip, R"((\d{5}(?:-\d{4})?))", nullptr, nullptr, Alone::nothing, R"(zip)",
       R"((?:^|[ ,])(?:a[klrzs]|c[aot]|d[ce]|fl|ga|gu|hi|i[adln]|k[sy]|la|m[adeinopst]|n[cdehjmvy]|o[hkr]|p[ar]|ri|s[cd]|t[nx]|ut|v[ait]|w[aivy])\.?,? $)"},
      {K::codigo_postal, R"((c\.? ?p\.?:? ?\d{5}))", nullptr, nullptr, Alone::enough, R"(colonia)", ""},
      {K::postal_code_ca, R"(([abceghj-nprstvxy]\d[abceghj-nprstv-z][ -]?\d[abceghj-nprstv-z]\d))", nullptr,
       nullptr, Alone::enough, R"(postal)", ""},
      {K::plate, R"(([a-z]{1,3}[ -]?\d{2,4}(?:[ -]?[a-z0-9]{1,3})?|\d{3}[ -]?[a-z]{3}))", nullptr, nullptr,
       Alone::nothing, R"(licen[cs]e plate|plates?|plaque|placas?)", ""},
  };
  return table;
}

// Not about numbers, so looked for in the whole text.
constexpr std::array<std::pair<IdKind, const char*>, 6> kWebShapes = {{
    {IdKind::email, R"(([\pL\pN._%+'-]+@[\pL\pN-]+(?:\.[\pL\pN-]+)+))"},
    {IdKind::email,
     R"(([\pL\pN._+-]+ ?(?:[\[(] ?(?:at|arroba|arobase) ?[\])]| at | arroba | arobase ) ?[\pL\pN-]+ ?(?:\.|[\[(] ?(?:dot|punto|point) ?[\])]| dot | punto | point ) ?(?:com|org|net|edu|gob|gov|mx|ca|us|example|test)\b))"},
    {IdKind::url, R"(((?:https?://|www\.)[^\s<>"]+))"},
    {IdKind::url,
     R"(\b([a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|mx|ca|us|me|io|info|edu|gob|gov|example|test)/[^\s<>"]+))"},
    {IdKind::url, R"(\b([a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|mx|example|test))\b)"},
    {IdKind::handle, R"((?:^|[^\pL\pN@._])(@[a-z0-9_.]{2,30}))"},
}};

struct Compiled {
  const Row* row;
  std::unique_ptr<RE2> find;   // as a word of its own
  std::unique_ptr<RE2> whole;  // a field
  std::unique_ptr<RE2> around;
  std::unique_ptr<RE2> before;  // null when there is none
};

const std::vector<Compiled>& compiled() {
  static const std::vector<Compiled> patterns = [] {
    std::vector<Compiled> all;
    for (const auto& row : rows()) {
      const std::string shape = row.shape;
      Compiled c;
      c.row = &row;
      c.find = std::make_unique<RE2>("\\b" + shape + "(?:$|[^a-z0-9<])");
      c.whole = std::make_unique<RE2>(shape);
      c.around =
          std::make_unique<RE2>(R"((?:^|[^a-z0-9])(?:)" + std::string(row.around) + R"()(?:$|[^a-z0-9]))");
      if (*row.before != '\0') c.before = std::make_unique<RE2>(row.before);
      all.push_back(std::move(c));
    }
    return all;
  }();
  return patterns;
}

struct WebPattern {
  IdKind kind;
  std::unique_ptr<RE2> find;
};

const std::vector<WebPattern>& web_patterns() {
  static const std::vector<WebPattern> patterns = [] {
    std::vector<WebPattern> all;
    all.reserve(std::size(kWebShapes));
    for (const auto& [kind, shape] : kWebShapes) all.push_back({kind, std::make_unique<RE2>(shape)});
    return all;
  }();
  return patterns;
}

std::u32string compact(std::string_view original) {
  std::u32string out;
  for (char32_t c : to_utf32(nfc(original))) {
    if (c == U'ñ' || c == U'Ñ') {
      out += U'\u00D1';
      continue;
    }
    std::string one;
    append_utf8(c, one);
    for (char32_t f : fold_to_utf32(one)) {
      if (f >= U'a' && f <= U'z') out += f - U'a' + U'A';
      if ((f >= U'0' && f <= U'9') || f == U'&' || f == U'<') out += f;
    }
  }
  return out;
}

struct Stretch {
  std::size_t begin;
  std::size_t end;
};

bool is_id_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

// Where digits are, with the letters that may belong to them: all that the number shapes need to look at.
std::vector<Stretch> stretches_with_digits(std::string_view text) {
  constexpr std::size_t kReach = 8;
  std::vector<Stretch> found;
  for (std::size_t at = text.find_first_of("0123456789"); at != std::string_view::npos;
       at = text.find_first_of("0123456789", at)) {
    const std::size_t floor = found.empty() ? 0 : found.back().end;
    std::size_t begin = at - std::min(at - floor, kReach);
    while (begin > floor && is_id_character(text[begin - 1])) --begin;
    std::size_t end = std::min(text.size(), at + kReach);
    while (end < text.size() && is_id_character(text[end])) ++end;
    end = std::min(text.size(), end + 1);  // the sign that ends the identifier is part of the shape
    if (!found.empty() && begin == floor) {
      found.back().end = end;
    } else {
      found.push_back({begin, end});
    }
    at = end;
  }
  return found;
}

class Search {
 public:
  explicit Search(std::string_view original)
      : original_(original), folded_(to_bytes(fold_with_offsets(original))) {}

  std::vector<IdSpan> run() {
    const std::string_view text = folded_.text;
    for (const auto& stretch : stretches_with_digits(text)) {
      for (const auto& pattern : compiled()) look(pattern, stretch);
    }
    for (const auto& pattern : web_patterns()) look_for_web(pattern);
    return chosen();
  }

 private:
  bool said_nearby(const Compiled& pattern, std::size_t begin, std::size_t end) const {
    const std::string_view text = folded_.text;
    const std::string_view before =
        text.substr(begin - std::min(begin, kContextReach), std::min(begin, kContextReach));
    if (pattern.before && RE2::PartialMatch(before, *pattern.before)) return true;
    return RE2::PartialMatch(before, *pattern.around) ||
           RE2::PartialMatch(text.substr(end, kContextReach), *pattern.around);
  }

  void look(const Compiled& pattern, const Stretch& stretch) {
    const std::string_view text = folded_.text;
    re2::StringPiece groups[2];
    for (std::size_t at = stretch.begin; at < stretch.end;) {
      if (!pattern.find->Match(re2::StringPiece(text.data(), text.size()), at, stretch.end, RE2::UNANCHORED,
                               groups, 2))
        return;
      const std::size_t begin = static_cast<std::size_t>(groups[1].data() - text.data());
      judge(pattern, begin, begin + groups[1].size());
      at = begin + 1;
      while (at < stretch.end && is_id_character(text[at]) && is_id_character(text[at - 1])) ++at;
    }
  }

  void judge(const Compiled& pattern, std::size_t begin, std::size_t end) {
    const Row& row = *pattern.row;
    const std::size_t from = folded_.begin[begin];
    const std::size_t to = folded_.end[end - 1];
    const std::u32string id = compact(original_.substr(from, to - from));
    if ((row.rule != nullptr && !row.rule(id)) || is_generic_rfc(id)) return;
    Tier tier = row.alone == Alone::enough ? Tier::context : Tier::shape;
    if (row.proof != nullptr && row.proof(id)) {
      tier = Tier::proven;
    } else if (tier == Tier::shape && said_nearby(pattern, begin, end)) {
      tier = Tier::context;
    } else if (row.alone == Alone::nothing) {
      return;
    }
    found_.push_back({from, to, row.kind, tier});
  }

  void look_for_web(const WebPattern& pattern) {
    const re2::StringPiece text(folded_.text);
    re2::StringPiece groups[2];
    for (std::size_t at = 0; at < text.size();) {
      if (!pattern.find->Match(text, at, text.size(), RE2::UNANCHORED, groups, 2)) return;
      const std::size_t begin = static_cast<std::size_t>(groups[1].data() - text.data());
      std::size_t end = begin + groups[1].size();
      while (end > begin + 1 && std::string_view(".,;:!?)").find(text[end - 1]) != std::string_view::npos)
        --end;
      found_.push_back({folded_.begin[begin], folded_.end[end - 1], pattern.kind, Tier::proven});
      at = begin + groups[1].size();
    }
  }

  // Best tier first, then the longest; what overlaps something better goes.
  std::vector<IdSpan> chosen() {
    std::stable_sort(found_.begin(), found_.end(), [](const IdSpan& a, const IdSpan& b) {
      if (a.tier != b.tier) return a.tier < b.tier;
      return a.end - a.begin > b.end - b.begin;
    });
    const auto by_place = [](const IdSpan& a, const IdSpan& b) { return a.begin < b.begin; };
    std::set<IdSpan, decltype(by_place)> kept(by_place);
    for (const auto& span : found_) {
      const auto next = kept.lower_bound(span);
      if (next != kept.end() && next->begin < span.end) continue;
      if (next != kept.begin() && std::prev(next)->end > span.begin) continue;
      kept.insert(span);
    }
    return {kept.begin(), kept.end()};
  }

  std::string_view original_;
  FoldedBytes folded_;
  std::vector<IdSpan> found_;
};

}  // namespace

std::string_view to_string(IdKind kind) {
  switch (kind) {
#define HOTLINE_NAME(name) \
  case IdKind::name:       \
    return #name
    HOTLINE_NAME(ssn);
    HOTLINE_NAME(itin);
    HOTLINE_NAME(atin);
    HOTLINE_NAME(a_number);
    HOTLINE_NAME(uscis_receipt);
    HOTLINE_NAME(i94);
    HOTLINE_NAME(sevis);
    HOTLINE_NAME(us_passport);
    HOTLINE_NAME(sin);
    HOTLINE_NAME(uci);
    HOTLINE_NAME(ircc_application);
    HOTLINE_NAME(ca_passport);
    HOTLINE_NAME(curp);
    HOTLINE_NAME(rfc);
    HOTLINE_NAME(nss);
    HOTLINE_NAME(clave_elector);
    HOTLINE_NAME(ine_cic);
    HOTLINE_NAME(ine_ocr);
    HOTLINE_NAME(mx_passport);
    HOTLINE_NAME(nue);
    HOTLINE_NAME(clabe);
    HOTLINE_NAME(card);
    HOTLINE_NAME(zip);
    HOTLINE_NAME(postal_code_ca);
    HOTLINE_NAME(codigo_postal);
    HOTLINE_NAME(plate);
    HOTLINE_NAME(email);
    HOTLINE_NAME(url);
    HOTLINE_NAME(handle);
#undef HOTLINE_NAME
  }
  return "handle";
}

bool is_valid(IdKind kind, std::string_view text) {
  if (text.size() > 300) return false;
  const std::string folded = fold_for_search(text);
  const std::u32string id = compact(text);
  for (const auto& pattern : compiled()) {
    const Row& row = *pattern.row;
    if (row.kind != kind || !RE2::FullMatch(folded, *pattern.whole)) continue;
    if ((row.rule == nullptr || row.rule(id)) && (row.proof == nullptr || row.proof(id))) return true;
  }
  for (const auto& pattern : web_patterns()) {
    if (pattern.kind == kind && RE2::FullMatch(folded, *pattern.find)) return true;
  }
  return false;
}

std::vector<IdSpan> find_identifiers(std::string_view utf8) {
  return Search(utf8).run();
}

}  // namespace hotline
