// Rows of the profile `htcds` as records, and records as rows.
#include "adapters/form/csv_form.h"

#include <gtest/gtest.h>

#include <sstream>

#include "adapters/form/cell.h"
#include "adapters/form/json_lines.h"
#include "tests/unit/adapters/small_profile.h"

namespace hotline {
namespace {

const Form& form() {
  static const auto one = CsvForm::make(kDataRoot + "/adapters/htcds").value();
  return *one;
}

Json json(const std::string& text) {
  return parse_json(text).value();
}

std::string tree_of(const std::string& given) {
  return to_text(form().take(json(given)).value()->tree);
}

std::string rows_of(const std::string& tree) {
  return to_text(form().give(json(tree))->tree);
}

TEST(CsvForm, fields_of_the_case_and_of_the_person_part) {
  EXPECT_EQ(tree_of(R"({"cas_Status": "Active", "prs_FirstName": "Ana"})"),
            R"({"case":{"cas_Status":"Active"},"persons":[{"row":"1","prs_FirstName":"Ana"}]})");
}

TEST(CsvForm, the_rows_of_one_case_must_agree_on_it) {
  const auto same = form().take(json(R"([{"cas_Status": "Active"}, {"cas_Status": "Active"}])"));
  ASSERT_TRUE(same);
  EXPECT_EQ((*same)->notes.back().place, "/1/cas_Status");
  EXPECT_EQ((*same)->notes.back().reason, "repeated");
  const auto other = form().take(json(R"([{"cas_Status": "Active"}, {"cas_Status": "Closed"}])"));
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().pointer, "/1/cas_Status");
}

TEST(CsvForm, several_persons_of_a_case_are_rows_that_repeat_it) {
  EXPECT_EQ(rows_of(R"({"case": {"cas_Status": "Active"}, "persons": [{"prs_FirstName": "Ana"}, {}]})"),
            R"([{"prs_FirstName":"Ana","cas_Status":"Active"},{"cas_Status":"Active"}])");
}

TEST(CsvForm, a_middle_name_stands_behind_the_first_whatever_comes_first) {
  EXPECT_EQ(tree_of(R"({"prs_MiddleName": "Luz", "prs_FirstName": "Ana"})"),
            R"({"case":{},"persons":[{"row":"1","prs_FirstName":"Ana Luz"}]})");
}

TEST(CsvForm, both_lists_of_exploitation_are_one_and_part_again) {
  const auto shaped = form().take(
      json(R"({"vic_TypeOfSexExploitation": ["Prostitution"], "vic_TypeOfExploitation": ["Other"]})"));
  const JsonValue& tree = (*shaped)->tree;
  EXPECT_EQ(to_text(*resolve_pointer(tree, "/persons/0/vic_TypeOfExploitation")),
            R"(["Other","Prostitution"])");
  EXPECT_EQ((*shaped)->place("/persons/0/vic_TypeOfExploitation/1"), "/vic_TypeOfSexExploitation/0");
  const auto back = form().give(tree);
  EXPECT_EQ(to_text(back->tree),
            R"({"vic_TypeOfExploitation":["Other"],"vic_TypeOfSexExploitation":["Prostitution"]})");
  EXPECT_EQ(back->place("/persons/0/vic_TypeOfExploitation/1"), "/vic_TypeOfSexExploitation/0");
}

TEST(CsvForm, a_value_that_came_twice_is_written_once) {
  const auto rows =
      form().give(json(R"({"case": {}, "persons": [{"spl_Type": ["Legal", "Health", "Legal"]}]})"));
  EXPECT_EQ(to_text(rows->tree), R"({"spl_Type":["Legal","Health"]})");
  EXPECT_EQ(rows->place("/persons/0/spl_Type/2"), "/spl_Type/0");
}

TEST(CsvForm, a_word_that_no_list_knows_is_kept_beside_and_comes_home) {
  const auto shaped = form().take(json(R"({"prs_MailingState": "Petén", "prs_Citizenship": "GT;Atlantis"})"));
  const std::string tree = to_text((*shaped)->tree);
  EXPECT_EQ(tree,
            R"({"case":{},"persons":[{"row":"1","prs_CitizenshipText":"Atlantis","prs_Citizenship":["GT"],)"
            R"("prs_MailingStateText":"Petén"}]})");
  EXPECT_NE(rows_of(tree).find(R"("prs_MailingState":"Petén")"), std::string::npos);
}

TEST(CsvForm, the_language_of_a_text_stands_in_front_of_it) {
  const std::string tree = tree_of(R"({"cas_IncomingReferralDetails": "[es-mx] Pide ayuda."})");
  EXPECT_NE(
      tree.find(
          R"("cas_IncomingReferralDetailsLanguage":"es-MX","cas_IncomingReferralDetails":"Pide ayuda.")"),
      std::string::npos)
      << tree;
  EXPECT_NE(rows_of(tree).find("[es-MX] Pide ayuda."), std::string::npos);
  const std::string unsaid = tree_of(R"({"cas_IncomingReferralDetails": "[masked] called."})");
  EXPECT_NE(unsaid.find("[masked] called."), std::string::npos);
}

TEST(CsvForm, whatever_stands_where_a_place_should_is_no_place) {
  const auto rows =
      form().give(json(R"({"case": {}, "persons": [{}], "review": [{"field": "no pointer"}]})"));
  EXPECT_EQ(to_text(rows->tree), R"({"gateway_Review":[{"field":""}]})");
}

struct Nobody {
  const char* text;
  ErrorCode code;
  const char* pointer;
};

TEST(CsvForm, json_that_is_about_nobody_is_refused_where_it_says_so) {
  for (const Nobody& one :
       {Nobody{"[]", ErrorCode::length_out_of_range, ""}, Nobody{"{}", ErrorCode::field_missing, ""},
        Nobody{R"({"persons": []})", ErrorCode::length_out_of_range, "/persons"},
        Nobody{R"({"persons": {}})", ErrorCode::type_mismatch, "/persons"}}) {
    const auto read = form().read(one.text);
    ASSERT_FALSE(read) << one.text;
    EXPECT_EQ(read.error().code, one.code) << one.text;
    EXPECT_EQ(read.error().pointer, one.pointer) << one.text;
  }
}

TEST(CsvForm, somebody_of_whom_nothing_is_said_is_still_somebody) {
  EXPECT_EQ(rows_of(R"({"persons": [{"row": "1"}]})"), "[{}]");
  EXPECT_EQ(tree_of("[{}]"), R"({"case":{},"persons":[{"row":"1"}]})");
}

TEST(CsvForm, text_that_holds_one_row_is_one_record_and_more_is_refused) {
  EXPECT_TRUE(form().read("prs_FirstName\nAna\n"));
  EXPECT_TRUE(form().read(R"({"prs_FirstName": "Ana"})"));
  EXPECT_FALSE(form().read("prs_FirstName\nAna\nEva\n"));
  EXPECT_FALSE(form().read(""));
}

std::string written(const std::string& record) {
  std::ostringstream out;
  EXPECT_TRUE(form().writer(out)->write(json(record)));
  return out.str();
}

TEST(CsvWriter, has_all_published_columns_and_one_row_for_each_person) {
  const std::string table = written(R"([{"prs_FirstName": "Ana"}, {"prs_FirstName": "Eva"}])");
  EXPECT_EQ(table.rfind("prs_Salutation,prs_FirstName,prs_MiddleName,prs_SecondName,", 0), 0u);
  EXPECT_EQ(table.find("vic_TraffickinStatus"), std::string::npos);
  EXPECT_EQ(std::count(table.begin(), table.end(), '\n'), 3);
}

// A spreadsheet runs what begins with one of these; a telephone number is none of them.
TEST(CsvWriter, no_cell_is_a_formula_and_what_is_written_is_read_again) {
  for (const std::string& text : {std::string("=HYPERLINK(1)"), std::string("+1+cmd|x"), std::string("-2+3"),
                                  std::string("@SUM(1)"), std::string("'=already")}) {
    const std::string cell = safe_cell(text);
    EXPECT_EQ(cell, "'" + text);
    const std::string table = written(R"({"prs_SecondName": ")" + text + R"("})");
    const auto back = form().read(table);
    ASSERT_TRUE(back) << text;
    EXPECT_EQ(text_at(*resolve_pointer(back->tree, "/persons/0"), "prs_SecondName"), text);
  }
  EXPECT_EQ(safe_cell("+525500001234"), "+525500001234");
  EXPECT_EQ(safe_cell("plain = text"), "plain = text");
}

TEST(JsonLines, a_line_that_is_too_long_is_refused_and_the_next_is_read) {
  std::istringstream in("{}\r\n\n\"" + std::string(kLongestLine, 'x') + "\"\n{}");
  const auto form = make_json_form();
  const auto lines = json_lines_reader(*form, in);
  EXPECT_TRUE(lines->next()->record);
  const auto bad = lines->next();
  EXPECT_EQ(bad->line, 3u);
  EXPECT_EQ(bad->record.error().code, ErrorCode::json_too_large);
  EXPECT_TRUE(lines->next()->record);
  EXPECT_FALSE(lines->next());
}

}  // namespace
}  // namespace hotline
