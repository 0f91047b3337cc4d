#include "tests/properties/proof/lie.h"

namespace hotline {
namespace {

const proof::Lie* told = nullptr;

}  // namespace

// In the place of consent/mutants.cpp.
bool branch(Branch branch, bool holds) {
  if (told == nullptr || told->branch != branch) return holds;
  switch (told->says) {
    case proof::Says::the_opposite:
      return !holds;
    case proof::Says::always_yes:
      return true;
    case proof::Says::always_no:
      return false;
  }
  return holds;
}

namespace proof {

std::string Lie::name() const {
  std::string out = "a branch";
  for (const auto& each : kBranches) {
    if (each.branch == branch) out = each.name;
  }
  switch (says) {
    case Says::the_opposite:
      return out + " says the opposite";
    case Says::always_yes:
      return out + " always says yes";
    case Says::always_no:
      return out + " always says no";
  }
  return out;
}

std::vector<Lie> all_lies() {
  std::vector<Lie> out;
  for (const auto& each : kBranches) {
    for (const Says says : {Says::the_opposite, Says::always_yes, Says::always_no})
      out.push_back({each.branch, says});
  }
  return out;
}

Lying::Lying(const Lie& lie) : before_(told) {
  told = &lie;
}

Lying::~Lying() {
  told = before_;
}

}  // namespace proof
}  // namespace hotline
