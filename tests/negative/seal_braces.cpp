// Braces around text do not become a message.
#include "gateway/seal/seal.h"

hotline::Result<hotline::Sealed> send(const hotline::ControlMessage& message,
                                      const hotline::SealContext& context) {
#ifdef TWIN
  return hotline::seal(message, context);
#else
  (void)message;
  return hotline::seal({std::string("text")}, context);
#endif
}
