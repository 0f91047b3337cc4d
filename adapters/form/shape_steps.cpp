#include "adapters/form/shape_steps.h"

#include <algorithm>

#include "adapters/form/shape_paths.h"

namespace hotline {

namespace {

bool holds(const TreeNode& element, const std::map<std::string, std::vector<std::string>>& where) {
  return std::all_of(where.begin(), where.end(), [&](const auto& one) {
    const TreeNode* value = find_at(element, one.first);
    if (one.second.empty()) return value == nullptr;
    if (value == nullptr) return false;
    const auto* flag = std::get_if<bool>(&value->scalar);
    const std::string_view word = flag == nullptr ? value->as_text()
                                  : *flag         ? std::string_view("true")
                                                  : std::string_view("false");
    return std::find(one.second.begin(), one.second.end(), word) != one.second.end();
  });
}

void set_const(TreeNode& element, std::string_view pointer, const std::string& value) {
  TreeNode* here = &element;
  while (pointer.find('/', 1) != std::string_view::npos) {
    here = &here->member(pointer.substr(1, pointer.find('/', 1) - 1));
    pointer.remove_prefix(pointer.find('/', 1));
  }
  here->set_first(pointer.substr(1), TreeNode::text(value));
}

std::string token_of(const TreeNode& coding) {
  const std::string_view system = coding.text_at("system"), code = coding.text_at("code");
  if (code.empty()) return {};
  return system.empty() ? std::string(code) : std::string(system) + "|" + std::string(code);
}

// How early a token stands among those that are known; nothing when it is none of them.
std::optional<std::size_t> rank(const std::vector<std::string>& known, const std::string& token) {
  if (token.empty()) return std::nullopt;
  if (known.empty()) return 0;
  for (std::size_t i = 0; i < known.size(); ++i)
    if (token == known[i] || known[i] == "*" || (known[i] == "|" && token.find('|') == std::string::npos) ||
        (known[i].back() == '|' && token.compare(0, known[i].size(), known[i]) == 0))
      return i;
  return std::nullopt;
}

}  // namespace

void take_step(const SliceRule& rule, TreeNode& resource) {
  at_holders(resource, rule.list, [&](TreeNode& holder, const std::string& name) {
    TreeNode* list = holder.find(name);
    if (list == nullptr || !list->is_list() || list->items.empty()) return;
    TreeNode taken = TreeNode::list();
    for (const auto& where : rule.where) {
      for (auto one = list->items.begin(); one != list->items.end();) {
        if (!one->is_object() || !holds(*one, where) || (!rule.many && !taken.items.empty())) {
          ++one;
          continue;
        }
        taken.items.push_back(std::move(*one));
        one = list->items.erase(one);
      }
    }
    drop_if_empty(holder, name);
    if (taken.items.empty()) return;
    if (rule.many)
      holder.set(rule.as, std::move(taken));
    else
      holder.set(rule.as, std::move(taken.items.front()));
  });
}

void give_step(const SliceRule& rule, TreeNode& resource) {
  at_holders(resource, rule.list, [&](TreeNode& holder, const std::string& name) {
    auto taken = holder.take(rule.as);
    if (!taken) return;
    std::vector<TreeNode> items;
    if (rule.many)
      items = std::move(taken->items);
    else
      items.push_back(std::move(*taken));
    for (TreeNode& one : items)
      for (auto where = rule.where.front().rbegin(); where != rule.where.front().rend(); ++where)
        if (where->second.size() == 1 && find_at(one, where->first) == nullptr)
          set_const(one, where->first, where->second.front());
    TreeNode& list = holder.list_member(name);
    list.items.insert(list.items.begin(), std::make_move_iterator(items.begin()),
                      std::make_move_iterator(items.end()));
  });
}

void take_step(const ConceptRule& rule, TreeNode& resource) {
  const auto take_coding = [&](TreeNode& coding, TreeNode& into) {
    const std::string token = rule.system.empty() ? token_of(coding) : std::string(coding.text_at("code"));
    TreeNode made = TreeNode::text(token, coding.origin);
    const auto system = coding.take("system"), code = coding.take("code");
    if (rule.bare) {  // the coding itself stays: the token is its code
      made.origin = code->origin;
      if (system && system->origin) made.also.push_back(*system->origin);
    }
    into.set("token", std::move(made));
    if (auto display = coding.take("display")) into.set("display", std::move(*display));
    if (&coding != &into && !coding.empty()) into.set("chosen", std::move(coding));
  };
  at_values(resource, rule.at, [&](TreeNode& found) {
    if (!found.is_object()) return;
    if (rule.bare) {
      if (rank(rule.known, token_of(found))) take_coding(found, found);
      return;
    }
    TreeNode* codings = found.find("coding");
    TreeNode* best = nullptr;
    std::optional<std::size_t> best_rank;
    if (codings != nullptr)
      for (TreeNode& coding : codings->items)
        if (const auto mine = rank(rule.known, token_of(coding));
            mine && (!best_rank || *mine < *best_rank)) {
          best = &coding;
          best_rank = mine;
        }
    if (best == nullptr) {
      if (!rule.otherwise.empty()) found.set("token", TreeNode::text(rule.otherwise, ""));
      return;
    }
    TreeNode coding = std::move(*best);
    codings->items.erase(codings->items.begin() + (best - codings->items.data()));
    drop_if_empty(found, "coding");
    take_coding(coding, found);
  });
}

void give_step(const ConceptRule& rule, TreeNode& resource) {
  at_values(resource, rule.at, [&](TreeNode& found) {
    auto token = found.take("token");
    auto display = found.take("display");
    if (!token) return;
    TreeNode coding = TreeNode::object(token->origin);
    const std::string_view whole = token->as_text();
    const std::size_t bar = whole.rfind('|');
    if (!rule.system.empty())
      coding.set("system", TreeNode::text(rule.system));
    else if (bar != std::string_view::npos)
      coding.set("system", TreeNode::text(whole.substr(0, bar)));
    coding.set("code", TreeNode::text(bar == std::string_view::npos ? whole : whole.substr(bar + 1)));
    if (display) coding.set("display", std::move(*display));
    if (rule.bare) {
      for (auto part = coding.members.rbegin(); part != coding.members.rend(); ++part)
        found.set_first(part->first, std::move(part->second));
      found.find("code")->origin = token->origin;
      return;
    }
    TreeNode list = TreeNode::list();
    list.items.push_back(std::move(coding));
    found.set_first("coding", std::move(list));
  });
}

void take_step(const JoinRule& rule, TreeNode& resource) {
  at_holders(resource, rule.at, [&](TreeNode& holder, const std::string& name) {
    TreeNode* found = holder.find(name);
    if (found == nullptr || !found->is_list()) return;
    std::string whole;
    for (const TreeNode& one : found->items)  // one that is null has something to say beside it, not here
      if (!one.as_text().empty()) whole += (whole.empty() ? "" : rule.with) + std::string(one.as_text());
    const auto place = found->items.size() == 1 ? found->items.front().origin : found->origin;
    if (!whole.empty())
      *found = TreeNode::text(whole, place);
    else if (auto unfit = holder.take(name))
      holder.member("unfit").set(name, std::move(*unfit));
  });
}

void give_step(const JoinRule& rule, TreeNode& resource) {
  at_values(resource, rule.at, [&](TreeNode& found) {
    TreeNode list = TreeNode::list();
    list.items.push_back(std::move(found));
    found = std::move(list);
  });
}

void take_step(const DayRule& rule, TreeNode& resource) {
  at_values(resource, rule.at, [&](TreeNode& found) {
    const std::string whole(found.as_text());
    if (whole.empty()) return;
    const std::size_t time = std::min(whole.find('T'), whole.size());
    TreeNode parts = TreeNode::object(found.origin);
    parts.set("date", TreeNode::text(whole.substr(0, time), found.origin));
    if (time < whole.size()) parts.set("time", TreeNode::text(whole.substr(time), found.origin));
    found = std::move(parts);
  });
}

void give_step(const DayRule& rule, TreeNode& resource) {
  at_values(resource, rule.at, [&](TreeNode& found) {
    if (auto date = found.take("date")) found = std::move(*date);
  });
}

void take_step(const DeriveRule& rule, TreeNode& resource) {
  if (find_at(resource, rule.from) != nullptr) return;
  if (!rule.assumed.empty() && resource.find(rule.assumed) != nullptr) return;
  std::optional<TreeNode> plain;
  at_holders(resource, rule.at, [&](TreeNode& holder, const std::string& name) {
    if (const TreeNode* value = holder.find(name); value != nullptr && !value->as_text().empty())
      plain = holder.take(name);
  });
  if (plain) make_at(resource, rule.from) = std::move(*plain);
}

void give_step(const DeriveRule& rule, TreeNode& resource) {
  const TreeNode* from = find_at(resource, rule.from);
  const std::string said(from == nullptr ? std::string_view() : from->as_text());
  const auto known = rule.values.find(said);
  if (from != nullptr && known == rule.values.end() && !said.empty() && said.find('|') == std::string::npos) {
    // What another maker said in the plain element goes back there.
    TreeNode plain = *from;
    resource.take(rule.from.front());
    make_at(resource, rule.at) = std::move(plain);
    return;
  }
  const std::string& value = known == rule.values.end() ? rule.otherwise : known->second;
  if (value.empty()) return;
  make_at(resource, rule.at) = TreeNode::text(value);
  if (said.empty() && !rule.assumed.empty()) {
    TreeNode flag;
    flag.scalar = true;
    resource.set(rule.assumed, std::move(flag));
  }
}

void take_step(const MoveRule& rule, TreeNode& resource) {
  for (const Tokens& path : rule.unless)
    if (find_at(resource, path) != nullptr) return;
  std::optional<TreeNode> moved;
  at_holders(resource, rule.from,
             [&](TreeNode& holder, const std::string& name) { moved = holder.take(name); });
  if (moved) make_at(resource, rule.to) = std::move(*moved);
}

void take_step(const ComposeRule& rule, TreeNode& resource) {
  at_holders(resource, rule.at, [&](TreeNode& holder, const std::string& name) {
    if (holder.find(name) != nullptr) return;
    std::string whole;
    const auto add = [&](std::string_view text) {
      if (!text.empty()) whole += (whole.empty() ? "" : " ") + std::string(text);
    };
    for (const std::string& part : rule.from)
      if (const TreeNode* value = holder.find(part)) {
        add(value->as_text());
        for (const TreeNode& one : value->items) add(one.as_text());
      }
    if (!whole.empty()) holder.set(name, TreeNode::text(whole));
  });
}

void take_step(const QualifyRule& rule, TreeNode& resource) {
  at_holders(resource, rule.at, [&](TreeNode& holder, const std::string& name) {
    TreeNode* state = holder.find(name);
    const auto country = rule.countries.find(std::string(holder.text_at(rule.by)));
    if (state == nullptr || country == rule.countries.end()) return;
    const std::string said(state->as_text());
    const bool code = !said.empty() && said.size() <= 3 && std::all_of(said.begin(), said.end(), [](char c) {
      return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    });
    if (code) *state = TreeNode::text(country->second + "-" + said, state->origin);
  });
}

void give_step(const QualifyRule& rule, TreeNode& resource) {
  at_holders(resource, rule.at, [&](TreeNode& holder, const std::string& name) {
    TreeNode* state = holder.find(name);
    const std::string country = std::string(holder.text_at(rule.by)) + "-";
    if (state == nullptr || country.size() != 3) return;
    const std::string said(state->as_text());
    if (said.compare(0, country.size(), country) == 0) *state = TreeNode::text(said.substr(3), state->origin);
  });
}

}  // namespace hotline
