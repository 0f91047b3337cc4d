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
    bool taken = false;
  };

  // A Bundle, or one resource alone. Contained resources become entries of their own.
  static FhirIndex of(TreeNode& given);

  std::vector<Entry>& entries() { return entries_; }
  // Where a Reference (its `reference`, in the resource `from`) leads; -1: out of the Bundle.
  int find(const TreeNode& reference, std::size_t from) const;
  int find(const TreeNode* reference, std::size_t from) const {
    return reference == nullptr ? -1 : find(*reference, from);
  }

 private:
  void add(TreeNode resource, TreeNode around);

  std::vector<Entry> entries_;
  std::map<std::string, std::size_t, std::less<>>
      places_;  // fullUrl, Type/id, and "<n>#id" of contained ones
};

}  // namespace hotline
