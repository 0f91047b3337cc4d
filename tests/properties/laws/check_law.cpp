#include "tests/properties/laws/check_law.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cstdlib>
#include <sstream>

namespace hotline::laws {

namespace {

// Each way of leaving one member or element out, the large ones first.
void smaller(const JsonValue& at, const std::string& pointer, std::vector<std::string>& found) {
  if (at.IsObject())
    for (const auto& one : at.GetObject()) found.push_back(pointer_join(pointer, as_text(one.name)));
  if (at.IsArray())
    for (rapidjson::SizeType i = 0; i < at.Size(); ++i) found.push_back(pointer_join(pointer, i));
}

std::vector<std::string> removable(const Json& record) {
  std::vector<std::string> all, level{""};
  while (!level.empty() && all.size() < 4000) {
    std::vector<std::string> next;
    for (const std::string& pointer : level) smaller(*resolve_pointer(record, pointer), pointer, next);
    all.insert(all.end(), next.begin(), next.end());
    level = std::move(next);
  }
  return all;
}

Record without(const Record& record, const std::string& pointer) {
  auto json = std::make_shared<Json>();
  json->CopyFrom(*record.json, json->GetAllocator());
  const std::size_t cut = pointer.rfind('/');
  auto& parent = const_cast<JsonValue&>(*resolve_pointer(*json, pointer.substr(0, cut)));
  const JsonValue* gone = resolve_pointer(*json, pointer);
  if (parent.IsArray()) {
    parent.Erase(parent.Begin() + (gone - parent.Begin()));
  } else {
    for (auto one = parent.MemberBegin(); one != parent.MemberEnd(); ++one)
      if (&one->value == gone) {
        parent.EraseMember(one);
        break;
      }
  }
  return {json};
}

rc::Shrinkable<Record> shrinkable(const Record& record) {
  return rc::shrinkable::shrinkRecur(Record(record), [](const Record& larger) {
    return rc::seq::map(rc::seq::fromContainer(removable(*larger.json)),
                        [larger](const std::string& pointer) { return without(larger, pointer); });
  });
}

}  // namespace

std::ostream& operator<<(std::ostream& out, const Record& record) {
  return out << to_pretty(*record.json);
}

std::size_t records_for_a_law() {
  if (const char* given = std::getenv("HOTLINE_LAW_RECORDS"))
    return static_cast<std::size_t>(std::atoll(given));
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  return 600;
#else
  return 10000;
#endif
}

void check_law(const Generator& generate, std::size_t records, const Law& law) {
  std::size_t made = 0, counted = 0;
  const rc::Gen<Record> gen([&](const rc::Random& random, int) {
    rc::Random own = random;
    return shrinkable({std::make_shared<Json>(generate(own.next()))});
  });
  const auto property = [&] {
    const Record record = *gen;
    bool counts = true;
    const auto fault = law(*record.json, counts);
    ++made;
    if (!counts) return;
    ++counted;
    if (fault) RC_FAIL(*fault);
  };
  rc::detail::TestParams params = rc::detail::configuration().testParams;
  if (std::getenv("RC_PARAMS") == nullptr) params.seed = 20261122;
  while (counted < records && made < 3 * records) {
    params.maxSuccess = static_cast<int>(records - counted);
    ++params.seed;
    const auto result = rc::detail::checkTestable(property, rc::detail::TestMetadata(), params);
    if (result.is<rc::detail::SuccessResult>()) continue;
    std::ostringstream said;
    rc::detail::printResultMessage(result, said);
    FAIL() << said.str();
  }
  EXPECT_GE(counted, records) << "the generator makes too few records that the law speaks of: " << made
                              << " made";
}

}  // namespace hotline::laws
