// How long a decision takes: over facts alone, and with reading them out of a record. Writes the facts and
// our answers for whoever answers the same questions in another way (cedar.mjs).
//   decide_bench ROOT SECONDS FILE    FILE gets one line for each question
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>

#include "consent/decide.h"
#include "consent/statements.h"
#include "i18n/codes.h"

namespace {

using namespace hotline;
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

template <class T>
T must(Result<T> result) {
  if (result) return std::move(*result);
  std::cerr << to_string(result.error().code) << ' ' << result.error().pointer << '\n';
  std::exit(1);
}

struct Question {
  Referral record;
  Request request;
  Facts facts;
};

// Consents changed at random, so that every rule has its turn and most still permit.
void vary(Json& record, std::mt19937& random) {
  const auto one_of = [&](const std::vector<const char*>& words) { return words[random() % words.size()]; };
  auto& allocator = record.GetAllocator();
  for (auto& consent : record["consents"].GetArray()) {
    if (consent.HasMember("categories")) {
      for (auto& each : consent["categories"].GetArray())
        set_text(each, "level", one_of({"full", "full", "generalised", "pseudonymised", "withheld"}),
                 allocator);
    }
    if (random() % 8 == 0) set_text(consent, "state", one_of({"renewed", "refused", "withdrawn"}), allocator);
    if (random() % 8 == 0)
      set_text(consent, "given_at", one_of({"2026-11-21T11:00:00Z", "2026-12-01T00:00:00Z"}), allocator);
    if (random() % 8 == 0)
      set_text(consent, "until", one_of({"2026-11-21T12:00:00Z", "2026-12-20T00:00:00Z"}), allocator);
    if (random() % 12 == 0)
      set_text(consent, "form", one_of({"oral_two_person", "written_other"}), allocator);
    if (random() % 12 == 0) set_member(consent, "risks_explained", JsonValue(random() % 2 == 0), allocator);
  }
}

// A record with exactly one consent for each person: the questions that a rule engine without memory of
// several words can be asked too.
bool is_plain(const Facts& facts) {
  return std::all_of(facts.persons.begin(), facts.persons.end(),
                     [](const PersonFacts& person) { return person.consents.size() == 1; });
}

std::vector<Question> questions(const std::string& root, const Schema& schema, const Policies& policies,
                                const Statements& statements) {
  std::vector<Json> records;
  for (const char* profile : {"us", "ca", "mx"}) {
    for (const auto& one : fs::directory_iterator(root + "/adapters/" + profile + "/cases")) {
      auto record = must(read_json_file(one.path().string() + "/canonical.json"));
      if (record.HasMember("consents")) records.push_back(std::move(record));
    }
  }
  std::mt19937 random(2026);
  std::vector<Question> all;
  const Known known{{}, {}, &statements, &schema};
  while (all.size() < 2000) {
    const Json& chosen = records[random() % records.size()];
    Json copy;
    copy.CopyFrom(chosen, copy.GetAllocator());
    vary(copy, random);
    const JsonValue* recipient = member(copy["consents"][0], "recipient");
    if (recipient == nullptr) continue;
    Request request;
    request.sender = MemberId("us");
    request.sender_country = "US";
    request.recipient = MemberId(std::string(text_at(*recipient, "member")));
    request.recipient_country = std::string(text_at(*recipient, "country"));
    request.recipient_policy_version = std::string(text_at(copy["consents"][0], "policy_version"));
    request.now = must(parse_instant("2026-11-21T12:00:00Z"));
    auto record = Referral::from(std::move(copy), schema, nullptr, Opinions::own);
    if (!record) continue;
    request.purpose = Purpose(std::string(record->purpose()));
    Facts facts = reduce(*record, request, known, policies);
    if (is_plain(facts)) all.push_back({std::move(*record), std::move(request), std::move(facts)});
  }
  return all;
}

void write_answers(const std::vector<Question>& all, const Policies& policies, const std::string& file) {
  std::ofstream out(file);
  for (const auto& each : all) {
    Json line(rapidjson::kObjectType);
    auto& allocator = line.GetAllocator();
    set_member(line, "facts", JsonValue(each.facts.to_json(), allocator), allocator);
    JsonValue answer(rapidjson::kArrayType);
    for (const auto& person : decide(each.facts, policies).persons) {
      JsonValue released(rapidjson::kArrayType);
      for (const auto& category : person.categories) {
        if (category.level != Level::withheld)
          released.PushBack(make_text(category.category.get(), allocator), allocator);
      }
      answer.PushBack(released, allocator);
    }
    set_member(line, "answer", std::move(answer), allocator);
    out << to_text(line) << '\n';
  }
}

struct Figure {
  double p50_us = 0;
  double per_second = 0;
};

template <class Work>
Figure measure(const std::vector<Question>& all, double seconds, const Work& work) {
  std::vector<double> each_us;
  const auto begin = Clock::now();
  double elapsed = 0;
  while (elapsed < seconds) {
    for (const auto& question : all) {
      const auto start = Clock::now();
      if (work(question).persons.empty()) std::exit(1);  // and so that nothing is optimised away
      each_us.push_back(std::chrono::duration<double, std::micro>(Clock::now() - start).count());
    }
    elapsed = std::chrono::duration<double>(Clock::now() - begin).count();
  }
  std::nth_element(each_us.begin(), each_us.begin() + static_cast<std::ptrdiff_t>(each_us.size() / 2),
                   each_us.end());
  return {each_us[each_us.size() / 2], static_cast<double>(each_us.size()) / elapsed};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  const std::string root = argv[1];
  const auto codes = must(CodeSystems::load(root));
  const auto schema = must(Schema::load(root + "/config/schema/referral.schema.json", &codes));
  const auto policies = must(Policies::load(root));
  const auto statements = must(Statements::load(root));
  const auto all = questions(root, schema, policies, statements);
  write_answers(all, policies, argv[3]);
  const double seconds = std::stod(argv[2]);
  const Known known{{}, {}, &statements, &schema};
  const Figure facts =
      measure(all, seconds, [&](const Question& each) { return decide(each.facts, policies); });
  const Figure whole = measure(all, seconds, [&](const Question& each) {
    return decide(reduce(each.record, each.request, known, policies), policies);
  });
  std::cout << "{\"facts\":{\"p50_us\":" << facts.p50_us << ",\"per_second\":" << facts.per_second
            << "},\"record\":{\"p50_us\":" << whole.p50_us << ",\"per_second\":" << whole.per_second
            << "}}\n";
}
