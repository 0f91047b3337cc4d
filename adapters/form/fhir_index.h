// The resources of a Bundle and how they speak of each other: relative, absolute, urn and contained
// references, resolved without following any of them further, so that circles do not matter.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/form/node.h"

namespace hotline {

class FhirIndex {
 public:
  struct Entry {
    TreeNode resource;
    TreeNode around;  // the entry's other members: fullUrl, request, search
    std::string type;
    std::size_t container;  // of a contained resource the one that holds it, else itself
    std::string base;       // of a fullUrl on a server what stands before Type/id; else ""
    bool taken = false;
    bool over = false;  // not to be read: it says so itself; then it has no type
  };

  // A Bundle, or one resource alone. Contained resources become entries of their own.
  static FhirIndex of(TreeNode& given);

  std::vector<Entry>& entries() { return entries_; }
  const std::vector<Entry>& entries() const { return entries_; }
  // Where a Reference (its `reference`, in the resource `from`) leads, by the rules of FHIR R4 for Bundles: a
  // relative one is read against the server that its own entry came from, an absolute one is a fullUrl to the
  // letter. Where an entry says no server, Type/id alone has to do. -1: out of the Bundle.
  int find(const TreeNode& reference, std::size_t from) const;
  int find(const TreeNode* reference, std::size_t from) const {
    return reference == nullptr ? -1 : find(*reference, from);
  }
  // The first Reference in the resource that may mean several entries alike; null: none.
  const TreeNode* ambiguous(const TreeNode& node, std::size_t from) const;

 private:
  using Found = std::vector<std::size_t>;

  void add(TreeNode resource, TreeNode around);
  Found targets(std::string_view text, std::size_t from) const;

  std::vector<Entry> entries_;
  std::map<std::string, Found, std::less<>> urls_;   // fullUrl
  std::map<std::string, Found, std::less<>> names_;  // Type/id, and "<n>#id" of contained ones
};

}  // namespace hotline
