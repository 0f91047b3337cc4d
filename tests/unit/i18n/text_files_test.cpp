#include "i18n/base/text_files.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <filesystem>

#include "tests/support/temporary_folder.h"

namespace hotline {
namespace {

class TextFiles : public testing::Test {
 protected:
  const test::TemporaryFolder own_;
  const std::string folder_ = own_.path();
};

TEST_F(TextFiles, AreReadAsTheyWereWritten) {
  const std::string path = folder_ + "/a.txt";
  const std::string bytes("one\0two", 7);
  ASSERT_TRUE(write_file(path, "old").has_value());
  ASSERT_TRUE(write_file(path, bytes, 0640).has_value());
  EXPECT_EQ(*read_file(path), bytes);
  struct stat info {};
  ASSERT_EQ(::stat(path.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0640u);
}

TEST_F(TextFiles, LeaveNothingBesideThem) {
  ASSERT_TRUE(write_file(folder_ + "/a.txt", "x").has_value());
  EXPECT_FALSE(write_file(folder_ + "/absent/a.txt", "x").has_value());
  ASSERT_TRUE(std::filesystem::create_directory(folder_ + "/b"));
  EXPECT_FALSE(write_file(folder_ + "/b", "x").has_value());
  const auto files = std::distance(std::filesystem::directory_iterator(folder_), {});
  EXPECT_EQ(files, 2);
}

TEST_F(TextFiles, FaultsNameTheFileAndNotItsFolder) {
  const auto missing = read_file(folder_ + "/none.json");
  EXPECT_EQ(missing.error().code, ErrorCode::not_found);
  EXPECT_EQ(missing.error().expected, "none.json");
  ASSERT_TRUE(write_file(folder_ + "/big", "12345").has_value());
  EXPECT_EQ(read_file(folder_ + "/big", 4).error().code, ErrorCode::length_out_of_range);
}

TEST_F(TextFiles, WhatIsNoRegularFileIsWrittenThroughAndStays) {
  const std::string pipe = folder_ + "/pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  const int reader = ::open(pipe.c_str(), O_RDONLY | O_NONBLOCK);
  ASSERT_GE(reader, 0);
  EXPECT_TRUE(write_file(pipe, "through").has_value());
  std::array<char, 16> got{};
  EXPECT_EQ(::read(reader, got.data(), got.size()), 7);
  ::close(reader);
  EXPECT_TRUE(std::filesystem::is_fifo(pipe));
}

TEST_F(TextFiles, ALinkStaysALink) {
  ASSERT_TRUE(write_file(folder_ + "/a.txt", "old").has_value());
  std::filesystem::create_symlink("a.txt", folder_ + "/link");
  ASSERT_TRUE(write_file(folder_ + "/link", "new").has_value());
  EXPECT_TRUE(std::filesystem::is_symlink(folder_ + "/link"));
  EXPECT_EQ(*read_file(folder_ + "/a.txt"), "new");
  EXPECT_TRUE(is_same_file(folder_ + "/link", folder_ + "/a.txt"));
}

TEST_F(TextFiles, AFileThatIsNotClosedWasNeverThere) {
  ASSERT_TRUE(write_file(folder_ + "/a.txt", "old").has_value());
  {
    auto file = NewFile::open(folder_ + "/a.txt");
    ASSERT_TRUE(file.has_value());
    EXPECT_TRUE(file->write("half"));
  }
  EXPECT_EQ(*read_file(folder_ + "/a.txt"), "old");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_), {}), 1);
}

}  // namespace
}  // namespace hotline
