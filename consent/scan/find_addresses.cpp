#include <string>

#include "consent/scan/expressions.h"

namespace hotline {
namespace {

constexpr double kStreet = 0.9, kUnit = 0.75;

const std::string kNumber = R"((?:n[o.]? ?|#)?\d{1,6}(?:[a-z]|[- ]?(?:bis|\d/\d)|-\d{1,4})?)";
const std::string kDirection =
    R"((?:,? (?:n|s|e|w|o|ne|nw|se|sw|no|so|north|south|east|west|norte|sur|este|oeste|oriente|poniente|ote|pte|nte|nord|sud|est|ouest)\b\.?)?)";
const std::string kWords = R"((?:[a-z0-9'.-]+ ){1,4}?)";
const std::string kFew =
    R"((?: (?:de|del|de la|de los|de las|des|du|la|le|les|el|los|las|saint-?|sainte-?|san|santa))*(?: [a-z'.0-9-]+){1,3}?)";
// A room, a flat, a lot: with its number or letter.
const std::string kUnitWord =
    R"((?:apt|apartment|unit|suite|ste|rm|room|lot|spc|space|trailer|cabin|bunk(?:house)?|barracks?|door|bldg|building|floor|fl|bay|stall|site|pad|box|int(?:erior)?|depto|departamento|dpto|lote|lt|manzana|mza?|bodega|nave|galera|galpon|casa|puerta|piso|local|edificio|edif|cuartos?|habitaci(?:on|ones)|hab|app|appartement|bureau|porte|chambre|logement|sous-sol|roulotte|batiment|etage|suite))";
const std::string kUnitNumber =
    R"((?:no\.? ?|numero |number |num\.? ?|n[o°]\.? ?|#)?#? ?(?:\d+(?:[- ]?[a-z]\b)?|[a-z]-?\d+|[a-z]\b)(?:(?: y | and | et |, ?|/)\d+[a-z]?)?)";
const std::string kTail = "(?:,? (?:" + kUnitWord + R"(\.? ?)" + kUnitNumber +
                          R"(|# ?\d+[a-z]?|rear|basement|bsmt|upstairs|sous-sol)){0,3})";

const std::vector<Expression>& expressions() {
  static const std::vector<Expression> all = [] {
    const std::string english_kind =
        R"((?:street|st|avenue|ave|av|road|rd|boulevard|blvd|drive|dr|lane|ln|court|ct|crescent|cres|way|place|pl|terrace|terr|highway|hwy|trail|tr|parkway|pkwy|circle|cir|square|sq|line|sideroad|concession|loop|alley|row|gate|close|grove))";
    const std::string spanish_kind =
        R"((?:calle|c\.|av\.?|avenida|calz\.?|calzada|blvd\.?|boulevard|carretera|carr\.?|camino|callejon|privada|priv\.?|andador|cerrada|prolongacion|prol\.?|periferico|circuito|retorno|paseo|eje))";
    const std::string french_kind =
        R"((?:rue|av\.?|avenue|boul\.?|boulevard|ch\.?|chemin|route|rte|place|pl\.?|cote|montee|terrasse|impasse|allee|croissant|cr\.?|promenade|rang))";
    std::vector<Expression> made;
    const auto add = [&](const std::string& text, double score) {
      made.emplace_back(text, SpanType::address, score);
    };
    const std::string unit_first = "(?:" + kUnitWord + R"(\.? ?)" + kUnitNumber + "[,-] ?)?";
    add("\\b(" + unit_first + kNumber + " " + kWords + english_kind + "\\b\\.?" + kDirection + kTail + ")",
        kStreet);
    add("\\b(" + spanish_kind + kFew + ",? (?:" + kNumber + "|s/n)\\b" + kTail + ")", kStreet);
    add("\\b(" + unit_first + kNumber + ",? " + french_kind + kFew + "\\b" + kDirection + kTail + ")",
        kStreet);
    add("\\b((?:highway|hwy|route|rte|autoroute|interstate|us-|sr-|fm |cr |county "
        "road|carretera|carr\\.?|autopista|rang|concession) ?\\d{1,4}[a-z]?\\b(?:,? "
        "(?:km|mile|exit|salida|sortie)\\.? ?\\d+(?:\\.\\d+)?)?)",
        kUnit);
    add("\\b(\\d{1,2}(?:e|er|ieme|th|nd|st) (?:rang|concession|line)\\b)", kUnit);
    add("\\b(" + kUnitWord + R"(\.? ?)" + kUnitNumber + kTail + ")", kUnit);
    add("\\b((?:km|kilometro|kilometre|mile marker|milepost|mile|exit|salida|sortie|borne)\\.? "
        "?\\d+(?:[.+]\\d+)?\\b)",
        kUnit);
    return made;
  }();
  return all;
}

bool has_digit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

void find_addresses(const PreparedText& text, std::vector<FoundSpan>& out) {
  const FoldedBytes folded = to_bytes(text.folded);
  for (const Expression& one : expressions()) {
    each_found(one, folded.text, [&](std::size_t first, std::size_t last) {
      if (!has_digit(std::string_view(folded.text).substr(first, last - first))) return;
      out.push_back({folded.begin[first], folded.end[last - 1], one.type, SpanReason::context, one.score});
    });
  }
}

}  // namespace hotline
