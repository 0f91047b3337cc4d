#include "consent/request.h"

namespace hotline {

Request request_to(const Member& sender, const Member& recipient, Purpose purpose, Instant now) {
  Request request;
  request.sender = sender.id;
  request.sender_country = sender.country;
  request.recipient = recipient.id;
  request.recipient_country = recipient.country;
  request.recipient_role = recipient.role;
  request.recipient_policy_version = recipient.policy_version;
  request.recipient_active = recipient.active;
  request.purpose = std::move(purpose);
  request.now = now;
  return request;
}

}  // namespace hotline
