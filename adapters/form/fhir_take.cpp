#include "adapters/form/fhir_take.h"

#include <algorithm>
#include <array>
#include <set>

#include "adapters/form/fhir_check.h"
#include "adapters/form/fhir_index.h"
#include "adapters/form/fhir_over.h"
#include "i18n/base/clock.h"

namespace hotline {

namespace {

using Entry = FhirIndex::Entry;

class Taker {
 public:
  Taker(TreeNode given, const FhirShapes& shapes, const FhirWords& words)
      : shapes_(shapes), words_(words), given_(std::move(given)), index_(FhirIndex::of(given_)) {}
  Result<TreeNode> run();

 private:
  void patients();
  Result<void> requests();
  void notes(TreeNode& request, int person);
  void common_of_requests();
  void task();
  void related();
  void linked(std::size_t patient);
  void with_person(const char* type, const char* member, const char* list);
  void communications();
  void provenance();
  void worker(const TreeNode* requester, std::size_t from);
  void rest();

  TreeNode use(Entry& entry);  // shaped, with what stood around it
  std::string person_id(const TreeNode& patient, const TreeNode& around, std::optional<std::string>& origin);
  bool knows(std::string_view id) const { return std::find(ids_.begin(), ids_.end(), id) != ids_.end(); }
  int person_at(const TreeNode* reference, std::size_t from) const;  // in tree patients; -1
  TreeNode& patient(int person) {
    return tree_.list_member("patients").items[static_cast<std::size_t>(person)];
  }
  TreeNode person_text(int person, const TreeNode& reference) {
    const TreeNode* address = reference.find("reference");
    return TreeNode::text(ids_[static_cast<std::size_t>(person)],
                          address == nullptr ? reference.origin : address->origin);
  }

  const FhirShapes& shapes_;
  const FhirWords& words_;
  TreeNode given_;
  FhirIndex index_;
  const std::string today_ = format_civil_date(civil_date_utc(SystemClock().now()));
  TreeNode tree_ = TreeNode::object("");
  std::map<std::size_t, int> persons_;              // entry -> place among the patients
  std::vector<std::string> ids_;                    // of the patients
  std::map<std::size_t, std::string> relation_of_;  // RelatedPerson entry -> id of the person who that is
};

TreeNode Taker::use(Entry& entry) {
  entry.taken = true;
  TreeNode node = std::move(entry.resource);
  put_ended_aside(node, today_);
  if (const auto shape = shapes_.find(entry.type); shape != shapes_.end()) shape->second.take(node);
  if (!entry.around.empty()) node.set("entry", std::move(entry.around));
  return node;
}

// The id that the record gave, else the resource's own; what the canonical record cannot hold is left out of
// it.
std::string Taker::person_id(const TreeNode& patient, const TreeNode& around,
                             std::optional<std::string>& origin) {
  std::string id;
  if (const TreeNode* list = patient.find("identifier"))
    for (const TreeNode& one : list->items)
      if (one.text_at("system") == words_.person_system && one.find("value") != nullptr) {
        id = one.text_at("value");
        origin = one.find("value")->origin;
      }
  if (const TreeNode* own = patient.find("id"); id.empty() && own != nullptr) {
    id = own->as_text();
    origin = own->origin;
  }
  if (const TreeNode* url = around.find("fullUrl"); id.empty() && url != nullptr) {
    id = url->as_text().substr(url->as_text().find_last_of(":/") + 1);
    origin = url->origin;
  }
  std::erase_if(id, [](unsigned char c) { return !(std::isalnum(c) || c == '.' || c == '_' || c == '-'); });
  id.resize(std::min<std::size_t>(id.size(), 60));
  if (id.empty()) id = "person";
  for (int n = 2; knows(id); ++n) {
    if (n > 2) id.resize(id.rfind('-'));
    id += "-" + std::to_string(n);
  }
  return id;
}

// Who this is: from the identifier that we once wrote, where it says so, else from `origin`.
void name_person(TreeNode& node, const std::string& id, const std::optional<std::string>& origin) {
  TreeNode person = TreeNode::text(id, origin);
  if (const TreeNode* own = node.find("own_id"); own != nullptr && own->text_at("value") == id) {
    person.origin = own->find("value")->origin;
    if (const TreeNode* system = own->find("system"); system != nullptr && system->origin)
      person.also.push_back(*system->origin);
    if (own->members.size() == 2) node.take("own_id");
  }
  node.set("person", std::move(person));
}

void Taker::patients() {
  // The first is the one whom the referral is about; the others stand as they came.
  std::vector<std::size_t> order;
  auto& entries = index_.entries();
  const auto add = [&](int at) {
    if (at >= 0 && entries[static_cast<std::size_t>(at)].type == "Patient" &&
        std::find(order.begin(), order.end(), static_cast<std::size_t>(at)) == order.end())
      order.push_back(static_cast<std::size_t>(at));
  };
  for (const char* type : {"ServiceRequest", "Task"})
    for (std::size_t i = 0; i < entries.size() && order.empty(); ++i)
      if (entries[i].type == type)
        add(index_.find(entries[i].resource.find(entries[i].type == "Task" ? "for" : "subject"), i));
  for (std::size_t i = 0; i < entries.size(); ++i) add(static_cast<int>(i));
  for (const std::size_t at : order) {
    std::optional<std::string> origin;
    const std::string id = person_id(entries[at].resource, entries[at].around, origin);
    persons_.emplace(at, static_cast<int>(ids_.size()));
    ids_.push_back(id);
    linked(at);
    TreeNode node = use(entries[at]);
    name_person(node, id, origin ? origin : node.origin);
    tree_.list_member("patients").items.push_back(std::move(node));
  }
}

// A Patient that is linked to somebody's RelatedPerson is that person.
void Taker::linked(std::size_t patient) {
  const TreeNode* links = index_.entries()[patient].resource.find("link");
  if (links == nullptr) return;
  for (const TreeNode& link : links->items) {
    const int other = index_.find(link.find("other"), patient);
    if (other >= 0 && link.text_at("type") == "seealso" &&
        index_.entries()[static_cast<std::size_t>(other)].type == "RelatedPerson")
      relation_of_.emplace(static_cast<std::size_t>(other), ids_.back());
  }
}

int Taker::person_at(const TreeNode* reference, std::size_t from) const {
  const int at = index_.find(reference, from);
  const auto person = persons_.find(static_cast<std::size_t>(at));
  return at < 0 || person == persons_.end() ? -1 : person->second;
}

Result<void> Taker::requests() {
  auto& entries = index_.entries();
  for (std::size_t i = 0; i < entries.size(); ++i) {
    Entry& entry = entries[i];
    if (entry.type != "ServiceRequest") continue;
    const TreeNode* subject = entry.resource.find("subject");
    const std::string place = entry.resource.origin.value_or("");
    if (subject == nullptr) return fail(ErrorCode::field_missing, place, "subject");
    const int person = person_at(subject, i);
    if (person < 0) {
      const std::string_view said = subject->text_at("reference");
      const int at = index_.find(*subject, i);
      const bool other = at >= 0 || said.find("Group/") != said.npos || said.find("Device/") != said.npos ||
                         said.find("Location/") != said.npos;
      return fail(other ? ErrorCode::value_not_allowed : ErrorCode::reference_broken,
                  subject->origin.value_or(""), "Patient");
    }
    worker(entry.resource.find("requester"), i);
    notes(entry.resource, person);
    TreeNode made = use(entry);
    const bool whole = made.find("referral") != nullptr && tree_.find("referral") == nullptr;
    if (whole)
      tree_.set("referral", std::move(made));
    else
      patient(person).list_member("requests").items.push_back(std::move(made));
  }
  if (tree_.find("referral") == nullptr) common_of_requests();
  return {};
}

// What staff wrote beside a request is their account of the person.
void Taker::notes(TreeNode& request, int person) {
  auto all = request.take("note");
  if (!all) return;
  const std::string language(request.text_at("language"));
  TreeNode left = TreeNode::list(all->origin);
  for (TreeNode& note : all->items) {
    auto text = note.take("text");
    if (!text || text->as_text().empty()) continue;
    TreeNode one = TreeNode::object(text->origin);
    one.set("voice", TreeNode::text("staff"));
    TreeNode persons = TreeNode::list();
    persons.items.push_back(TreeNode::text(ids_[static_cast<std::size_t>(person)]));
    one.set("persons", std::move(persons));
    one.member("said").set("contentString", std::move(*text));
    one.set("language", TreeNode::text(language.empty() ? "mis" : language));
    tree_.list_member("communications").items.push_back(std::move(one));
    if (!note.empty()) left.items.push_back(std::move(note));
  }
  if (!left.items.empty()) request.set("note", std::move(left));
}

// Others do not send a request for the whole: what is urgent in one of theirs is urgent in the whole.
void Taker::common_of_requests() {
  constexpr std::array<std::string_view, 4> kPriorities{"stat", "asap", "urgent", "routine"};
  TreeNode whole = TreeNode::object();
  std::size_t best = kPriorities.size();
  for (const TreeNode& patient : tree_.list_member("patients").items) {
    const TreeNode* requests = patient.find("requests");
    if (requests == nullptr) continue;
    for (const TreeNode& one : requests->items) {
      const TreeNode* urgency = one.find("urgency");
      const TreeNode* token = urgency == nullptr ? nullptr : urgency->find("token");
      const std::size_t rank =
          token == nullptr
              ? kPriorities.size()
              : static_cast<std::size_t>(std::find(kPriorities.begin(), kPriorities.end(), token->as_text()) -
                                         kPriorities.begin());
      if (rank < best) {
        best = rank;
        whole.member("urgency").set("token", *token);
      }
      for (const char* name : {"authoredOn", "requisition", "language"})
        if (const TreeNode* value = one.find(name); value != nullptr && whole.find(name) == nullptr)
          whole.set(name, *value);
    }
  }
  tree_.set("referral", std::move(whole));
}

void Taker::task() {
  auto& entries = index_.entries();
  Entry* chosen = nullptr;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (entries[i].type != "Task") continue;
    const bool about = index_.find(entries[i].resource.find("focus"), i) >= 0;
    if (chosen == nullptr || (about && chosen->resource.find("focus") == nullptr)) chosen = &entries[i];
  }
  if (chosen != nullptr) tree_.set("task", use(*chosen));
}

void Taker::related() {
  auto& entries = index_.entries();
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (entries[i].type != "RelatedPerson") continue;
    const int person = person_at(entries[i].resource.find("patient"), i);
    if (person < 0) continue;
    const auto who = relation_of_.find(i);
    TreeNode made = use(entries[i]);
    const TreeNode* own = made.find("own_id");
    std::string other(own != nullptr && knows(own->text_at("value")) ? own->text_at("value") : "");
    if (other.empty() && who != relation_of_.end() && who->second != ids_[static_cast<std::size_t>(person)])
      other = who->second;
    if (!other.empty()) name_person(made, other, made.origin);
    patient(person).list_member(other.empty() ? "related" : "relations").items.push_back(std::move(made));
  }
}

void Taker::with_person(const char* type, const char* member, const char* list) {
  auto& entries = index_.entries();
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (entries[i].type != type) continue;
    const TreeNode* reference = entries[i].resource.find(member);
    const int person = person_at(reference, i);
    if (person < 0) continue;
    TreeNode id = person_text(person, *reference);
    TreeNode made = use(entries[i]);
    made.set("person", std::move(id));
    // Somebody who is no patient here (one who is accused, perhaps): the record could not say who that is.
    if (TreeNode* giver = made.find("giver"); giver != nullptr && !knows(giver->text_at("person")))
      if (auto stranger = giver->take("person")) giver->set("stranger", std::move(*stranger));
    tree_.list_member(list).items.push_back(std::move(made));
  }
}

bool has_text(const TreeNode& communication) {
  const TreeNode* payload = communication.find("payload");
  return payload != nullptr && !payload->items.empty() &&
         !payload->items.front().text_at("contentString").empty();
}

void Taker::communications() {
  auto& entries = index_.entries();
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (entries[i].type != "Communication" || entries[i].resource.text_at("status") == "not-done" ||
        !has_text(entries[i].resource))
      continue;
    TreeNode persons = TreeNode::list();
    const auto add = [&](const TreeNode& reference) {
      if (const int person = person_at(&reference, i); person >= 0)
        persons.items.push_back(person_text(person, reference));
    };
    if (const TreeNode* about = entries[i].resource.find("about"))
      for (const TreeNode& one : about->items) add(one);
    if (const TreeNode* subject = entries[i].resource.find("subject");
        subject != nullptr && persons.items.empty())
      add(*subject);
    const TreeNode* sender = entries[i].resource.find("sender");
    const int from = index_.find(sender, i);
    std::optional<TreeNode> voice;
    if (from >= 0) {
      const std::string& type = entries[static_cast<std::size_t>(from)].type;
      if (type == "Patient") voice = TreeNode::text("person", sender->origin);
      if (type == "Practitioner" || type == "PractitionerRole" || type == "Organization")
        voice = TreeNode::text("staff", sender->origin);
    }
    TreeNode made = use(entries[i]);
    if (!persons.items.empty()) made.set("persons", std::move(persons));
    if (voice && made.find("voice") == nullptr) made.set("voice", std::move(*voice));
    tree_.list_member("communications").items.push_back(std::move(made));
  }
}

void Taker::provenance() {
  for (Entry& entry : index_.entries())
    if (entry.type == "Provenance" && !entry.taken) {
      tree_.set("provenance", use(entry));
      return;
    }
}

void Taker::worker(const TreeNode* requester, std::size_t from) {
  if (requester == nullptr || tree_.find("worker") != nullptr) return;
  int at = index_.find(*requester, from);
  if (at >= 0 && index_.entries()[static_cast<std::size_t>(at)].type == "PractitionerRole")
    at = index_.find(index_.entries()[static_cast<std::size_t>(at)].resource.find("practitioner"),
                     static_cast<std::size_t>(at));
  if (at < 0) return;
  Entry& entry = index_.entries()[static_cast<std::size_t>(at)];
  if (entry.type == "Practitioner" && !entry.taken) tree_.set("worker", use(entry));
}

void Taker::rest() {
  for (Entry& entry : index_.entries()) {
    if (entry.taken) continue;
    TreeNode node = std::move(entry.resource);
    if (!entry.around.empty()) node.set("entry", std::move(entry.around));
    tree_.list_member(entry.over ? "retracted" : "others").items.push_back(std::move(node));
  }
}

Result<TreeNode> Taker::run() {
  if (auto done = retract(index_); !done) return tl::make_unexpected(done.error());
  if (auto done = check_bundle(given_, index_); !done) return tl::make_unexpected(done.error());
  if (given_.find("resourceType") != nullptr) {
    if (const auto shape = shapes_.find("Bundle"); shape != shapes_.end()) shape->second.take(given_);
    tree_.set("bundle", std::move(given_));
  }
  patients();
  if (auto done = requests(); !done) return tl::make_unexpected(done.error());
  if (ids_.empty())
    return fail(ErrorCode::field_missing, tree_.find("bundle") != nullptr ? "/entry" : "", "Patient");
  task();
  related();
  with_person("Consent", "patient", "consents");
  communications();
  provenance();
  rest();
  if (const auto shape = shapes_.find("tree"); shape != shapes_.end()) shape->second.take(tree_);
  return std::move(tree_);
}

}  // namespace

Result<TreeNode> take_bundle(TreeNode given, const FhirShapes& shapes, const FhirWords& words) {
  if (given.text_at("resourceType").empty()) return fail(ErrorCode::field_missing, "/resourceType");
  return Taker(std::move(given), shapes, words).run();
}

}  // namespace hotline
