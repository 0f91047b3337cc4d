#include "gateway/cli/problem.h"

#include "gateway/http/problem.h"
#include "i18n/base/json.h"
#include "i18n/catalog.h"

namespace hotline::cli {
namespace {

// When not even the catalog can be read, the stable code is all that can be said.
Json bare_problem(const Error& error) {
  Json document(rapidjson::kObjectType);
  set_text(document, "type", problem_type(error.code), document.GetAllocator());
  set_text(document, "title", to_string(error.code), document.GetAllocator());
  set_text(document, "detail", error.expected, document.GetAllocator());
  return document;
}

// The same document as the API's.
Json problem(const Session& session, const Error& error) {
  auto root = find_root(session.root);
  if (!root) root = root_beside_program();  // the words for a root that is none
  if (!root) return bare_problem(error);
  const auto catalog = Catalog::load(*root);
  if (!catalog) return bare_problem(error);
  auto document = parse_json(problem_json(error, *catalog, speaking(session)));
  return document ? std::move(*document) : bare_problem(error);
}

}  // namespace

std::string problem_pretty(const Session& session, const Error& error) {
  return to_pretty(problem(session, error));
}

std::string problem_line(const Session& session, const Error& error, std::size_t line) {
  Json document(rapidjson::kObjectType);
  auto& allocator = document.GetAllocator();
  set_member(document, "line", JsonValue(static_cast<std::uint64_t>(line)), allocator);
  set_member(document, "problem", JsonValue(problem(session, error), allocator), allocator);
  return to_text(document);
}

std::string problem_row(const Session& session, const Error& error, std::size_t row) {
  Json document(rapidjson::kObjectType);
  auto& allocator = document.GetAllocator();
  set_member(document, "row", JsonValue(static_cast<std::uint64_t>(row)), allocator);
  if (error.pointer.size() > 1)
    set_text(document, "column", error.pointer.substr(1, error.pointer.find('/', 1) - 1), allocator);
  set_member(document, "problem", JsonValue(problem(session, error), allocator), allocator);
  return to_text(document);
}

}  // namespace hotline::cli
