// What a request leaves on its thread's stack: short texts lie there, in objects that are gone.
#pragma once

namespace hotline {

// Overwrites the part of the stack that the calls before this one have used, down to 256 KB.
void wipe_stack();

}  // namespace hotline
