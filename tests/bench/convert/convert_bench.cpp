// convert us -> mx, text to text, one core: the gateway beside the same mapping by hand. And how long the
// profiles take to load, and whether a record's time grows with its persons.
//   convert_bench check RECORDS TABLES OTHER   every output is the same (OTHER: one JSON a line, made
//   elsewhere) convert_bench run RECORDS TABLES SECONDS   prints figures as one line of JSON
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <functional>
#include <iostream>
#include <stdexcept>

#include "adapters/engine/profiles.h"
#include "i18n/base/text_files.h"
#include "i18n/codes.h"
#include "tests/bench/convert/by_hand.h"

namespace hotline::bench {
namespace {

const std::string kRoot = HOTLINE_ROOT;

template <class T>
T must(Result<T> result) {
  if (!result)
    throw std::runtime_error(std::string(to_string(result.error().code)) + " at " + result.error().pointer +
                             " " + result.error().expected);
  return std::move(*result);
}

using Clock = std::chrono::steady_clock;

double seconds_of(const std::function<void()>& work) {
  const auto start = Clock::now();
  work();
  return std::chrono::duration<double>(Clock::now() - start).count();
}

struct World {
  CodeSystems codes = must(CodeSystems::load(kRoot));
  Schema schema = must(Schema::load(kRoot + "/config/schema/referral.schema.json", &codes));
  Profiles profiles = must(Profiles::load(kRoot, schema, codes));

  Json converted(std::string_view text) const {
    const ToCanonical read = must(profiles.find("us")->read_text(text));
    return must(profiles.find("mx")->from_canonical(read.referral, LanguageTag())).record;
  }
  std::string convert(std::string_view text) const { return to_text(converted(text)); }
};

std::vector<std::string> lines_of(const std::string& file) {
  std::ifstream stream(file);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

// Without which maps made the record and what its codes are in words: JSONata makes neither.
std::string without_words(Json record) {
  record.RemoveMember("traduccion");
  for (auto& each : record.GetObject()) {
    if (each.value.IsObject()) each.value.RemoveMember("resumen_codificado");
    if (!each.value.IsArray()) continue;
    for (JsonValue& element : each.value.GetArray())
      if (element.IsObject()) element.RemoveMember("resumen_codificado");
  }
  return to_canonical(record);
}

bool same(const std::string& ours, const std::string& theirs, const char* who, std::size_t record) {
  if (ours == theirs) return true;
  const auto differ = std::mismatch(ours.begin(), ours.end(), theirs.begin(), theirs.end());
  const auto at = static_cast<std::size_t>(differ.first - ours.begin());
  const std::size_t from = at < 120 ? 0 : at - 120;
  std::cerr << "record " << record << ": " << who
            << " makes something else\n  ours: " << ours.substr(from, 240) << "\n  " << who << ": "
            << theirs.substr(from, 240) << '\n';
  return false;
}

int check(const World& world, const ByHand& by_hand, const std::vector<std::string>& records,
          const std::vector<std::string>& others) {
  for (std::size_t i = 0; i < records.size(); ++i) {
    Json ours = world.converted(records[i]);
    const std::string hand = to_canonical(must(parse_json(by_hand.convert(records[i]))));
    if (!same(to_canonical(ours), hand, "by hand", i)) return 1;
    if (i >= others.size()) continue;
    if (!same(without_words(std::move(ours)), to_canonical(must(parse_json(others[i]))), "jsonata", i))
      return 1;
  }
  return 0;
}

// Records a second of each, in short turns, so that a busy machine treats both alike.
std::pair<double, double> in_turns(double seconds, const std::function<void(std::size_t)>& one,
                                   const std::function<void(std::size_t)>& other) {
  double spent[2] = {0, 0};
  std::size_t done = 0;
  constexpr std::size_t kTurn = 50;
  while (spent[0] + spent[1] < seconds) {
    spent[0] += seconds_of([&] {
      for (std::size_t i = 0; i < kTurn; ++i) one(done + i);
    });
    spent[1] += seconds_of([&] {
      for (std::size_t i = 0; i < kTurn; ++i) other(done + i);
    });
    done += kTurn;
  }
  return {static_cast<double>(done) / spent[0], static_cast<double>(done) / spent[1]};
}

// The record with so many persons more, each a copy of its first with an id of its own.
std::string with_persons(const std::string& text, std::size_t count) {
  Json record = must(parse_json(text));
  auto& allocator = record.GetAllocator();
  JsonValue list(rapidjson::kArrayType);
  for (std::size_t i = 1; i < count; ++i) {
    JsonValue person(record["Contact"], allocator);
    set_text(person, "Id", "p" + std::to_string(i), allocator);
    list.PushBack(person, allocator);
  }
  set_member(record, "Connected_Persons__r", std::move(list), allocator);
  return to_text(record);
}

int run(const World& world, const ByHand& by_hand, const std::vector<std::string>& records, double seconds) {
  const auto pick = [&](std::size_t i) -> const std::string& { return records[i % records.size()]; };
  std::size_t bytes = 0;
  const auto [ours, hand] = in_turns(
      seconds, [&](std::size_t i) { bytes += world.convert(pick(i)).size(); },
      [&](std::size_t i) { bytes += by_hand.convert(pick(i)).size(); });
  std::vector<double> loads;
  for (int i = 0; i < 7; ++i)
    loads.push_back(seconds_of([&] { must(Profiles::load(kRoot, world.schema, world.codes)); }));
  std::sort(loads.begin(), loads.end());
  const std::size_t few = 5, many = 50;
  const std::string small = with_persons(records.front(), few), large = with_persons(records.front(), many);
  const auto [of_few, of_many] = in_turns(
      seconds / 2, [&](std::size_t) { bytes += world.convert(small).size(); },
      [&](std::size_t) { bytes += world.convert(large).size(); });
  std::printf(
      "{\"gateway_per_second\": %.0f, \"by_hand_per_second\": %.0f, \"load_ms\": %.1f, \"persons\": [%zu, "
      "%zu], "
      "\"time_per_person\": %.2f, \"bytes\": %zu}\n",
      ours, hand, loads[loads.size() / 2] * 1000, few, many,
      (of_few / of_many) / (static_cast<double>(many) / static_cast<double>(few)), bytes);
  return 0;
}

// The largest resident size that a command and what it starts come to, in kB.
int peak(const char* command) {
  const int status = std::system(command);
  rusage used{};
  getrusage(RUSAGE_CHILDREN, &used);
  std::printf("%ld\n", used.ru_maxrss);
  return status == 0 ? 0 : 1;
}

}  // namespace
}  // namespace hotline::bench

int main(int count, char** words) {
  using namespace hotline::bench;
  if (count == 3 && std::strcmp(words[1], "peak") == 0) return peak(words[2]);
  if (count != 5) {
    std::cerr << "convert_bench check RECORDS TABLES OTHER | run RECORDS TABLES SECONDS\n";
    return 2;
  }
  try {
    const World world;
    const ByHand by_hand(must(hotline::read_file(words[3])));
    const auto records = lines_of(words[2]);
    if (std::strcmp(words[1], "check") == 0) return check(world, by_hand, records, lines_of(words[4]));
    return run(world, by_hand, records, std::stod(words[4]));
  } catch (const std::exception& error) {
    std::cerr << "convert_bench: " << error.what() << '\n';
    return 1;
  }
}
