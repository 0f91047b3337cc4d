// Neither can a record, however it was come by.
#include "adapters/record/referral.h"
#include "gateway/seal/seal.h"

#ifdef TWIN
hotline::Result<hotline::Sealed> send(const hotline::Disclosure& disclosure,
                                      const hotline::SealContext& context) {
  return hotline::seal(disclosure, context);
}
#else
hotline::Result<hotline::Sealed> send(const hotline::Referral& referral,
                                      const hotline::SealContext& context) {
  return hotline::seal(referral.json(), context);
}
#endif
