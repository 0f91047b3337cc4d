#include "consent/sheet.h"

namespace hotline {
namespace {

constexpr const char* kStyle =
    "body{max-width:40rem;margin:2rem auto;padding:0 1rem;font:1.15rem/1.6 "
    "sans-serif;color:#111;background:#fff}"
    "h1,h2,h3{line-height:1.25}ul{padding-left:1.3rem}"
    ".staff{border:2px solid #555;border-radius:.4rem;padding:0 1rem;margin-bottom:2rem}"
    "article+article{border-top:1px solid #555;margin-top:3rem;padding-top:1rem}"
    "@media print{body{margin:0;font-size:14pt}h1,.staff{display:none}"
    "article+article{border:0;margin:0;break-before:page}h3,li{break-inside:avoid}h3{break-after:avoid}}";

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '&':
        out += "&amp;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string element(const char* name, std::string_view text) {
  return std::string("<") + name + ">" + escaped(text) + "</" + name + ">\n";
}

void add_part(std::string& out, const SheetPart& part, const char* heading) {
  if (!part.heading.empty()) out += element(heading, part.heading);
  for (const SheetBlock& block : part.blocks) {
    if (!block.text.empty()) out += element("p", block.text);
    if (block.items.empty()) continue;
    out += "<ul>\n";
    for (const std::string& item : block.items) out += element("li", item);
    out += "</ul>\n";
  }
}

std::string article(const Sheet& sheet) {
  std::string out = "<article lang=\"" + escaped(sheet.language.get()) + "\">\n<aside class=\"staff\">\n";
  add_part(out, sheet.staff, "h2");
  out += "</aside>\n" + element("h2", sheet.heading);
  for (const SheetPart& part : sheet.parts) add_part(out, part, "h3");
  return out + "</article>\n";
}

}  // namespace

std::string sheets_html(const std::vector<Sheet>& sheets, const Catalog& catalog) {
  const LanguageTag language = sheets.empty() ? LanguageTag("en") : sheets.front().language;
  const std::string title = catalog.text("sheet.title", language);
  std::string out = "<!doctype html>\n<html lang=\"" + escaped(language.get()) +
                    "\">\n<head>\n<meta charset=\"utf-8\">\n"
                    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                    "<meta http-equiv=\"Content-Security-Policy\" "
                    "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n" +
                    element("title", title) + "<style>" + kStyle + "</style>\n</head>\n<body>\n<main>\n" +
                    element("h1", title);
  for (const Sheet& sheet : sheets) out += article(sheet);
  return out + "</main>\n</body>\n</html>\n";
}

}  // namespace hotline
