// The places where a crash must not lose or double anything, by name. The program links a crash_point that
// does nothing; a test links one that ends the process there and then (tests/integration), for each name of
// the list.
#pragma once

#include <string_view>

namespace hotline {

enum class CrashPoint {
  send_sealed,          // nothing is on disk yet
  send_committed,       // durable here, the hotline has no answer yet
  deliver_before_post,  // about to leave
  deliver_answered,     // the peer has it and says so; not yet written down here
  deliver_committed,    // the receipt is on disk
  receive_opened,       // here, verified, not yet on disk
  receive_committed,    // durable here, no receipt given yet
  receive_receipted,    // the receipt is made, the peer does not have it yet
  status_committed,     // our own change of a status is durable, its message has not left
  control_committed,    // a peer's control message is applied, no receipt given yet
  withdraw_committed,   // a withdrawal is durable here, nobody has been told
  ack_committed,        // the hotline's system has taken a record, its key is going
  complete_sealed,      // a second stage is sealed, nothing of it is on disk
  complete_committed,   // a second stage is durable here, the hotline has no answer yet
};

inline constexpr struct {
  CrashPoint point;
  std::string_view name;
} kCrashPoints[] = {
    {CrashPoint::send_sealed, "send.sealed"},
    {CrashPoint::send_committed, "send.committed"},
    {CrashPoint::deliver_before_post, "deliver.before_post"},
    {CrashPoint::deliver_answered, "deliver.answered"},
    {CrashPoint::deliver_committed, "deliver.committed"},
    {CrashPoint::receive_opened, "receive.opened"},
    {CrashPoint::receive_committed, "receive.committed"},
    {CrashPoint::receive_receipted, "receive.receipted"},
    {CrashPoint::status_committed, "status.committed"},
    {CrashPoint::control_committed, "control.committed"},
    {CrashPoint::withdraw_committed, "withdraw.committed"},
    {CrashPoint::ack_committed, "ack.committed"},
    {CrashPoint::complete_sealed, "complete.sealed"},
    {CrashPoint::complete_committed, "complete.committed"},
};

void crash_point(CrashPoint point);

}  // namespace hotline
