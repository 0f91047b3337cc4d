// Rows of a table, whatever is in it, in bounded memory.
#include "adapters/form/csv_rows.h"

#include <gtest/gtest.h>

#include <sstream>

namespace hotline {
namespace {

using Cells = std::vector<std::string>;

std::vector<CsvRow> rows_of(const std::string& text, CsvLimits limits = {}) {
  std::istringstream in(text);
  CsvRows rows(in, limits);
  std::vector<CsvRow> all;
  while (auto row = rows.next()) all.push_back(std::move(*row));
  return all;
}

// `before`, then `size` times x, then `after`, made as it is read: nobody holds it.
class LongText : public std::streambuf {
 public:
  LongText(std::string before, std::size_t size, std::string after)
      : before_(std::move(before)), after_(std::move(after)), left_(size), piece_(1 << 16, 'x') {}

 protected:
  int_type underflow() override {
    std::string* next = nullptr;
    if (step_ == 0) {
      next = &before_;
      step_ = 1;
    } else if (left_ > 0) {
      piece_.resize(std::min(left_, piece_.size()));
      left_ -= piece_.size();
      next = &piece_;
    } else if (step_ == 1) {
      next = &after_;
      step_ = 2;
    }
    if (next == nullptr || next->empty()) return traits_type::eof();
    setg(next->data(), next->data(), next->data() + next->size());
    return traits_type::to_int_type(*gptr());
  }

 private:
  std::string before_, after_;
  std::size_t left_;
  std::string piece_;
  int step_ = 0;
};

TEST(CsvRows, quotes_hold_separators_quotes_and_line_breaks) {
  const auto rows = rows_of("a,b\n\"x,\"\"y\"\"\r\nz\",2\n");
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[1].cells, (Cells{"x,\"y\"\nz", "2"}));
}

TEST(CsvRows, rows_are_counted_as_a_spreadsheet_counts_them) {
  const auto rows = rows_of("a\n\n\n\"1\n2\"\n3\n");
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[1].number, 4u);
  EXPECT_EQ(rows[2].number, 5u);
}

TEST(CsvRows, a_last_row_needs_no_line_end) {
  EXPECT_EQ(rows_of("a,b\n1,2").back().cells, (Cells{"1", "2"}));
}

TEST(CsvRows, a_cell_that_is_too_long_spoils_its_own_row_only) {
  for (const char* quote : {"", "\""}) {
    const auto rows =
        rows_of("a,b,c\n1," + (quote + std::string(5000, 'y')) + quote + ",3\n4,5,6\n", {1000, 9000, 9});
    ASSERT_EQ(rows.size(), 3u);
    EXPECT_EQ(rows[1].fault, CsvRow::Fault::cell_too_long);
    EXPECT_EQ(rows[1].fault_cell, 1u);
    EXPECT_EQ(rows[2].cells, (Cells{"4", "5", "6"}));
  }
}

// The end of a long cell may fall on any byte of the room that it is given.
TEST(CsvRows, wherever_the_room_ends_the_next_row_is_whole) {
  for (std::size_t size = 900; size < 3200; ++size)
    for (const std::string& tail :
         {std::string("\"  ,2\n"), std::string("\"\"\",2\n"), std::string("   \",2\n")}) {
      const auto rows = rows_of("a,b\n\"" + std::string(size, 'y') + tail + "3,4\n", {1000, 9000, 9});
      ASSERT_EQ(rows.size(), 3u) << size << tail;
      ASSERT_EQ(rows[2].cells, (Cells{"3", "4"})) << size << tail;
    }
}

TEST(CsvRows, a_row_that_is_too_long_or_too_wide_spoils_itself_only) {
  const auto rows = rows_of("a\n" + std::string(50, ',') + "x\n" + "123,456,789,012\n1\n", {100, 10, 20});
  ASSERT_EQ(rows.size(), 4u);
  EXPECT_EQ(rows[1].fault, CsvRow::Fault::too_many_cells);
  EXPECT_EQ(rows[2].fault, CsvRow::Fault::row_too_long);
  EXPECT_EQ(rows[3].cells, (Cells{"1"}));
}

TEST(CsvRows, a_cell_of_a_hundred_megabytes_costs_no_more_than_one_that_is_just_too_long) {
  for (const char* quote : {"", "\""}) {
    LongText text("a,b\n1," + std::string(quote), 100u << 20, quote + std::string("\n2,3\n"));
    std::istream in(&text);
    CsvRows rows(in);
    EXPECT_EQ(rows.next()->cells, (Cells{"a", "b"}));
    EXPECT_EQ(rows.next()->fault, CsvRow::Fault::cell_too_long);
    EXPECT_EQ(rows.next()->cells, (Cells{"2", "3"}));
    EXPECT_FALSE(rows.next());
  }
}

TEST(CsvRows, a_quote_that_never_ends_is_said_of_the_row_that_it_begins_in) {
  const auto rows = rows_of("a,b\n1,2\n3,\"4\n5,6\n");
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[2].number, 3u);
  EXPECT_EQ(rows[2].fault, CsvRow::Fault::quote_not_closed);
}

TEST(CsvRows, a_cell_written_is_the_cell_read) {
  for (const std::string& text :
       {std::string("plain"), std::string("a,b"), std::string("\"q\""), std::string("l\nm"),
        std::string(" edge "), std::string("a;b"), std::string("tab\there")})
    EXPECT_EQ(rows_of("h\n" + csv_cell(text) + "\n").back().cells, (Cells{text}));
}

}  // namespace
}  // namespace hotline
