// registry: the list of members, put together, signed and checked. None can add or cut another alone.
#include <filesystem>
#include <memory>

#include "config/registry.h"
#include "gateway/cli/commands.h"
#include "gateway/cli/members.h"
#include "gateway/crypto/node_keys.h"
#include "gateway/node/anchors.h"
#include "i18n/base/text_files.h"

namespace hotline::cli {
namespace {

const Page kPage = {
    "assemble|sign|verify|anchors [OPTIONS]",
    "The registry says whom every node trusts: members with their certificates, public keys, roles and "
    "signed policy "
    "versions. It is put together once from the member files that 'init' made, then passed round: each "
    "founder looks at "
    "it and signs. Nodes take it when at least two founders have signed.",
    " member.json      one member: public keys, certificate, endpoint\n"
    " registry.json    the registry; after the first signature a JWS with one signature for each founder\n"
    " anchors.json     the founders' public signing keys, given to every node by hand",
    " hotline-gateway registry assemble --out registry.json us/member.json ca/member.json mx/member.json\n"
    " hotline-gateway registry sign --keys us/keys registry.json\n"
    " hotline-gateway registry sign --keys ca/keys registry.json\n"
    " hotline-gateway registry anchors --out anchors.json us/member.json ca/member.json mx/member.json\n"
    " hotline-gateway registry verify --anchors anchors.json registry.json"};

const Page kAssemble = {
    "--out FILE [--version N] [--not-before INSTANT] MEMBER...",
    "Writes the unsigned registry. Its version has to rise with each change, or nodes refuse it.", "",
    " hotline-gateway registry assemble --version 2 --out registry.json */member.json"};
const Page kSign = {
    "--keys DIR FILE",
    "Adds the signature of the node whose keys these are; the file is replaced at once. What is signed is "
    "the list as it stands: read it first.",
    "", " hotline-gateway registry sign --keys /srv/gateway/keys registry.json"};
const Page kVerify = {"--anchors FILE [--minimum N] FILE",
                      "Checks the signatures and the entries, and prints who has signed and who is a member.",
                      "", " hotline-gateway registry verify --anchors anchors.json registry.json"};
const Page kAnchors = {
    "--out FILE MEMBER...", "Writes the public signing keys of the founders named.", "",
    " hotline-gateway registry anchors --out anchors.json us/member.json ca/member.json mx/member.json"};

struct Options {
  std::string out, keys, anchors, file, not_before;
  std::vector<std::string> members;
  std::int64_t version = 1;
  std::size_t minimum = 2;
};

Result<Json> read_list(const Options& options) {
  Json list(rapidjson::kArrayType);
  for (const std::string& file : options.members) {
    const auto one = read_json_file(file);
    if (!one) return fail(one.error());
    list.PushBack(JsonValue(*one, list.GetAllocator()), list.GetAllocator());
  }
  return list;
}

Result<int> assemble(Session& session, const Options& options) {
  const auto root = find_root(session.root);
  if (!root) return fail(root.error());
  auto list = read_list(options);
  if (!list) return fail(list.error());
  const auto from = instant_or_now(options.not_before);
  if (!from) return fail(from.error());
  Json payload(rapidjson::kObjectType);
  auto& allocator = payload.GetAllocator();
  set_member(payload, "version", JsonValue(options.version), allocator);
  set_text(payload, "not_before", format_instant({from->seconds() * 1000}), allocator);
  set_member(payload, "members", JsonValue(*list, allocator), allocator);
  if (auto sound = Registry::parse(payload, *root); !sound) return fail(sound.error());
  if (auto kept = write_file(options.out, to_canonical(payload) + "\n", 0644); !kept)
    return fail(kept.error());
  return 0;
}

Result<int> sign(Session&, const Options& options) {
  const auto keys = load_node_keys(options.keys);
  if (!keys) return fail(keys.error());
  const auto signer = OwnKey::from(keys->signing);
  if (!signer) return fail(signer.error());
  const auto document = read_json_file(options.file);
  if (!document) return fail(document.error());
  const bool signed_already = member(*document, "signatures") != nullptr;
  const auto payload =
      signed_already ? registry_payload(*document) : Result<std::string>(to_canonical(*document));
  if (!payload) return fail(payload.error());
  auto token = sign_registry(*payload, *signer);
  if (token && signed_already) token = merge_registries(to_text(*document), *token);
  if (!token) return fail(token.error());
  if (auto kept = write_file(options.file, *token, 0644); !kept) return fail(kept.error());
  return 0;
}

Result<int> verify(Session& session, const Options& options) {
  const auto root = find_root(session.root);
  if (!root) return fail(root.error());
  const auto anchors = read_anchors(options.anchors);
  if (!anchors) return fail(anchors.error());
  const auto token = read_file(options.file);
  if (!token) return fail(token.error());
  const auto verified = verify_registry(*token, *anchors, options.minimum);
  if (!verified) return fail(verified.error());
  const auto payload = parse_json(verified->payload);
  if (!payload) return fail(payload.error());
  const auto registry = Registry::parse(*payload, *root);
  if (!registry) return fail(registry.error());
  session.out << "version " << registry->version() << "\nsigned by";
  for (const MemberId& signer : verified->signers) session.out << ' ' << signer;
  session.out << '\n';
  for (const Member& each : registry->members()) {
    session.out << each.id << "  " << each.country << "  " << to_string(each.role) << "  "
                << each.policy_version << "  " << each.endpoint << (each.active ? "" : "  inactive") << '\n';
  }
  return 0;
}

Result<int> anchors(Session&, const Options& options) {
  auto list = read_list(options);
  if (!list) return fail(list.error());
  const auto text = anchors_text(*list);
  if (!text) return fail(text.error());
  if (auto kept = write_file(options.out, *text, 0644); !kept) return fail(kept.error());
  return 0;
}

using Step = Result<int> (*)(Session&, const Options&);

CLI::App& add_step(CLI::App& registry, Session& session, const char* name, const char* brief,
                   const Page& page, const std::shared_ptr<Options>& options, Step step) {
  CLI::App& command = add_command(registry, session, name, brief, page);
  command.callback([&session, options, step] {
    session.action = [&session, options, step] { return step(session, *options); };
  });
  return command;
}

}  // namespace

void add_registry(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App& registry = *app.add_subcommand("registry", "put together, sign and check the list of members");
  registry.formatter(std::make_shared<ManualPage>(kPage));
  registry.require_subcommand(1);

  CLI::App& assembling =
      add_step(registry, session, "assemble", "make it of member files", kAssemble, options, assemble);
  assembling.add_option("--out", options->out, "Where to write it.")->type_name("FILE")->required();
  assembling.add_option("--version", options->version, "Rises with every change.")
      ->type_name("N")
      ->capture_default_str();
  assembling.add_option("--not-before", options->not_before, "From when it holds; from now without this.")
      ->type_name("INSTANT");
  assembling.add_option("MEMBER", options->members, "Member files.")->required();

  CLI::App& signing = add_step(registry, session, "sign", "add a founder's signature", kSign, options, sign);
  signing.add_option("--keys", options->keys, "Folder of the node's keys.")->type_name("DIR")->required();
  signing.add_option("FILE", options->file, "The registry.")->required();

  CLI::App& verifying =
      add_step(registry, session, "verify", "check signatures and entries", kVerify, options, verify);
  verifying.add_option("--anchors", options->anchors, "The founders' public keys.")
      ->type_name("FILE")
      ->required();
  verifying.add_option("--minimum", options->minimum, "How many founders must have signed.")
      ->type_name("N")
      ->check(CLI::Range(2, 9))
      ->capture_default_str();
  verifying.add_option("FILE", options->file, "The registry.")->required();

  CLI::App& anchoring =
      add_step(registry, session, "anchors", "write the founders' public keys", kAnchors, options, anchors);
  anchoring.add_option("--out", options->out, "Where to write them.")->type_name("FILE")->required();
  anchoring.add_option("MEMBER", options->members, "Member files of the founders.")->required();
}

}  // namespace hotline::cli
