// Who calls: by bearer token, by client certificate, or by both where the settings want both.
#pragma once

#include <vector>

#include "config/settings.h"
#include "gateway/http/message.h"

namespace hotline {

// nullptr: nobody we know. Takes the same time for every unknown token.
const Client* find_client(const std::vector<Client>& clients, const HttpRequest& request);

}  // namespace hotline
