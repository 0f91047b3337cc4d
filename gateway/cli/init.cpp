// init: everything a new node needs, in one folder; no secret of it is ever in the repository.
#include <sys/stat.h>

#include <filesystem>
#include <memory>

#include "config/read.h"
#include "gateway/cli/commands.h"
#include "gateway/cli/init_config.h"
#include "gateway/cli/members.h"
#include "gateway/cli/node_files.h"
#include "gateway/crypto/digest.h"
#include "gateway/crypto/node_keys.h"
#include "gateway/crypto/random.h"
#include "i18n/base/text_files.h"

namespace hotline::cli {
namespace {

const Page kPage = {
    "--node ID --dir DIR [OPTIONS]",
    "Makes a node's keys (signing, encryption, TLS, log), its self-signed certificate and a certificate "
    "request, "
    "folders for its store, one bearer token for each client of its API, a commented config.json, and "
    "member.json: the "
    "public part, for the registry. Secrets are readable by the owner only. Nothing that exists is "
    "overwritten.\n"
    "\n"
    "What the node is (name, country, languages, profile, role, policy) is taken from --member, else from "
    "the "
    "demonstration member of that id. The other hotlines then put the member files together with "
    "'hotline-gateway "
    "registry', at least two of the founders sign, and every node gets registry.json and anchors.json.\n"
    "\n"
    "Unless --client is given, the clients are system (submits, receives, handles consents), auditor, "
    "supervisor "
    "(attests) and operator. A token is the whole content of its file.",
    " DIR/config.json       settings, commented\n"
    " DIR/keys/             private keys, tls.crt, tls.csr\n"
    " DIR/store/            the store, once the gateway runs\n"
    " DIR/tokens/CLIENT     bearer tokens\n"
    " DIR/member.json       this node for the registry: public keys, certificate, endpoint\n"
    " DIR/registry.json     to be put here: the signed registry\n"
    " DIR/anchors.json      to be put here by hand: the founders' public signing keys",
    " hotline-gateway init --node us --dir /srv/gateway --endpoint https://gateway.hotline.example:9443\n"
    " hotline-gateway init --node ca --dir ./ca --environment demo --api-port 8444 --peer-port 9444"};

constexpr std::int64_t kCertificateSeconds = 3600LL * 24 * 825;

struct Options {
  NewNode node;
  std::string dir, member;
  std::vector<std::string> clients, hosts;
};

// Which clients a new node has unless told otherwise; nobody holds audit with receive, nor attest with
// submit.
const std::vector<std::string> kClients = {"system:hotline_system:submit,receive,consent",
                                           "auditor:auditor:audit", "supervisor:staff:attest",
                                           "operator:operator:admin,stats"};

// "a,b" by its commas; "" is nothing at all.
std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = std::min(text.find(at, begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

template <class T, std::size_t N>
std::optional<T> named(const std::string& text, const T (&all)[N]) {
  for (const T each : all) {
    if (to_string(each) == text) return each;
  }
  return std::nullopt;
}

// ID:ROLE:SCOPE,SCOPE
Result<Client> parse_client(const std::string& text) {
  static constexpr ClientRole kRoles[] = {ClientRole::hotline_system,  ClientRole::staff,
                                          ClientRole::auditor,         ClientRole::operator_,
                                          ClientRole::law_enforcement, ClientRole::immigration_enforcement};
  static constexpr Scope kScopes[] = {Scope::submit, Scope::receive, Scope::consent, Scope::attest,
                                      Scope::audit,  Scope::stats,   Scope::admin};
  const auto parts = split(text, ':');
  if (parts.size() < 2 || parts.size() > 3) return fail(ErrorCode::usage, "", "--client ID:ROLE:SCOPES");
  Client client;
  client.id = parts[0];
  const auto role = named(parts[1], kRoles);
  if (!role) return fail(ErrorCode::usage, "", "--client role");
  client.role = *role;
  for (const std::string& name : split(parts.size() > 2 ? parts[2] : "", ',')) {
    const auto scope = named(name, kScopes);
    if (!scope) return fail(ErrorCode::usage, "", "--client scope");
    client.scopes.push_back(*scope);
  }
  return client;
}

// What the node is: the member file given, or the demonstration member of its id.
Result<Json> describe_member(const Options& options, const std::string& root) {
  if (!options.member.empty()) return read_json_file(options.member);
  auto demo = demo_members(root);
  if (!demo) return fail(demo.error());
  for (const JsonValue& each : (*demo)["members"].GetArray()) {
    if (text_at(each, "id") != options.node.id) continue;
    Json found;
    found.CopyFrom(each, found.GetAllocator());
    return found;
  }
  return fail(ErrorCode::usage, "", "--member");
}

// The description, now with an address and public keys: what the others are given.
Result<std::string> member_text(Json description, const NewNode& node, const NodeKeys& keys) {
  auto& allocator = description.GetAllocator();
  const auto put_jwk = [&](const char* name, const std::string& jwk) -> Result<void> {
    const auto parsed = parse_json(jwk);
    if (!parsed) return fail(parsed.error());
    set_member(description, name, JsonValue(*parsed, allocator), allocator);
    return {};
  };
  set_text(description, "endpoint", node.endpoint, allocator);
  set_text(description, "certificate_pem", keys.certificate_pem, allocator);
  set_text(description, "spki_sha256", keys.tls.spki_sha256(), allocator);
  if (auto put = put_jwk("signing_jwk", keys.signing.public_jwk(KeyUse::sig)); !put) return fail(put.error());
  if (auto put = put_jwk("encryption_jwk", keys.encryption.public_jwk(KeyUse::enc)); !put)
    return fail(put.error());
  return to_pretty(description) + "\n";
}

struct NewClients {
  std::vector<Client> clients;
  std::vector<SecretBytes> tokens;  // one for each
};

Result<NewClients> make_clients(const Options& options) {
  NewClients made;
  for (const std::string& text : options.clients.empty() ? kClients : options.clients) {
    auto client = parse_client(text);
    if (!client) return fail(client.error());
    made.tokens.emplace_back(to_base64url(random_bytes(32)));
    client->token_sha256 = sha256_hex(made.tokens.back().reveal());
    made.clients.push_back(std::move(*client));
  }
  return made;
}

// The settings as serve will read them: what it would refuse is refused before anything is made, and before
// the name of a client has become the name of a file.
Result<void> check_config(const NewNode& node, const std::string& folder) {
  const auto document = parse_json(config_text(node));
  if (!document) return fail(document.error());
  if (auto settings = Settings::parse(*document, folder, node.data_root); !settings)
    return fail(settings.error());
  return {};
}

Result<void> write_tokens(const NewClients& made, const NodeFiles& files) {
  for (std::size_t i = 0; i < made.clients.size(); ++i) {
    const auto kept = write_file(files.token(made.clients[i].id), made.tokens[i].reveal(), 0600);
    if (!kept) return fail(kept.error());
  }
  return {};
}

Result<void> make_folder(const std::string& path) {
  std::error_code failed;
  std::filesystem::create_directories(path, failed);
  if (failed || chmod(path.c_str(), 0700) != 0) return fail(ErrorCode::store_unavailable, "", "--dir");
  return {};
}

Result<int> run(Session& session, const Options& options) {
  const auto root = find_root(session.root);
  if (!root) return fail(root.error());
  const NodeFiles files{std::filesystem::absolute(options.dir).lexically_normal().string()};
  if (std::filesystem::exists(files.config())) return fail(ErrorCode::state_conflict, "", "node_folder");
  NewNode node = options.node;
  node.data_root = std::filesystem::absolute(*root).string();
  if (node.endpoint.empty()) node.endpoint = "https://" + node.host + ":" + std::to_string(node.peer_port);
  auto description = describe_member(options, *root);
  if (!description) return fail(description.error());
  if (node.language.empty()) {
    const auto languages = texts_at(*description, "languages");
    node.language = languages.empty() ? "en" : languages.front();
  }
  auto clients = make_clients(options);
  if (!clients) return fail(clients.error());
  node.clients = clients->clients;
  if (auto checked = check_config(node, files.directory); !checked) return fail(checked.error());
  for (const std::string& folder : {files.directory, files.store(), files.tokens()}) {
    if (auto made = make_folder(folder); !made) return fail(made.error());
  }
  const Instant now = SystemClock().now();
  const auto keys = generate_node_keys(
      files.keys(), {node.id, options.hosts, now.plus_seconds(-3600), now.plus_seconds(kCertificateSeconds)});
  if (!keys) return fail(keys.error());
  if (auto kept = write_tokens(*clients, files); !kept) return fail(kept.error());
  const auto member = member_text(std::move(*description), node, *keys);
  if (!member) return fail(member.error());
  if (auto kept = write_file(files.member(), *member, 0644); !kept) return fail(kept.error());
  if (auto kept = write_file(files.config(), config_text(node), 0600); !kept) return fail(kept.error());
  session.out << files.config() << '\n';
  return 0;
}

void add_options(CLI::App& command, Options& options) {
  command.add_option("--node", options.node.id, "Id of the member, for example us.")
      ->type_name("ID")
      ->required();
  command.add_option("--dir", options.dir, "Folder to make it in.")->type_name("DIR")->required();
  command
      .add_option("--member", options.member, "What the node is, as in config/registry/demo-members.json.")
      ->type_name("FILE");
  command.add_option("--environment", options.node.environment, "production, demo or test.")
      ->check(CLI::IsMember({"production", "demo", "test"}))
      ->type_name("NAME")
      ->capture_default_str();
  command
      .add_option("--language", options.node.language,
                  "Language of this hotline; its first one without this.")
      ->type_name("TAG");
  command.add_option("--host", options.node.host, "Address to listen at.")
      ->type_name("HOST")
      ->capture_default_str();
  command.add_option("--api-port", options.node.api_port, "Port of the API.")
      ->type_name("PORT")
      ->capture_default_str();
  command.add_option("--peer-port", options.node.peer_port, "Port for the other gateways.")
      ->type_name("PORT")
      ->capture_default_str();
  command
      .add_option("--endpoint", options.node.endpoint,
                  "How the others reach the peer port: https://host:port.")
      ->type_name("URL");
  command.add_option("--name", options.hosts, "Further host names for the certificate.")->type_name("HOST");
  command
      .add_option("--client", options.clients, "A client of the API, ID:ROLE:SCOPE,SCOPE; may be repeated.")
      ->type_name("CLIENT");
  command
      .add_option("--test-clock-file", options.node.test_clock_file,
                  "With --environment test: a file with the instant that the node takes for now.")
      ->type_name("FILE");
}

}  // namespace

void add_init(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App& command =
      add_command(app, session, "init", "make a new node: keys, certificate, tokens, settings", kPage);
  add_options(command, *options);
  command.callback(
      [&session, options] { session.action = [&session, options] { return run(session, *options); }; });
}

}  // namespace hotline::cli
