#include "gateway/exchange/words.h"

#include <charconv>

#include "gateway/crypto/digest.h"
#include "gateway/crypto/random.h"
#include "gateway/crypto/slow_hash.h"
#include "gateway/exchange/control_plan.h"
#include "gateway/exchange/receipt_code.h"
#include "i18n/fold.h"

namespace hotline {
namespace {

constexpr std::size_t kBatch = 100;
// A salt that every hotline knows: the code itself is what is random, and it must hash the same everywhere.
constexpr std::string_view kCodeSalt = "hotline-gateway receipt code 1";

std::string as_said(std::string_view word) {
  std::string out;
  for (const char c : fold_for_search(word)) {
    if (static_cast<unsigned char>(c) > ' ') out += c;
  }
  return out;
}

Result<std::string> hash_of_code(const ReceiptCode& code) {
  return slow_hash_hex(code.home.get() + code.digits, kCodeSalt);
}

// Nobody knows what hashes to this.
std::string no_word() {
  return to_hex(random_bytes(32));
}

// Salted with the hash of the receipt code, so that another hotline, which is told both, can hash it as well.
Result<std::string> hash_of_word(std::string_view word, const std::string& code_hash) {
  const auto said = as_said(word);
  return said.empty() ? Result<std::string>(no_word()) : slow_hash_hex(said, code_hash);
}

Answer received() {
  return {202, R"({"state":"received"})"};
}

// The row that the message needs to lie in the outbox; it stands for no referral and is not listed.
ReferralRow row_for_code(const MemberId& home, Instant now) {
  ReferralRow row;
  row.id = ReferralId(uuid4());
  row.peer = home;
  row.status = ReferralStatus::withdrawn_by_person;
  row.sent_sequence = 1;
  row.created = row.updated = row.until = now;
  row.handling = "code";
  return row;
}

// `passes` runs with the try counted; a refused try is counted and told as well.
Result<void> within_limit(const ExchangeContext& context, const std::string& client, Instant now,
                          const std::function<void(Transaction&)>& passes) {
  bool may = false;
  auto committed = context.store.commit([&](Transaction& transaction) -> Result<void> {
    may = may_try(transaction, "client:" + client, context.own_policy().codes.per_client_and_hour, now);
    if (may) {
      passes(transaction);
    } else {
      tell(transaction, EventKind::guessing, {{}, {}, context.self.id, client}, now);
    }
    return {};
  });
  if (!committed) return committed;
  if (!may) return fail(ErrorCode::too_many_requests);
  return {};
}

SaidWord compare(const WordsRow& row, std::string_view hash) {
  const bool code = constant_time_equal(row.word, hash);
  const bool duress = constant_time_equal(row.duress, hash);
  if (code) return SaidWord::code;
  return duress ? SaidWord::duress : SaidWord::none;
}

}  // namespace

bool may_try(Transaction& transaction, std::string_view who, std::int64_t most, Instant now) {
  const std::string name = "codes:" + std::string(who);
  const std::string hour = log_hour(now) + ' ';
  int count = 0;
  if (const auto known = transaction.setting(name); known && known->starts_with(hour)) {
    std::from_chars(known->data() + hour.size(), known->data() + known->size(), count);
  }
  transaction.put(SettingRow{name, hour + std::to_string(count + 1)});
  return count < most;
}

Result<Answer> set_words(const ExchangeContext& context, const ConsentId& id, const WordsWish& wish,
                         const std::string& client) {
  const auto word = as_said(wish.code_word), duress = as_said(wish.duress_word);
  if (word.empty() != wish.code_word.empty()) {
    return fail(ErrorCode::value_not_allowed, "/code_word", "letters");
  }
  if (duress.empty() != wish.duress_word.empty() || (!duress.empty() && duress == word)) {
    return fail(ErrorCode::value_not_allowed, "/duress_word", "another_word");
  }
  const Instant now = context.clock.now();
  const auto code = new_receipt_code(context.self.id);
  auto hash = hash_of_code(code);
  if (!hash) return fail(std::move(hash.error()));
  auto word_hash = hash_of_word(word, *hash);
  auto duress_hash = hash_of_word(duress, *hash);
  if (!word_hash || !duress_hash) return fail(ErrorCode::crypto_failed);
  LogDetail detail;
  detail.consent(id).code("kind", "words").actor(client).at(now);
  auto committed = context.store.commit([&](Transaction& transaction) -> Result<void> {
    if (transaction.consent_history(id).empty()) return fail(ErrorCode::not_found);
    transaction.put(WordsRow{id, *hash, *word_hash, *duress_hash, now});
    transaction.append(LogKind::consent, detail, now);
    return {};
  });
  if (!committed) return fail(std::move(committed.error()));
  Json out(rapidjson::kObjectType);
  set_text(out, "consent_id", id.get(), out.GetAllocator());
  set_text(out, "receipt_code", spoken(code), out.GetAllocator());
  return Answer{201, to_text(out)};
}

Result<SaidWord> which_word(const ExchangeContext& context, const ConsentId& id, std::string_view word) {
  std::optional<WordsRow> row;
  auto read = context.store.read([&](const Reader& reader) -> Result<void> {
    row = reader.words(id);
    return {};
  });
  if (!read) return fail(std::move(read.error()));
  const auto hash = hash_of_word(word, row ? row->code : std::string(64, '0'));
  if (!hash) return fail(hash.error());
  return row ? compare(*row, *hash) : SaidWord::none;
}

Result<Recalled> withdraw_by_word(const ExchangeContext& context, const ConsentId& id, std::string_view word,
                                  const WithdrawalWish& wish) {
  const Instant now = context.clock.now();
  if (auto may = within_limit(context, wish.client, now, [](Transaction&) {}); !may) {
    return fail(std::move(may.error()));
  }
  const auto said = which_word(context, id, word);
  if (!said) return fail(said.error());
  if (*said == SaidWord::none) return fail(ErrorCode::value_not_allowed, "/word", "word");
  auto spoken_wish = wish;
  spoken_wish.word = *said;
  return withdraw_consent(context, id, spoken_wish);
}

Result<Recalled> withdraw_by_code(const ExchangeContext& context, std::string_view code,
                                  std::string_view word, const std::string& client) {
  const auto parsed = parse_receipt_code(code);
  if (!parsed) return fail(ErrorCode::value_not_allowed, "/code", "receipt_code");
  const bool ours = parsed->home == context.self.id;
  if (!ours && !context.peer_keys.contains(parsed->home)) {
    return fail(ErrorCode::value_not_allowed, "/code", "member");
  }
  const Instant now = context.clock.now();
  auto hash = hash_of_code(*parsed);
  if (!hash) return fail(std::move(hash.error()));
  auto word_hash = hash_of_word(word, *hash);
  if (!word_hash) return fail(std::move(word_hash.error()));
  Recalled recalled{received(), {}};
  if (ours) {
    const CodeRequestRow request{uuid4(), context.self.id, *hash, *word_hash, now};
    auto kept = within_limit(context, client, now, [&](Transaction& t) { t.put(request); });
    if (!kept) return fail(std::move(kept.error()));
    return recalled;
  }
  const auto row = row_for_code(parsed->home, now);
  ControlWish wish;
  wish.kind = MessageKind::withdrawal;
  wish.status = ReferralStatus::withdrawn_by_person;
  wish.reason = ControlReason::code_given;
  wish.code = std::move(*hash);
  wish.word = std::move(*word_hash);
  auto parcel = make_control(context, row, wish, now);
  if (!parcel) return fail(std::move(parcel.error()));
  auto kept = within_limit(context, client, now, [&](Transaction& transaction) {
    transaction.put(row);
    put_unseen(transaction, *parcel);
  });
  if (!kept) return fail(std::move(kept.error()));
  recalled.jobs.push_back(job_of(std::move(*parcel)));
  return recalled;
}

Result<ControlPlan> plan_code(const ExchangeContext&, const Opened& opened,
                              const ControlMessage::Fields& said, Instant now) {
  ControlPlan plan;
  plan.result = ReceiptResult::applied;
  plan.request = CodeRequestRow{opened.message.get(), opened.sender, said.code, said.word, now};
  return plan;
}

namespace {

Result<std::vector<DeliveryJob>> follow_code(const ExchangeContext& context, const CodeRequestRow& request,
                                             const WordsRow& words) {
  const auto said = compare(words, request.word);
  const auto step = said == SaidWord::none ? WithdrawalStep::pending : WithdrawalStep::at_once;
  auto done = withdraw_consent(context, words.consent,
                               {step, "code@" + request.from.get(), {}, false, said, request.from, false});
  if (!done && done.error().code == ErrorCode::state_conflict) return std::vector<DeliveryJob>();
  if (!done) return fail(std::move(done.error()));
  return std::move(done->jobs);
}

}  // namespace

Result<std::vector<DeliveryJob>> follow_codes(const ExchangeContext& context) {
  std::vector<std::pair<CodeRequestRow, std::optional<WordsRow>>> open;
  auto read = context.store.read([&](const Reader& reader) -> Result<void> {
    for (auto& request : reader.code_requests(kBatch)) {
      auto words = reader.words_of_code(request.code);
      open.emplace_back(std::move(request), std::move(words));
    }
    return {};
  });
  if (!read) return fail(std::move(read.error()));
  std::vector<DeliveryJob> jobs;
  for (const auto& [request, words] : open) {
    if (words) {
      auto done = follow_code(context, request, *words);
      if (!done) return done;
      for (auto& job : *done) jobs.push_back(std::move(job));
    }
    auto forgotten = context.store.commit([&request = request](Transaction& transaction) -> Result<void> {
      transaction.forget(request);
      return {};
    });
    if (!forgotten) return fail(std::move(forgotten.error()));
  }
  return jobs;
}

}  // namespace hotline
