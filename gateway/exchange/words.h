// Taking back by voice, without papers, at any hotline: a code word, a duress word, a spoken receipt code.
// Kept are slow salted hashes only; nothing can be searched for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/exchange/answer.h"
#include "gateway/exchange/withdraw.h"

namespace hotline {

struct WordsWish {
  std::string code_word;    // both may be empty; letters, digits and spaces as the person says them
  std::string duress_word;  // answered like the code word; stops, destroys nothing early, tells a named human
};
// 201 {"consent_id","receipt_code"}: said to the person and kept nowhere. Replaces what was set before.
// not_found for an unknown consent; value_not_allowed when the two words are the same or no word at all.
Result<Answer> set_words(const ExchangeContext& context, const ConsentId& id, const WordsWish& wish,
                         const std::string& client);

// Which of the person's words this is.
Result<SaidWord> which_word(const ExchangeContext& context, const ConsentId& id, std::string_view word);

// withdraw_consent() with the person's word. For the duress word everything that is answered, kept or shown
// is the same, and as much work is done for it. value_not_allowed /word for any other.
Result<Recalled> withdraw_by_word(const ExchangeContext& context, const ConsentId& id, std::string_view word,
                                  const WithdrawalWish& wish);

// 202 {"state":"received"}, whether the code is known or not, here or elsewhere: it is looked at later, or by
// the hotline that it names. value_not_allowed when it is none (a digit misheard, a hotline that is no
// member); too_many_requests.
Result<Recalled> withdraw_by_code(const ExchangeContext& context, std::string_view code,
                                  std::string_view word, const std::string& client);

// False when `who` has tried often enough within this hour. Counts this try.
bool may_try(Transaction& transaction, std::string_view who, std::int64_t most, Instant now);

// Looks at what came by receipt code since the last time.
Result<std::vector<DeliveryJob>> follow_codes(const ExchangeContext& context);

}  // namespace hotline
