// The command line as a client of its own running gateway: same API, same refusals.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "gateway/cli/session.h"
#include "gateway/http/client.h"
#include "i18n/base/json.h"

namespace hotline::cli {

struct ApiOptions {
  std::string config = "config.json";
  std::string token_file;  // "": the token of `client` in the node's folder
  std::string client = "system";
  std::uint16_t port = 0;  // 0: the one in the settings
};
void add_api_options(CLI::App& command, ApiOptions& options);

// An answer that is not a refusal.
struct Answer {
  int status = 0;
  Json body;
};

class Api {
 public:
  // settings_invalid, not_found (no token) or crypto_failed. Nothing is sent yet.
  static Result<Api> open(const Session& session, const ApiOptions& options);

  // A refusal keeps the gateway's own problem document: see problem(). store_unavailable
  // when no gateway answers.
  Result<Answer> call(const std::string& method, const std::string& path, const Headers& query = {},
                      const std::string& body = {}, const Headers& headers = {});
  // As text, for what is not JSON (a checkpoint).
  Result<Reply> fetch(const std::string& method, const std::string& path, const Headers& query = {},
                      const std::string& body = {}, const Headers& headers = {});
  // The problem document of the last refusal; "" when there was none.
  const std::string& problem() const { return problem_; }
  void wait_for(int seconds) { reply_ms_ = (seconds + 10) * 1000; }

 private:
  Api(std::unique_ptr<HttpClient> client, std::string token, std::string language)
      : client_(std::move(client)), token_(std::move(token)), language_(std::move(language)) {}
  std::unique_ptr<HttpClient> client_;
  std::string token_;
  std::string language_;
  std::string problem_;
  int reply_ms_ = 0;
};

// Runs `work` with an open Api. What the gateway refused is printed as the gateway said it; the exit status
// is that of the contract.
Result<int> with_api(Session& session, const ApiOptions& options,
                     const std::function<Result<int>(Api&)>& work);
// The common case: one call, its answer printed.
Result<int> print_call(Session& session, const ApiOptions& options, const std::string& method,
                       const std::string& path, const Headers& query, const std::string& body);

// What people have to see before anything else, on the error stream: the `alarms` of an answer.
void say_alarms(Session& session, const JsonValue& body);

// The cursor of the next page (RFC 8288), from the Link header; nothing on the last one.
std::optional<std::string> next_cursor(const Headers& headers);

// An id that goes into a path: refused (value_not_allowed) when it has not the shape of one.
Result<std::string> path_id(const std::string& id);

}  // namespace hotline::cli
