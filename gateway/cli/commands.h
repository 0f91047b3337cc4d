// One function a command: it adds the subcommand with its options and page, and sets what is done when it is
// named. One file a command; none of them knows another.
#pragma once

#include "gateway/cli/session.h"

namespace hotline::cli {

void add_init(CLI::App& app, Session& session);
void add_registry(CLI::App& app, Session& session);
void add_serve(CLI::App& app, Session& session);
void add_convert(CLI::App& app, Session& session);
void add_preview(CLI::App& app, Session& session);
void add_explain(CLI::App& app, Session& session);
void add_redact(CLI::App& app, Session& session);
void add_scan(CLI::App& app, Session& session);
void add_send(CLI::App& app, Session& session);
void add_inbox(CLI::App& app, Session& session);
void add_show(CLI::App& app, Session& session);
void add_status(CLI::App& app, Session& session);
void add_accept(CLI::App& app, Session& session);
void add_decline(CLI::App& app, Session& session);
void add_withdraw(CLI::App& app, Session& session);
void add_audit(CLI::App& app, Session& session);
void add_check(CLI::App& app, Session& session);
void add_version(CLI::App& app, Session& session);

}  // namespace hotline::cli
