// A form brings the bytes of a record to the tree that its profile's mapping speaks of.
#include "adapters/form/form.h"

#include <gtest/gtest.h>

#include "tests/unit/adapters/small_profile.h"

namespace hotline {
namespace {

TEST(Form, json_is_the_tree_already) {
  const auto form = make_json_form();
  const auto shaped = form->read(R"({"a": 1})");
  ASSERT_TRUE(shaped);
  EXPECT_EQ(to_text(shaped->tree), R"({"a":1})");
  EXPECT_TRUE(shaped->notes.empty());
  EXPECT_FALSE(*form->take(shaped->tree));
  EXPECT_FALSE(form->give(shaped->tree));
  EXPECT_EQ(form->write(shaped->tree), "{\n  \"a\": 1\n}\n");
}

TEST(Form, a_text_that_is_no_json_is_refused) {
  const auto shaped = make_json_form()->read("{\"a\": ");
  ASSERT_FALSE(shaped);
  EXPECT_EQ(shaped.error().code, ErrorCode::json_syntax);
}

TEST(Form, a_form_that_nobody_knows_is_refused_with_its_file) {
  const auto form = make_form("/data/adapters/xx", "papyrus", Schema());
  ASSERT_FALSE(form);
  EXPECT_EQ(form.error().code, ErrorCode::data_invalid);
  EXPECT_EQ(form.error().pointer, "/form");
  EXPECT_EQ(form.error().expected, "xx/profile.json form_unknown papyrus");
}

}  // namespace
}  // namespace hotline
