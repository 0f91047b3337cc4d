#include "tests/properties/laws/values.h"

#include <cstdio>

#include "i18n/base/utf8.h"
#include "tests/properties/laws/pattern.h"

namespace hotline::laws {

namespace {

const std::vector<std::string> kWords = {
    "casa",      "field",       "María José", "Ñandú",   "García Márquez", "L’Écuyer", "d'Ailleboust",
    "Nahuatl",   "Łódź",        "東京",       "김민준",  "Ελένη",          "Ахмед",    "ابتسام",
    "नेहा",       "🦋",        "a-b",        "n/a~1",   "\"said\"",       "100 %",    "3 p.m.",
    "two words", "line\nbreak", "Ixtapaluca", "O’odham", "ᐃᓄᒃᑎᑐᑦ",         "&lt;",     "C:\\x",
    "Zoë"};
const std::vector<std::string> kZones = {
    "America/New_York",    "America/Tijuana",        "America/Toronto", "America/Mexico_City",
    "America/Los_Angeles", "America/Port-au-Prince", "Asia/Manila",     "UTC"};
const std::vector<std::string> kCountries = {"US", "CA", "MX", "GT", "HT", "PH", "HN", "GB", "CN"};
const std::vector<std::string> kCurrencies = {"USD", "CAD", "MXN", "GTQ", "PHP", "EUR"};

std::size_t length_of(std::string_view text) {
  std::size_t length = 0;
  for (const char c : text)
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) ++length;
  return length;
}

std::string printed(const char* form, auto... numbers) {
  char text[64];
  std::snprintf(text, sizeof text, form, numbers...);
  return text;
}

int days_in(int year, int month) {
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : days[month - 1];
}

}  // namespace

std::string Values::mark() {
  std::string text(kMark);
  for (int i = 0; i < 5; ++i) text += static_cast<char>('a' + draw_.below(26));
  return text;
}

std::string Values::text(std::size_t shortest, std::size_t longest) {
  std::string text = longest >= 7 ? mark() : std::string(1, static_cast<char>('A' + draw_.below(26)));
  const bool full = draw_.in_100(3);
  const std::size_t words = draw_.below(4);
  for (std::size_t i = 0; full || i < words; ++i) {
    const std::string next = " " + draw_.of(kWords);
    if (length_of(text) + length_of(next) > longest) break;
    text += next;
  }
  std::size_t length = length_of(text);
  while (length < shortest || (full && length < longest)) {
    text += 'x';
    ++length;
  }
  return text;
}

std::string Values::civil_date() {
  const int year = static_cast<int>(draw_.between(1930, 2031)),
            month = static_cast<int>(draw_.between(1, 12));
  const int day = static_cast<int>(draw_.between(1, days_in(year, month)));
  const std::size_t precision = draw_.below(4);
  if (precision == 0) return printed("%04d", year);
  if (precision == 1) return printed("%04d-%02d", year, month);
  return printed("%04d-%02d-%02d", year, month, day);
}

std::string Values::instant() {
  const int month = static_cast<int>(draw_.between(1, 12));
  return printed("%04d-%02d-%02dT%02d:%02d:%02dZ", static_cast<int>(draw_.between(1971, 2031)), month,
                 static_cast<int>(draw_.between(1, days_in(2023, month))), static_cast<int>(draw_.below(24)),
                 static_cast<int>(draw_.below(60)), static_cast<int>(draw_.below(60)));
}

std::string Values::phone() {
  const int four = static_cast<int>(draw_.below(10000)), two = four % 100;
  switch (draw_.below(7)) {
    case 0:
      return printed("+120255501%02d", two);
    case 1:
      return printed("+141655501%02d", two);
    case 2:
      return printed("+52550000%04d", four);
    case 3:
      return printed("+5022230%04d", four);
    case 4:
      return printed("+447700900%03d", four % 1000);
    case 5:
      return printed("+63917000%04d", four);
    default:
      return printed("+121355501%02d", two);
  }
}

std::string Values::decimal() {
  std::string text = std::to_string(draw_.below(draw_.in_100(30) ? 9000000 : 3000));
  if (draw_.in_100(40)) text += printed(".%02d", static_cast<int>(draw_.below(100)));
  return text;
}

std::string Values::email() {
  return mark() + "@" +
         draw_.of(std::vector<std::string>{"example.org", "mail.example.com", "ejemplo.example"});
}

std::string Values::of_format(std::string_view format) {
  if (format == "civil_date") return civil_date();
  if (format == "instant") return instant();
  if (format == "language") return draw_.of(world_.languages);
  if (format == "country") return draw_.of(kCountries);
  if (format == "subdivision") return draw_.of(world_.subdivisions);
  if (format == "e164") return phone();
  if (format == "time_zone") return draw_.of(kZones);
  if (format == "currency") return draw_.of(kCurrencies);
  if (format == "email") return email();
  if (format == "decimal") return decimal();
  return printed("%02d:%02d", static_cast<int>(draw_.below(24)), static_cast<int>(draw_.below(60)));
}

std::string Values::leaf(const Shape& shape, std::string_view path) {
  if (path == "/persons/*/id")
    return cast_.persons.emplace_back("p" + std::to_string(cast_.persons.size() + 1));
  if (path == "/alleged_exploiters/*/id")
    return cast_.exploiters.emplace_back("x" + std::to_string(cast_.exploiters.size() + 1));
  if (path == "/consents/*/consent_id") return "c" + std::to_string(++cast_.consents);
  if (path == "/consents/*/giver/person") return std::string(kSomeGiver);
  if (path.ends_with("/person") || path == "/narratives/*/about/*") return std::string(kSomePerson);
  if (path == "/schema_version") return std::string(world_.canonical.version());
  if (const JsonValue* allowed = shape.get("enum"))
    return std::string(as_text((*allowed)[static_cast<rapidjson::SizeType>(draw_.below(allowed->Size()))]));
  if (const std::string_view format = shape.text("x-format"); !format.empty()) return of_format(format);
  if (const std::string_view pattern = shape.text("pattern"); !pattern.empty())
    return matching(pattern, draw_);
  return text(static_cast<std::size_t>(shape.number("minLength", 1)),
              static_cast<std::size_t>(shape.number("maxLength", 40)));
}

std::int64_t Values::integer(const Shape& shape) {
  return draw_.between(shape.number("minimum", 0), shape.number("maximum", 500));
}

// As some profile's own map would have made it: relation, original and code belong together.
JsonValue Values::from_elsewhere(const std::string& system, Json::AllocatorType& allocator) {
  JsonValue coded(rapidjson::kObjectType);
  std::vector<const ProfileFiles*> having;
  for (const ProfileFiles& one : world_.files)
    if (one.codes.count(system) > 0) having.push_back(&one);
  if (having.empty()) return coded;
  const ProfileFiles& files = *draw_.of(having);
  const Json& map = files.codes.find(system)->second;
  const JsonValue& inbound = map["inbound"];
  const auto entry = inbound.MemberBegin() + static_cast<long>(draw_.below(inbound.MemberCount()));
  const std::string_view relation = text_at(entry->value, "relation");
  if (relation == "equivalent" || relation == "not-mapped") return coded;
  set_text(coded, "code", text_at(entry->value, "code"), allocator);
  set_text(coded, "relation", relation, allocator);
  JsonValue original(rapidjson::kObjectType);
  set_text(original, "system", files.id + ":" + system, allocator);
  set_text(original, "code", as_text(entry->name), allocator);
  if (draw_.in_100(70)) set_text(original, "label", mark(), allocator);
  if (draw_.in_100(70)) set_text(original, "language", draw_.of(world_.languages), allocator);
  set_member(coded, "original", std::move(original), allocator);
  return coded;
}

JsonValue Values::coded(const Shape& shape, Json::AllocatorType& allocator) {
  const std::string system(shape.text("x-codes"));
  const bool open = shape.get("x-closed") == nullptr;
  if (open && draw_.in_100(25))
    if (JsonValue other = from_elsewhere(system, allocator); !other.ObjectEmpty()) return other;
  JsonValue coded(rapidjson::kObjectType);
  if (open && draw_.in_100(4)) {  // of a newer list than ours
    set_text(coded, "code", "of_next_year", allocator);
    return coded;
  }
  if (open && draw_.in_100(4)) {  // said in words that no list has
    set_text(coded, "relation", "not-mapped", allocator);
    JsonValue original(rapidjson::kObjectType);
    set_text(original, "system", "elsewhere:" + system, allocator);
    set_text(original, "code", mark(), allocator);
    set_member(coded, "original", std::move(original), allocator);
    return coded;
  }
  set_text(coded, "code", draw_.of(world_.codes.codes(system)), allocator);
  if (draw_.in_100(15)) set_text(coded, "relation", "equivalent", allocator);
  return coded;
}

void name_persons(JsonValue& value, const Cast& cast, Draw& draw, Json::AllocatorType& allocator) {
  if (value.IsObject()) {
    for (auto& one : value.GetObject()) name_persons(one.value, cast, draw, allocator);
  } else if (value.IsArray()) {
    for (JsonValue& one : value.GetArray()) name_persons(one, cast, draw, allocator);
  } else if (value.IsString() && !cast.persons.empty()) {
    std::string text(as_text(value));
    if (text.find('@') == std::string::npos) return;
    const auto put = [&](std::string_view stand_in, const std::vector<std::string>& ids) {
      for (std::size_t at = text.find(stand_in); at != std::string::npos; at = text.find(stand_in))
        text.replace(at, stand_in.size(), draw.of(ids));
    };
    std::vector<std::string> givers = cast.persons;
    givers.insert(givers.end(), cast.exploiters.begin(), cast.exploiters.end());
    put(kSomePerson, cast.persons);
    put(kSomeGiver, givers);
    value = make_text(text, allocator);
  }
}

}  // namespace hotline::laws
