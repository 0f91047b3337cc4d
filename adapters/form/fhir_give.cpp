#include "adapters/form/fhir_give.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace hotline {

namespace {

constexpr std::string_view kAbsentReason = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

std::uint64_t fnv(std::string_view text, std::uint64_t hash) {
  for (const unsigned char c : text) hash = (hash ^ c) * 1099511628211ULL;
  return hash;
}

// An element that FHIR wants and the record does not have.
TreeNode unknown() {
  TreeNode reason = TreeNode::object();
  reason.set("url", TreeNode::text(kAbsentReason));
  reason.set("valueCode", TreeNode::text("unknown"));
  TreeNode element = TreeNode::object();
  element.list_member("extension").items.push_back(std::move(reason));
  return element;
}

class Giver {
 public:
  Giver(TreeNode tree, const FhirShapes& shapes, const FhirWords& words)
      : shapes_(shapes), words_(words), tree_(std::move(tree)) {}
  TreeNode run();

 private:
  // A version 8 UUID (RFC 9562): its bits are ours to choose, here from ids alone.
  std::string url(std::string_view kind, std::string_view id) const;
  static TreeNode reference(const std::string& to, const std::optional<std::string>& origin = {}) {
    TreeNode node = TreeNode::object();
    node.set("reference", TreeNode::text(to, origin));
    return node;
  }
  void add(std::string_view type, std::string_view shape, TreeNode resource, const std::string& full_url);
  void add(std::string_view type, TreeNode resource, const std::string& full_url) {
    add(type, type, std::move(resource), full_url);
  }
  void patients();
  void requests(TreeNode& patient, const std::string& person, const std::string& to_patient);
  void persons_of(TreeNode& patient, const char* list, const std::string& person,
                  const std::string& to_patient);
  void consents();
  void communications();
  void provenance();
  std::string patient_url(std::string_view person) const { return url("Patient", person); }
  bool is_patient(std::string_view person) const;

  const FhirShapes& shapes_;
  const FhirWords& words_;
  TreeNode tree_;
  TreeNode entries_ = TreeNode::list();
  std::vector<std::string> persons_;
  std::string seed_, first_, referral_;
  TreeNode consent_urls_ = TreeNode::list();
  std::map<std::string, std::vector<std::string>, std::less<>>
      links_;  // person -> RelatedPersons who they are
};

std::string Giver::url(std::string_view kind, std::string_view id) const {
  const std::string text = seed_ + "\x1f" + std::string(kind) + "\x1f" + std::string(id);
  const std::uint64_t high = fnv(text, 14695981039346656037ULL),
                      low = fnv(text, high ^ 0x9e3779b97f4a7c15ULL);
  std::array<char, 64> made{};
  std::snprintf(made.data(), made.size(), "urn:uuid:%08x-%04x-8%03x-%04x-%012llx",
                static_cast<unsigned>(high >> 32), static_cast<unsigned>(high >> 16 & 0xffff),
                static_cast<unsigned>(high & 0xfff), static_cast<unsigned>(0x8000 | (low >> 48 & 0x3fff)),
                static_cast<unsigned long long>(low & 0xffffffffffffULL));
  return made.data();
}

void Giver::add(std::string_view type, std::string_view shape, TreeNode resource,
                const std::string& full_url) {
  if (const auto rules = shapes_.find(shape); rules != shapes_.end()) rules->second.give(resource);
  resource.set_first("resourceType", TreeNode::text(type));
  TreeNode entry = TreeNode::object();
  entry.set("fullUrl", TreeNode::text(full_url));
  entry.set("resource", std::move(resource));
  entries_.items.push_back(std::move(entry));
}

bool Giver::is_patient(std::string_view person) const {
  return std::find(persons_.begin(), persons_.end(), person) != persons_.end();
}

void Giver::requests(TreeNode& patient, const std::string& person, const std::string& to_patient) {
  auto requests = patient.take("requests");
  if (!requests) return;
  std::size_t number = 0;
  for (TreeNode& one : requests->items) {
    TreeNode based_on = TreeNode::list();
    based_on.items.push_back(reference(referral_));
    one.set("subject", reference(to_patient));
    one.set("basedOn", std::move(based_on));
    add("ServiceRequest", std::move(one), url("ServiceRequest", person + "/" + std::to_string(number++)));
  }
}

void Giver::persons_of(TreeNode& patient, const char* list, const std::string& person,
                       const std::string& to_patient) {
  auto all = patient.take(list);
  if (!all) return;
  std::size_t number = 0;
  for (TreeNode& one : all->items) {
    const std::string mine = url("RelatedPerson", person + "/" + list + "/" + std::to_string(number++));
    one.set("patient", reference(to_patient));
    if (auto other = one.take("person")) {
      const std::string who(other->as_text());
      if (is_patient(who)) links_[who].push_back(mine);
      TreeNode identifier = TreeNode::object();
      identifier.set("system", TreeNode::text(words_.person_system));
      identifier.set("value", std::move(*other));
      one.list_member("identifier").items.push_back(std::move(identifier));
    }
    add("RelatedPerson", std::move(one), mine);
  }
}

void Giver::patients() {
  auto patients = tree_.take("patients");
  if (!patients) return;
  for (TreeNode& patient : patients->items) {
    const std::string person(patient.text_at("person")), mine = patient_url(person);
    requests(patient, person, mine);
    persons_of(patient, "related", person, mine);
    persons_of(patient, "relations", person, mine);
  }
  for (TreeNode& patient : patients->items) {
    auto person = patient.take("person");
    if (!person) continue;
    const std::string id(person->as_text());
    if (const auto links = links_.find(id); links != links_.end())
      for (const std::string& one : links->second) {
        TreeNode link = TreeNode::object();
        link.set("other", reference(one));
        link.set("type", TreeNode::text("seealso"));
        patient.list_member("link").items.push_back(std::move(link));
      }
    TreeNode identifier = TreeNode::object();
    identifier.set("system", TreeNode::text(words_.person_system));
    identifier.set("value", std::move(*person));
    const auto rules = shapes_.find("Patient");
    if (rules != shapes_.end()) rules->second.give(patient);
    TreeNode& identifiers = patient.list_member("identifier");
    identifiers.items.insert(identifiers.items.begin(), std::move(identifier));
    add("Patient", "", std::move(patient), patient_url(id));
  }
}

void Giver::consents() {
  auto consents = tree_.take("consents");
  if (!consents) return;
  for (TreeNode& one : consents->items) {
    const std::string mine = url("Consent", one.text_at("id").empty() ? std::to_string(entries_.items.size())
                                                                      : std::string(one.text_at("id")));
    if (auto person = one.take("person")) {
      TreeNode who = reference(patient_url(person->as_text()), person->origin);
      if (!is_patient(person->as_text())) {
        TreeNode identifier = TreeNode::object();
        identifier.set("system", TreeNode::text(words_.person_system));
        identifier.set("value", std::move(*person));
        who = TreeNode::object();
        who.set("identifier", std::move(identifier));
      }
      one.set("patient", std::move(who));
    }
    consent_urls_.items.push_back(reference(mine));
    add("Consent", std::move(one), mine);
  }
}

void Giver::communications() {
  auto all = tree_.take("communications");
  if (!all) return;
  std::size_t number = 0;
  for (TreeNode& one : all->items) {
    std::string first = first_;
    if (auto persons = one.take("persons")) {
      TreeNode about = TreeNode::list();
      for (const TreeNode& person : persons->items) {
        TreeNode to = reference(patient_url(person.as_text()), person.origin);
        if (about.items.empty()) first = patient_url(person.as_text());
        about.items.push_back(std::move(to));
      }
      if (about.items.size() == 1) one.set("subject", reference(first));
      one.set("about", std::move(about));
    }
    if (one.text_at("voice") == "person") one.set("sender", reference(first));
    TreeNode based_on = TreeNode::list();
    based_on.items.push_back(reference(referral_));
    one.set("basedOn", std::move(based_on));
    add("Communication", std::move(one), url("Communication", std::to_string(number++)));
  }
}

void Giver::provenance() {
  auto one = tree_.take("provenance");
  if (!one) return;
  TreeNode targets = TreeNode::list();
  targets.items.push_back(reference(referral_));
  one->set("target", std::move(targets));
  // The record does not say at what instant it was written down, and perhaps not by whom; nothing is made up.
  one->set("_recorded", unknown());
  if (one->find("author") == nullptr) {
    TreeNode agent = TreeNode::object();
    agent.set("who", unknown());
    one->list_member("agent").items.push_back(std::move(agent));
  }
  add("Provenance", std::move(*one), url("Provenance", ""));
}

TreeNode Giver::run() {
  TreeNode bundle = tree_.take("bundle").value_or(TreeNode::object());
  TreeNode referral = tree_.take("referral").value_or(TreeNode::object());
  auto task = tree_.take("task");
  auto worker = tree_.take("worker");
  if (const TreeNode* requisition = referral.find("requisition")) seed_ = requisition->text_at("value");
  if (const TreeNode* patients = tree_.find("patients"))
    for (const TreeNode& one : patients->items) {
      persons_.emplace_back(one.text_at("person"));
      seed_ += "\x1f" + std::string(one.text_at("person"));
    }
  first_ = patient_url(persons_.empty() ? "" : persons_.front());
  referral_ = url("ServiceRequest", "");
  patients();
  consents();
  communications();
  provenance();
  std::vector<TreeNode> rest = std::move(entries_.items);
  entries_.items.clear();
  if (task) {
    task->set("focus", reference(referral_));
    task->set("for", reference(first_));
    add("Task", std::move(*task), url("Task", ""));
  }
  referral.set("subject", reference(first_));
  if (worker) referral.set("requester", reference(url("Practitioner", "")));
  if (!consent_urls_.items.empty()) referral.set("supportingInfo", std::move(consent_urls_));
  add("ServiceRequest", std::move(referral), referral_);
  if (worker) add("Practitioner", std::move(*worker), url("Practitioner", ""));
  for (TreeNode& one : rest) entries_.items.push_back(std::move(one));
  if (const auto rules = shapes_.find("Bundle"); rules != shapes_.end()) rules->second.give(bundle);
  bundle.set_first("resourceType", TreeNode::text("Bundle"));
  bundle.set("entry", std::move(entries_));
  return bundle;
}

}  // namespace

TreeNode give_bundle(TreeNode tree, const FhirShapes& shapes, const FhirWords& words) {
  return Giver(std::move(tree), shapes, words).run();
}

void note_made(const TreeNode& node, const std::string& pointer, std::vector<FormNote>& notes) {
  if (node.is_object()) {
    for (const auto& [name, one] : node.members) note_made(one, pointer_join(pointer, name), notes);
  } else if (node.is_list()) {
    for (std::size_t i = 0; i < node.items.size(); ++i)
      note_made(node.items[i], pointer_join(pointer, i), notes);
  } else if (!node.origin) {
    notes.push_back({pointer, "structure"});
  }
}

void set_review_places(Json& bundle, const Places& places) {
  JsonValue* entries = const_cast<JsonValue*>(member(bundle, "entry"));
  if (entries == nullptr || !entries->IsArray()) return;
  for (JsonValue& entry : entries->GetArray()) {
    const JsonValue* resource = member(entry, "resource");
    const JsonValue* extensions = resource == nullptr ? nullptr : member(*resource, "extension");
    if (extensions == nullptr || text_at(*resource, "resourceType") != "Task" || !extensions->IsArray())
      continue;
    for (const JsonValue& extension : extensions->GetArray()) {
      const std::string_view url = text_at(extension, "url");
      const JsonValue* parts = member(extension, "extension");
      if (url.size() < 7 || url.substr(url.size() - 7) != ":review" || parts == nullptr) continue;
      for (const JsonValue& part : parts->GetArray())
        if (text_at(part, "url") == "field" && member(part, "valueString") != nullptr)
          set_text(const_cast<JsonValue&>(part), "valueString",
                   places.of(std::string(text_at(part, "valueString"))), bundle.GetAllocator());
    }
  }
}

}  // namespace hotline
