// preview: what would leave, what would not, and the rule for each; or the sheet that is read out to the
// person.
#include <memory>
#include <set>

#include "consent/safe_contact.h"
#include "consent/sheet.h"
#include "consent/wording.h"
#include "gateway/cli/commands.h"
#include "gateway/cli/decided.h"
#include "i18n/catalog.h"
#include "i18n/language_tag.h"

namespace hotline::cli {
namespace {

const Page kPage = {
    "--from PROFILE --to NODE [--purpose P] [--recipient ID] [--lang TAG] [--format json|text|html] [FILE]",
    "Decides as the gateway would, sends nothing, and says what would leave and what would not.\n"
    "\n"
    "As json: for every person and consent category the level (full, generalised, pseudonymised, withheld) "
    "and the one "
    "rule that decided, with its words in --lang; which persons would travel together; what the gateway "
    "would hold back "
    "of a narrative; and the mapping report. As text or html: a sheet for each person, which an "
    "advocate reads out to them, in "
    "--lang or else in the language that the person prefers. It says the same as the decision and holds no "
    "value of the "
    "record but the name that the person wants to be called and, first and for the advocate alone, what is "
    "safe. Where nothing may leave it says why, and what would change that.",
    " config/policy/                         the rules\n"
    " config/registry/demo-members.json      whom it can be sent to, without --registry",
    " hotline-gateway preview --from us --to mx record.json\n"
    " hotline-gateway preview --from ca --to us --format text --lang fr-CA record.json"};

struct Options : DecideOptions {
  std::string format = "json";
};

// The words of a rule: in the language wanted, of the three that every policy speaks.
const std::string& words_of(const RuleText& rule, const LanguageTag& language) {
  const std::string base = base_language(language);
  if (base == "fr") return rule.fr;
  return base == "es" ? rule.es : rule.en;
}

JsonValue rules_json(const Decided& decided, const LanguageTag& language, Json::AllocatorType& allocator) {
  JsonValue rules(rapidjson::kObjectType);
  std::set<RuleId> seen;
  for (const PersonDecision& person : decided.decision.persons) {
    for (const CategoryDecision& category : person.categories) {
      if (!seen.insert(category.rule).second) continue;
      const RuleText* rule = decided.consent.policies.rule(category.rule);
      if (rule == nullptr) continue;
      JsonValue item(rapidjson::kObjectType);
      set_text(item, "text", words_of(*rule, language), allocator);
      set_text(item, "source", rule->source, allocator);
      set_member(item, "verified", JsonValue(rule->verified), allocator);
      set_member(rules, category.rule.get(), std::move(item), allocator);
    }
  }
  return rules;
}

// One entry for each disclosure that would be sent: what of it no decision can say beforehand.
JsonValue disclosures_json(const std::vector<Disclosure>& made, Json::AllocatorType& allocator) {
  JsonValue list(rapidjson::kArrayType);
  for (const Disclosure& disclosure : made) {
    JsonValue item(rapidjson::kObjectType);
    set_text(item, "urgency", disclosure.urgency(), allocator);
    set_text(item, "until", format_instant(disclosure.until()), allocator);
    set_text(item, "narrative_held", disclosure.narrative_held(), allocator);
    list.PushBack(item, allocator);
  }
  return list;
}

Result<std::string> as_json(const Decided& decided, const LanguageTag& language) {
  const auto made = disclosures(decided);
  if (!made) return fail(made.error());
  Json document(rapidjson::kObjectType);
  auto& allocator = document.GetAllocator();
  set_member(document, "safe_contact", safe_contacts(decided.referral.json(), allocator), allocator);
  set_text(document, "from", decided.request.sender.get(), allocator);
  set_text(document, "to", decided.request.recipient.get(), allocator);
  set_text(document, "purpose", decided.request.purpose.get(), allocator);
  set_member(document, "decision", JsonValue(decided.decision.to_json(), allocator), allocator);
  const auto words = StaffWords::load(decided.data.root);
  if (!words) return fail(words.error());
  const auto wording = words->look(decided.referral, language);
  set_member(document, "wording", wording_json(wording, allocator), allocator);
  set_member(document, "rules", rules_json(decided, language, allocator), allocator);
  set_member(document, "disclosures", disclosures_json(*made, allocator), allocator);
  set_member(document, "report", JsonValue(decided.report.to_json(), allocator), allocator);
  return to_pretty(document);
}

Result<int> run(Session& session, const Options& options) {
  const auto decided = decide_from_file(session, options);
  if (!decided) return fail(decided.error());
  if (options.format == "json") {
    const auto text = as_json(*decided, speaking(session));
    if (!text) return fail(text.error());
    session.out << *text << '\n';
    return 0;
  }
  const auto catalog = Catalog::load(decided->data.root);
  if (!catalog) return fail(catalog.error());
  // Who asks for no language gets each person's own.
  const SheetInputs inputs{decided->referral,
                           decided->recipient(),
                           decided->consent.policies,
                           *decided->data.schema,
                           *catalog,
                           session.language.empty() ? LanguageTag() : speaking(session),
                           speaking(session),
                           [&](const MemberId& id) { return decided->consent.find(id); }};
  const std::vector<Sheet> made = sheets(decided->decision, inputs);
  session.out << (options.format == "html" ? sheets_html(made, *catalog) : sheets_text(made));
  return 0;
}

}  // namespace

void add_preview(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App& command =
      add_command(app, session, "preview", "say what would leave, what would not, and why", kPage);
  add_decide_options(command, *options);
  command
      .add_option("--recipient", options->recipient,
                  "Member that would receive it, when it is not --to itself.")
      ->type_name("ID");
  command.add_option("--format", options->format, "json, text or html.")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"json", "text", "html"}))
      ->capture_default_str();
  command.callback([&session, options] {
    options->told = options->format != "json";
    session.action = [&session, options] { return run(session, *options); };
  });
}

}  // namespace hotline::cli
