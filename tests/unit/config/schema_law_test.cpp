// Laws of validation, over records generated from the schema itself and then damaged.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <random>

#include "config/schema_node.h"
#include "config/structure.h"
#include "i18n/codes.h"

namespace hotline {
namespace {

using Random = std::mt19937;

std::size_t pick(Random& random, std::size_t n) {
  return random() % n;
}

// A document that is right in structure; what patterns, formats and codes want is another matter.
class Maker {
 public:
  Maker(Random& random, Json::AllocatorType& to) : random_(random), to_(to) {}

  JsonValue make(const CompiledNode& node) {
    switch (node.type_) {
      case NodeType::object:
        return object(node);
      case NodeType::array:
        return array(node);
      case NodeType::string:
        return text(node);
      case NodeType::integer:
        return JsonValue(std::max<std::int64_t>(node.range_.min, 0));
      case NodeType::boolean:
        return JsonValue(pick(random_, 2) == 0);
      case NodeType::any:
        return JsonValue();
    }
    return JsonValue();
  }

 private:
  JsonValue object(const CompiledNode& node) {
    JsonValue made(rapidjson::kObjectType);
    for (const CompiledNode::Property& property : node.properties_) {
      if (property.required || pick(random_, 3) == 0)
        set_member(made, property.name, make(*property.node), to_);
    }
    return made;
  }
  JsonValue array(const CompiledNode& node) {
    JsonValue made(rapidjson::kArrayType);
    const auto least = static_cast<std::size_t>(std::max<std::int64_t>(node.size_.min, 0));
    for (std::size_t i = 0; i < least + pick(random_, 2); ++i) made.PushBack(make(*node.items_), to_);
    return made;
  }
  JsonValue text(const CompiledNode& node) {
    if (!node.allowed_.empty()) return make_text(node.allowed_[pick(random_, node.allowed_.size())], to_);
    const auto least = static_cast<std::size_t>(std::max<std::int64_t>(node.size_.min, 0));
    std::string made;
    for (std::size_t i = 0; i < least; ++i) made += "é";
    return make_text(made, to_);
  }

  Random& random_;
  Json::AllocatorType& to_;
};

void collect(JsonValue& value, std::vector<JsonValue*>& all) {
  all.push_back(&value);
  if (value.IsObject()) {
    for (auto& each : value.GetObject()) collect(each.value, all);
  } else if (value.IsArray()) {
    for (auto& each : value.GetArray()) collect(each, all);
  }
}

// Around the bounds that the schema sets.
constexpr std::initializer_list<int> kLengths = {0,  1,   2,   3,   16,  17,  60, 64,
                                                 65, 120, 121, 200, 201, 300, 301};
int one_of(Random& random, std::initializer_list<int> values) {
  return *(values.begin() + pick(random, values.size()));
}

JsonValue stranger(Random& random, Json::AllocatorType& to) {
  switch (pick(random, 8)) {
    case 0:
      return JsonValue();
    case 1:
      return JsonValue(rapidjson::kObjectType);
    case 2:
      return JsonValue(rapidjson::kArrayType);
    case 3:
      return JsonValue(one_of(random, {-1, 0, 1, 30, 31, 168, 169, 365, 366}));
    case 4:
      return JsonValue(true);
    case 5:
      return make_text(std::string(static_cast<std::size_t>(one_of(random, kLengths)), 'x'), to);
    case 6:
      return JsonValue(std::int64_t{1} << 52);
    default:
      return make_text("", to);
  }
}

void damage(Json& document, Random& random) {
  std::vector<JsonValue*> all;
  collect(document, all);
  JsonValue& victim = *all[pick(random, all.size())];
  auto& to = document.GetAllocator();
  const std::size_t how = pick(random, 4);
  if (how == 0 && victim.IsObject() && victim.MemberCount() > 0) {
    victim.EraseMember(victim.MemberBegin() +
                       static_cast<std::ptrdiff_t>(pick(random, victim.MemberCount())));
  } else if (how == 1 && victim.IsObject()) {
    set_member(victim, "un/kn~own", stranger(random, to), to);
  } else if (how == 2 && victim.IsArray()) {
    for (std::size_t i = pick(random, 120); i > 0; --i) victim.PushBack(stranger(random, to), to);
  } else {
    victim = stranger(random, to);
  }
}

bool is_structural(ErrorCode code) {
  return code == ErrorCode::type_mismatch || code == ErrorCode::field_missing ||
         code == ErrorCode::field_unknown || code == ErrorCode::length_out_of_range ||
         code == ErrorCode::number_out_of_range || code == ErrorCode::value_not_allowed;
}

class SchemaLawTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    codes_ = new CodeSystems(CodeSystems::load(HOTLINE_ROOT).value());
    const Json schema = read_json_file(HOTLINE_ROOT "/config/schema/referral.schema.json").value();
    root_ = compile_schema(schema, codes_).value().release();
    structure_ = new Structure(Structure::build(schema).value());
  }
  static void TearDownTestSuite() {
    delete structure_;
    delete root_;
    delete codes_;
  }
  static Json document(Random& random) {
    Json made;
    static_cast<JsonValue&>(made) = Maker(random, made.GetAllocator()).make(*root_);
    return made;
  }
  static std::vector<Fault> faults(const JsonValue& document) {
    return find_faults(*root_, document, codes_, 100'000);
  }
  static bool walk_accepts_structure(const JsonValue& document) {
    const auto found = faults(document);
    return std::none_of(found.begin(), found.end(),
                        [](const Fault& fault) { return is_structural(fault.code); });
  }

  static const CodeSystems* codes_;
  static const CompiledNode* root_;
  static const Structure* structure_;
};
const CodeSystems* SchemaLawTest::codes_ = nullptr;
const CompiledNode* SchemaLawTest::root_ = nullptr;
const Structure* SchemaLawTest::structure_ = nullptr;

TEST_F(SchemaLawTest, WhatIsMadeFromTheSchemaIsAcceptedByBoth) {
  EXPECT_TRUE(rc::check("walk and valijson accept", [](unsigned seed) {
    Random random(seed);
    const Json made = document(random);
    RC_ASSERT(walk_accepts_structure(made));
    RC_ASSERT(structure_->accepts(made));
  }));
}

TEST_F(SchemaLawTest, TheWalkAndValijsonAgreeOnDamagedRecords) {
  EXPECT_TRUE(rc::check("they agree", [](unsigned seed) {
    Random random(seed);
    const Json whole = document(random);
    int taken = 0;
    for (int i = 0; i < 100; ++i) {
      Json made;
      made.CopyFrom(whole, made.GetAllocator());
      damage(made, random);
      const bool walk = walk_accepts_structure(made);
      taken += walk ? 1 : 0;
      RC_ASSERT(walk == structure_->accepts(made));
    }
    RC_CLASSIFY(taken > 0, "some damage is none");
  }));
}

TEST_F(SchemaLawTest, EveryFaultPointsIntoTheDocument) {
  EXPECT_TRUE(rc::check("pointers resolve", [](unsigned seed) {
    Random random(seed);
    Json made = document(random);
    damage(made, random);
    for (const Fault& fault : faults(made)) RC_ASSERT(resolve_pointer(made, fault.pointer) != nullptr);
  }));
}

TEST_F(SchemaLawTest, NoFaultRepeatsAValueOfTheRecord) {
  EXPECT_TRUE(rc::check("values stay where they are", [](unsigned seed) {
    Random random(seed);
    Json made = document(random);
    std::vector<JsonValue*> all;
    collect(made, all);
    for (JsonValue* each : all) {
      if (each->IsString()) *each = make_text("Secreto-Prueba 99", made.GetAllocator());
    }
    for (const Fault& fault : faults(made)) {
      RC_ASSERT(fault.expected.find("Secreto") == std::string::npos);
      RC_ASSERT(fault.pointer.find("Secreto") == std::string::npos);
    }
  }));
}

}  // namespace
}  // namespace hotline
