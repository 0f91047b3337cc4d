// What we add of our own to a form that others publish: an extension that another reader does not know, a
// field that no installation but ours has. It comes home with us and with nobody else, so the report says of
// it what it says of a note: dropped, with its place (adapters/README.md, "additions").
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/engine/report.h"

namespace hotline {

class OwnAdditions {
 public:
  // `additions` of a mapping; none when it has no such member.
  static OwnAdditions of(const JsonValue& mapping);

  // `record` is what was handed out; the lines already speak of its places.
  void say_in(MappingReport& report, const JsonValue& record) const;

 private:
  bool hold(const JsonValue& record, std::string_view pointer) const;

  std::vector<std::string> members_;     // how the names of such members begin
  std::vector<std::string> extensions_;  // how the urls of such extensions begin
};

}  // namespace hotline
