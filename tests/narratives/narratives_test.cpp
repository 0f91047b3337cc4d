// The reader and the measure themselves: a note that is read wrongly would make any figure wrong.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/narratives/corpus.h"

namespace hotline::narratives {
namespace {

std::vector<Note> notes_of(const std::string& text) {
  const auto folder = std::filesystem::path(testing::TempDir()) / "narratives" / "en";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "train-01.notes") << text;
  return read_notes(folder.string(), "train");
}

TEST(Notes, are_read_without_their_marks) {
  const auto notes = notes_of(
      "id: en-train-001\nabout: a nickname\nknown: 1 name Guadalupe Aguilar\n\n"
      "Call [[name=1|Lupita]] on [[phone|555-0100]].\n{{health|She sees [[name|Dr. Bell]].}}\n");
  ASSERT_EQ(notes.size(), 1u);
  const Note& note = notes[0];
  EXPECT_EQ(note.text, "Call Lupita on 555-0100.\nShe sees Dr. Bell.");
  ASSERT_EQ(note.labels.size(), 3u);
  EXPECT_EQ(note.text.substr(note.labels[0].begin, note.labels[0].end - note.labels[0].begin), "Lupita");
  EXPECT_TRUE(note.labels[0].known);
  EXPECT_FALSE(note.labels[2].known);
  ASSERT_EQ(note.topics.size(), 1u);
  EXPECT_EQ(note.topics[0].category, "health");
  EXPECT_EQ(note.known.at(0).text, "Guadalupe Aguilar");
}

TEST(Notes, that_are_wrong_are_told_with_their_line) {
  for (const char* wrong :
       {"id: a\n\n[[nobody|X]]", "id: a\n\n[[name|X", "about: no id\n\ntext", "id: a\nknown: x\n"})
    EXPECT_THROW(notes_of(wrong), std::runtime_error) << wrong;
}

TEST(Measure, counts_a_label_as_found_only_when_nothing_of_it_is_left) {
  Note note{"a", "", "en", {}, "Ana Bell called", {{0, 8, "name", false}}, {}};
  Measured part, whole;
  measure(note, {{{0, 3, SpanType::name, SpanReason::model, 1}}, false}, part);
  measure(note, {{{0, 8, SpanType::name, SpanReason::model, 1}}, false}, whole);
  EXPECT_EQ(part.by_type.at("name").found, 0u);
  EXPECT_EQ(part.leaked, 1u);
  EXPECT_EQ(whole.by_type.at("name").found, 1u);
  EXPECT_EQ(whole.leaked, 0u);
  EXPECT_EQ(part.by_type.at("name").precision(), 1);
}

TEST(Measure, of_a_note_that_is_held_is_no_leak) {
  Note note{"a", "", "en", {}, "Ana", {{0, 3, "name", false}}, {}};
  Measured measured;
  measure(note, {{}, true}, measured);
  EXPECT_EQ(measured.leaked, 0u);
  EXPECT_EQ(measured.held, 1u);
}

}  // namespace
}  // namespace hotline::narratives
