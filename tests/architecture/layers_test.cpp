// The order of the folders holds: nothing includes what stands above it, and each library stays where it
// belongs.
#include "tests/architecture/layers.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace hotline::architecture {
namespace {

std::string read(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

const std::filesystem::path kRoot = HOTLINE_ROOT;

const Rules& rules() {
  static const Rules instance = parse_rules(read(kRoot / "tests/architecture/layers.txt"));
  return instance;
}

TEST(Layers, TheSourceTreeKeepsToThem) {
  const auto files = code_files(kRoot, rules());
  ASSERT_GT(files.size(), 20u) << "the tree was not found";
  for (const auto& file : files) {
    for (const auto& breach : breaches(rules(), file, read(kRoot / file))) ADD_FAILURE() << breach;
  }
}

TEST(Layers, EveryTopFolderIsListed) {
  for (const auto& entry : std::filesystem::directory_iterator(kRoot)) {
    const std::string name = entry.path().filename().string();
    if (!entry.is_directory() || name == ".git" || rules().other_folders.count(name) != 0) continue;
    const bool known = std::any_of(rules().rank.begin(), rules().rank.end(), [&](const auto& line) {
      return line.first == name || line.first.rfind(name + "/", 0) == 0;
    });
    EXPECT_TRUE(known) << name << "/ is in no line of layers.txt";
  }
}

// The check itself: each kind of breach is found, each permitted line is not.
struct Sample {
  const char* what;
  const char* path;
  const char* content;
  const char* breach;  // a part of the sentence; "" when all is well
};

class CheckTest : public testing::TestWithParam<Sample> {};

TEST_P(CheckTest, FindsWhatItShould) {
  const Sample& sample = GetParam();
  const auto found = breaches(rules(), sample.path, sample.content);
  if (std::string(sample.breach).empty()) {
    EXPECT_TRUE(found.empty()) << sample.what << ": " << found.front();
  } else {
    ASSERT_EQ(found.size(), 1u) << sample.what;
    EXPECT_NE(found.front().find(sample.breach), std::string::npos) << found.front();
  }
}

INSTANTIATE_TEST_SUITE_P(
    Samples, CheckTest,
    testing::Values(
        Sample{"downwards", "consent/a.cpp", "#include \"i18n/base/json.h\"\n", ""},
        Sample{"itself", "consent/a.cpp", "#include \"consent/b.h\"\n", ""},
        Sample{"climbing", "config/a.cpp", "#include \"consent/b.h\"\n", "config may not know consent"},
        Sample{"climbing with spaces", "i18n/a.h", "  #  include \"config/b.h\"\n",
               "i18n may not know config"},
        Sample{"out of its own base", "i18n/base/a.h", "#include \"i18n/codes.h\"\n", "may not know i18n"},
        Sample{"not from the root", "consent/a.cpp", "#include \"b.h\"\n", "not a path from the root"},
        Sample{"a folder upwards", "consent/a.cpp", "#include \"../gateway/api/b.h\"\n",
               "not a path from the root"},
        Sample{"POCO below gateway", "consent/a.cpp", "#include <Poco/Net/Net.h>\n",
               "POCO has no place here"},
        Sample{"OpenSSL below gateway", "config/a.cpp", "#include <openssl/evp.h>\n", "OpenSSL has no place"},
        Sample{"ICU in a header", "i18n/a.h", "#include <unicode/unistr.h>\n", "must not show in a header"},
        Sample{"ICU in a source", "i18n/a.cpp", "#include <unicode/unistr.h>\n", ""},
        Sample{"ICU in an inner header", "i18n/unicode.h", "#include <unicode/unistr.h>\n", ""},
        Sample{"an inner header in a header", "i18n/a.h", "#include \"i18n/unicode.h\"\n",
               "for sources only"},
        Sample{"tests of a library", "tests/unit/i18n/a_test.cpp", "#include <unicode/unistr.h>\n", ""},
        Sample{"gtest in the program", "consent/a.cpp", "#include <gtest/gtest.h>\n", "gtest has no place"},
        Sample{"an unlisted folder", "tools/a.cpp", "", "does not list"},
        Sample{"an unlisted subfolder", "consent/deep/a.cpp", "", "does not list"},
        Sample{"a nested folder of tests", "tests/unit/config/a_test.cpp", "", ""}),
    [](const auto& info) {
      std::string name = info.param.what;
      std::replace(name.begin(), name.end(), ' ', '_');
      return name;
    });

TEST(Layers, AFileThatIsTooLongIsFound) {
  std::string content;
  for (int i = 0; i <= rules().max_lines; ++i) content += "\n";
  EXPECT_EQ(breaches(rules(), "consent/a.cpp", content).size(), 1u);
}

TEST(Layers, ARuleThatIsNotUnderstoodIsRefused) {
  EXPECT_THROW(parse_rules("lawyer i18n\n"), std::runtime_error);
  EXPECT_THROW(parse_rules("library X includes only y z\n"), std::runtime_error);
}

}  // namespace
}  // namespace hotline::architecture
