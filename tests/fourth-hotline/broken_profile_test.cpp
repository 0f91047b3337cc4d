// Somebody makes the folder of a fourth hotline and makes a mistake in it: the lint says in which file and
// line, and what to do, in the language of whoever reads it.
#include <algorithm>

#include "tests/fourth-hotline/data_root.h"

namespace hotline::test {
namespace {

struct Mistake {
  const char* name;
  std::string file, from, to;
  std::string
      there;  // what stands on the line that is named, after the change; "" when the line does not matter
  std::string names;  // what the message speaks of
};

std::size_t line_of(const std::string& text, const std::string& what) {
  return 1 + static_cast<std::size_t>(
                 std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(text.find(what)), '\n'));
}

// The lines of the lint that speak of a file, without the file's name: "12: /pointer: what to do".
std::vector<std::string> messages(const Outcome& check, const std::string& file) {
  std::vector<std::string> found;
  for (std::size_t at = 0; at < check.out.size();) {
    const std::size_t end = std::min(check.out.find('\n', at), check.out.size());
    const std::string line = check.out.substr(at, end - at);
    if (line.starts_with(file + ":")) found.push_back(line.substr(file.size() + 1));
    at = end + 1;
  }
  return found;
}

// What to do, without where.
std::string sentence(const std::string& message) {
  return message.substr(message.rfind(": ") == message.npos ? 0 : message.rfind(": ") + 2);
}

class BrokenProfile : public testing::TestWithParam<Mistake> {};

TEST_P(BrokenProfile, IsToldWhereAndWhatToDoInEveryLanguage) {
  const Mistake& mistake = GetParam();
  const DataRoot data;
  data.change(mistake.file, mistake.from, mistake.to);
  std::map<std::string, std::string> said;
  for (const char* language : {"en", "es", "fr"}) {
    SCOPED_TRACE(language);
    const Outcome check = data.run({"check"}, language);
    EXPECT_EQ(check.status, 3) << check.err;
    const auto found = messages(check, mistake.file);
    ASSERT_FALSE(found.empty()) << check.out;
    const auto best = std::find_if(found.begin(), found.end(), [&](const std::string& each) {
      return each.find(mistake.names) != each.npos;
    });
    ASSERT_NE(best, found.end()) << mistake.names << " in\n" << check.out;
    if (!mistake.there.empty()) {
      const std::size_t line = line_of(read_whole(data.file(mistake.file)), mistake.there);
      EXPECT_TRUE(best->starts_with(std::to_string(line) + ":")) << line << " expected: " << *best;
    }
    said[language] = sentence(*best);
    EXPECT_NE(said[language].find('.'), std::string::npos) << "no sentence: " << *best;
    EXPECT_GE(std::count(said[language].begin(), said[language].end(), ' '), 4) << "no sentence: " << *best;
    for (const char* code : {"data_invalid", "mapping_incomplete", "value_not_allowed", "json_invalid"})
      EXPECT_EQ(best->find(code), std::string::npos) << "a code is no help: " << *best;
  }
  EXPECT_NE(said["en"], said["es"]);
  EXPECT_NE(said["en"], said["fr"]);
}

const std::string kMapping = "adapters/gt/mapping.json";
const std::string kNeeds = "adapters/gt/codes/need_service.json";

const Mistake kMistakes[] = {
    {"a_code_is_missing", kNeeds,
     R"("food": {"code": "alimentacion", "relation": "equivalent", "ev": "general"},)", "", "\"outbound\"",
     "food"},
    {"a_code_with_a_typo", kNeeds, R"(    "food": {)", R"(    "fooood": {)", "fooood", "fooood"},
    {"a_path_is_wrong", kMapping, R"("canonical": "/called_name")", R"("canonical": "/called_nam")",
     "/called_nam\"", "called_nam"},
    {"a_field_that_the_record_does_not_have", kMapping, R"({"national": "/nombres",)",
     R"({"national": "/nombrez",)", "/nombrez", "nombrez"},
    {"a_relation_with_a_typo", kNeeds, R"("food": {"code": "alimentacion", "relation": "equivalent")",
     R"("food": {"code": "alimentacion", "relation": "equivalnt")", "equivalnt", "food"},
    {"a_field_twice", kMapping, R"({"national": "/nombres",)",
     R"({"national": "/nombres", "canonical": "/given_names"}, {"national": "/nombres",)", "", "/fields"},
    {"a_code_without_a_label", "adapters/gt/codes/gender.json", R"("labels": {"es": "Mujer"})",
     R"("labels": {})", "\"mujer\"", "mujer"},
    {"a_table_with_an_unknown_country", "adapters/gt/tables/paises.json", R"({"canonical": "GT",)",
     R"({"canonical": "Guatemala",)", "\"Guatemala\", \"national\"", "canonical"},
    {"a_table_that_is_not_there", kMapping, R"("table": "campos")", R"("table": "campo")",
     "\"table\": \"campo\"", "campo"},
    {"data_kept_longer_than_all_agreed", "config/policy/gt.json", R"("outbound_seconds": 432000)",
     R"("outbound_seconds": 4320000)", "4320000", "outbound_seconds"},
    {"nobody_says_how_long_data_are_kept", "config/policy/base.json",
     R"("payload": {"outbound_seconds": 604800, "inbound_seconds": 259200},)", "", "", "payload"},
    {"a_field_of_the_form_that_nobody_mentioned", "adapters/gt/schema.json", R"("nombres": {)",
     R"("religion": {"type": "string", "maxLength": 80}, "nombres": {)", "", "religion"},
    {"an_identity_of_another_folder", "adapters/gt/profile.json", R"("id": "gt")", R"("id": "guatemala")",
     "\"guatemala\"", "gt"},
    {"a_language_that_is_none", "adapters/gt/profile.json", R"("languages": [)",
     R"("languages": ["castellano de aquí", )", "", "/languages/0"},
    {"a_curly_quotation_mark", kMapping, R"("profile": "gt")", R"("profile": “gt”)", "“gt”", ""},
    {"a_schema_word_of_another_dialect", "adapters/gt/schema.json", R"("nombres": {)",
     R"("nombres": {"format": "email", )", "\"format\": \"email\"", "format"},
    {"a_code_of_the_shared_list_twice", "i18n/codes/gender.json", R"("codes": [)",
     R"("codes": [{"code": "woman", "labels": {"en": "x", "fr": "x", "es": "x"}, "source": "x", "ev": "general", "status": "draft"}, )",
     "", "woman"},
    {"a_name_in_braces_with_a_typo", "i18n/catalogs/fr.sheet.json", "{name}", "{nom}", "{nom}", "sheet."},
    {"a_comma_too_few", "adapters/gt/profile.json", R"("version": "1.0.0",)", R"("version": "1.0.0")", "",
     ""},
};

INSTANTIATE_TEST_SUITE_P(FourthHotline, BrokenProfile, testing::ValuesIn(kMistakes),
                         [](const testing::TestParamInfo<Mistake>& info) {
                           return std::string(info.param.name);
                         });

}  // namespace
}  // namespace hotline::test
