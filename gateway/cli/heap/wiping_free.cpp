// Memory is wiped when it is given back: by us, by C++, by OpenSSL, SQLite and every other library of this
// process, since all of them end here. What was withdrawn is then in no core dump, however it was parsed or
// copied before. The C library's own `free` is replaced, not called around: glibc supports that, and
// M_PERTURB would leave out the blocks of its thread caches. Not linked where a sanitizer brings its own.
#include <malloc.h>
#include <string.h>

#include <cstdlib>

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

extern "C" {

void __libc_free(void* block);

void free(void* block) noexcept {
  if (block == nullptr) return;
  explicit_bzero(block, malloc_usable_size(block));
  __libc_free(block);
}

// A block that moves leaves nothing behind; one that shrinks leaves nothing behind its new end.
void* realloc(void* block, size_t size) noexcept {
  if (block == nullptr) return malloc(size);
  if (size == 0) {
    free(block);
    return nullptr;
  }
  const size_t before = malloc_usable_size(block);
  if (size <= before && size >= before / 2) {
    explicit_bzero(static_cast<char*>(block) + size, before - size);
    return block;
  }
  void* moved = malloc(size);
  if (moved == nullptr) return nullptr;
  memcpy(moved, block, before < size ? before : size);
  free(block);
  return moved;
}

}  // extern "C"

#endif
