#include "gateway/cli/api.h"

#include <algorithm>
#include <filesystem>

#include "config/settings.h"
#include "gateway/cli/node_files.h"
#include "i18n/base/text_files.h"

namespace hotline::cli {
namespace {

// What the gateway refused and how the contract counts that.
ErrorCode counted_as(int status) {
  if (status == 401 || status == 403) return ErrorCode::refused_by_policy;
  if (status == 429 || status >= 502) return ErrorCode::peer_unavailable;
  if (status >= 500) return ErrorCode::internal;
  return ErrorCode::request_malformed;
}

Result<std::string> read_token(const std::string& file) {
  auto token = read_file(file, 4096);
  if (!token) return fail(ErrorCode::not_found, "", "--token-file");
  token->erase(std::find_if(token->rbegin(), token->rend(), [](unsigned char c) { return c > ' '; }).base(),
               token->end());
  return token;
}

}  // namespace

void add_api_options(CLI::App& command, ApiOptions& options) {
  command.add_option("--config", options.config, "Settings of the node whose gateway is running.")
      ->type_name("FILE")
      ->envname("HOTLINE_CONFIG")
      ->capture_default_str();
  command
      .add_option("--client", options.client,
                  "As which client of the API: tokens/CLIENT beside the settings.")
      ->type_name("CLIENT")
      ->capture_default_str();
  command
      .add_option("--token-file", options.token_file,
                  "File that holds the bearer token, when it lies elsewhere.")
      ->type_name("FILE");
  command.add_option("--port", options.port, "Port of the API, when the settings say 0.")->type_name("PORT");
}

Result<Api> Api::open(const Session& session, const ApiOptions& options) {
  const auto settings = Settings::load(options.config);
  if (!settings) return fail(settings.error());
  const std::string folder = std::filesystem::absolute(options.config).parent_path().string();
  const auto token =
      read_token(options.token_file.empty() ? NodeFiles{folder}.token(options.client) : options.token_file);
  if (!token) return fail(token.error());
  const auto certificate = read_file(settings->keys_folder + "/tls.crt", 1u << 20);
  if (!certificate) return fail(certificate.error());
  const auto digests = certificate_digests(*certificate);
  if (!digests) return fail(digests.error());
  const auto tls = TlsContext::client({}, {*certificate});
  if (!tls) return fail(tls.error());
  HttpClientSettings to;
  to.host = settings->api.host;
  to.port = options.port != 0 ? options.port : settings->api.port;
  to.pinned_key = digests->key;
  return Api(std::make_unique<HttpClient>(to, *tls), *token, speaking(session).get());
}

Result<Reply> Api::fetch(const std::string& method, const std::string& path, const Headers& query,
                         const std::string& body, const Headers& headers) {
  HttpRequest request;
  request.method = method;
  request.path = path;
  request.query = query;
  request.headers = headers;
  request.headers.emplace_back("Authorization", "Bearer " + token_);
  request.headers.emplace_back("Accept-Language", language_);
  if (method != "GET") request.headers.emplace_back("Content-Type", "application/json");
  request.body = body;
  auto reply = client_->send(request, reply_ms_);
  // Our own gateway is not there: nothing was taken in, unlike when a peer cannot be reached.
  if (!reply && reply.error().code == ErrorCode::peer_unavailable)
    return fail(ErrorCode::store_unavailable, "", "serve");
  if (!reply || reply->status < 400) return reply;
  problem_ = reply->body;
  return fail(counted_as(reply->status));
}

Result<Answer> Api::call(const std::string& method, const std::string& path, const Headers& query,
                         const std::string& body, const Headers& headers) {
  const auto reply = fetch(method, path, query, body, headers);
  if (!reply) return fail(reply.error());
  auto json = parse_json(reply->body, {64u << 20, 64});
  if (!json) return fail(ErrorCode::internal);
  return Answer{reply->status, std::move(*json)};
}

Result<int> with_api(Session& session, const ApiOptions& options,
                     const std::function<Result<int>(Api&)>& work) {
  auto api = Api::open(session, options);
  if (!api) return fail(api.error());
  auto done = work(*api);
  if (done || api->problem().empty()) return done;
  const auto document = parse_json(api->problem());
  session.err << (document ? to_pretty(*document) : api->problem()) << '\n';
  return exit_status(done.error().code);
}

Result<int> print_call(Session& session, const ApiOptions& options, const std::string& method,
                       const std::string& path, const Headers& query, const std::string& body) {
  return with_api(session, options, [&](Api& api) -> Result<int> {
    const auto answer = api.call(method, path, query, body);
    if (!answer) return fail(answer.error());
    say_alarms(session, answer->body);
    session.out << to_pretty(answer->body) << '\n';
    return 0;
  });
}

void say_alarms(Session& session, const JsonValue& body) {
  const JsonValue* alarms = member(body, "alarms");
  if (alarms == nullptr || !alarms->IsArray()) return;
  for (const JsonValue& each : alarms->GetArray())
    session.err << "*** " << text_at(each, "text") << "  [" << text_at(each, "referral") << "]\n";
}

std::optional<std::string> next_cursor(const Headers& headers) {
  const std::string* link = find_header(headers, "Link");
  const auto at = link == nullptr ? std::string::npos : link->find("cursor=");
  if (at == std::string::npos) return std::nullopt;
  return link->substr(at + 7, link->find_first_of("&>", at) - at - 7);
}

Result<std::string> path_id(const std::string& id) {
  const bool fine = !id.empty() && id.size() <= 64 && std::all_of(id.begin(), id.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '-' || c == '.' || c == '_';
  });
  if (!fine || id.front() == '.') return fail(ErrorCode::value_not_allowed, "", "ID");
  return id;
}

}  // namespace hotline::cli
