// What arrives damaged or odd in a table: each folder of bad-tables/ is a file of the profile `htcds`
// (table.csv, bytes as they came) and what becomes of each of its rows (expect.json): refused with a code, a
// column and what would be right, or accepted, with the values that come out and a note for everything that
// was put right. HOTLINE_UPDATE_GOLDEN=1 writes what comes out; read it before you keep it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include "i18n/base/text_files.h"
#include "tests/support/shipped_data.h"

namespace hotline {
namespace {

namespace fs = std::filesystem;

const fs::path kCases = fs::path(HOTLINE_ROOT) / "tests/cases/bad-tables";

using test::must;

const Profile& htcds() {
  return test::shipped_profile("htcds");
}

// {"refused": code, "at": pointer, "expected": token}, or {"persons": …, "notes": ["pointer reason", …]}.
JsonValue row_of(const Result<ToCanonical>& made, const Result<Shaped>& shaped,
                 Json::AllocatorType& allocator) {
  JsonValue row(rapidjson::kObjectType);
  if (!made) {
    set_text(row, "refused", to_string(made.error().code), allocator);
    set_text(row, "at", made.error().pointer, allocator);
    set_text(row, "expected", made.error().expected, allocator);
    return row;
  }
  const JsonValue* persons = member(made->referral.json(), "persons");
  set_member(row, "persons", JsonValue(*persons, allocator), allocator);
  if (const JsonValue* said = member(made->referral.json(), "narratives"))
    set_member(row, "narratives", JsonValue(*said, allocator), allocator);
  JsonValue notes(rapidjson::kArrayType);
  for (const FormNote& note : shaped->notes)
    notes.PushBack(make_text((note.place.empty() ? "table" : note.place) + " " + note.reason, allocator),
                   allocator);
  set_member(row, "notes", std::move(notes), allocator);
  return row;
}

Json rows_of(const fs::path& table) {
  std::ifstream in(table, std::ios::binary);
  const auto reader = htcds().form().reader(in);
  Json rows(rapidjson::kObjectType);
  auto& allocator = rows.GetAllocator();
  while (auto arrived = reader->next()) {
    const auto made = arrived->record ? htcds().to_canonical(*arrived->record)
                                      : Result<ToCanonical>(fail(arrived->record.error()));
    set_member(rows, "row " + std::to_string(arrived->line), row_of(made, arrived->record, allocator),
               allocator);
  }
  return rows;
}

std::vector<std::string> names() {
  std::set<std::string> sorted;
  for (const auto& entry : fs::directory_iterator(kCases)) sorted.insert(entry.path().filename().string());
  return {sorted.begin(), sorted.end()};
}

class BadTable : public testing::TestWithParam<std::string> {};

TEST_P(BadTable, EachRowIsRefusedWithAPlaceOrTakenWithANote) {
  const fs::path folder = kCases / GetParam();
  const std::string made = to_pretty(rows_of(folder / "table.csv")) + "\n";
  if (std::getenv("HOTLINE_UPDATE_GOLDEN") != nullptr) std::ofstream(folder / "expect.json") << made;
  EXPECT_EQ(must(read_file((folder / "expect.json").string())), made);
}

INSTANTIATE_TEST_SUITE_P(Files, BadTable, testing::ValuesIn(names()), [](const auto& each) {
  std::string name = each.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

}  // namespace
}  // namespace hotline
