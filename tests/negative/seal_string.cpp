// Text cannot be sealed.
#include "gateway/seal/seal.h"

hotline::Result<hotline::Sealed> send(const hotline::Disclosure& disclosure,
                                      const hotline::SealContext& context) {
#ifdef TWIN
  return hotline::seal(disclosure, context);
#else
  return hotline::seal(disclosure.bytes(), context);
#endif
}
