// One running gateway: its store, its two listeners, its deliveries. The only place that names every
// implementation is node.cpp.
#pragma once

#include <cstdint>
#include <memory>

#include "i18n/base/result.h"

namespace hotline {

struct Settings;  // config/settings.h

class Node {
 public:
  // Loads the data, the keys and the registry, opens the store, takes up what an earlier run left undone and
  // listens. Everything that can be wrong with the settings is an Error here (settings_invalid with its
  // pointer, data_invalid, store_unavailable, log_mismatch, ...).
  static Result<std::unique_ptr<Node>> start(const Settings& settings);
  ~Node();  // stops
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;

  std::uint16_t api_port()
      const;  // where the hotline's own systems call; the settings' port, or the free one found
  std::uint16_t peer_port() const;  // where the other gateways call
  // Takes nothing new, lets running requests and deliveries end, closes the store. What is undelivered stays
  // queued.
  void stop();

 private:
  struct Impl;
  explicit Node(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace hotline
