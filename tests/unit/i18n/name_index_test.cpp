// Names to numbers: what was added is found, and nothing else is, whatever the names have in common.
#include "i18n/base/name_index.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace hotline {
namespace {

// Names of every length up to forty, and such as differ in one byte only, wherever it stands.
std::vector<std::string> similar_names() {
  std::vector<std::string> names = {""};
  for (std::size_t size = 1; size <= 40; ++size) {
    names.emplace_back(size, 'a');
    for (std::size_t at = 0; at < size; ++at) {
      names.emplace_back(size, 'a');
      names.back()[at] = 'b';
    }
  }
  return names;
}

TEST(NameIndex, FindsWhatWasAddedAndNothingElse) {
  const std::vector<std::string> names = similar_names();
  NameIndex index;
  EXPECT_TRUE(index.empty());
  for (std::size_t i = 0; i < names.size(); i += 2)
    EXPECT_TRUE(index.add(names[i], static_cast<std::uint32_t>(i)));
  for (std::size_t i = 0; i < names.size(); ++i)
    EXPECT_EQ(index.find(names[i]), i % 2 == 0 ? i : NameIndex::kNone) << names[i];
  EXPECT_EQ(index.size(), (names.size() + 1) / 2);
}

TEST(NameIndex, KeepsTheFirstOfTwo) {
  NameIndex index;
  EXPECT_TRUE(index.add("need", 1));
  EXPECT_FALSE(index.add("need", 2));
  EXPECT_EQ(index.find("need"), 1U);
}

TEST(NameIndex, FindsNothingWhereNothingWasAdded) {
  const NameIndex none;
  EXPECT_EQ(none.find("need"), NameIndex::kNone);
  EXPECT_EQ(none.find(""), NameIndex::kNone);
}

TEST(NameIndex, ACopyStandsByItself) {
  NameIndex copy;
  {
    NameIndex index;
    index.add("a name that is longer than any that stands in place", 7);
    copy = index;
    index.add("other", 8);
  }
  EXPECT_EQ(copy.find("a name that is longer than any that stands in place"), 7U);
  EXPECT_EQ(copy.find("other"), NameIndex::kNone);
}

}  // namespace
}  // namespace hotline
