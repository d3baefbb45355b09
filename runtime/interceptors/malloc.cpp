// The C allocation functions. All weak: a program may bring its own, and then all of its blocks are its own.
#include <errno.h>
#include <malloc.h>
#include <stdlib.h>

#include "interceptors/handler_frame.h"
#include "interceptors/heap.h"
#include "interceptors/real_function.h"
#include "runtime.h"

using namespace snag;

namespace {

constexpr size_t kMinAlignment = 16, kPageBytes = 4096;

bool isPowerOfTwo(size_t value) { return value != 0 && (value & (value - 1)) == 0; }

// glibc rounds alignments up rather than refusing them.
size_t roundToPowerOfTwo(size_t alignment) {
  size_t power = kMinAlignment;
  while (power < alignment) power *= 2;
  return power;
}

}  // namespace

SNAG_INTERCEPTOR void* malloc(size_t size) noexcept {
  noteUnsafeCall("malloc", SNAG_CALLER);
  return allocate(size, kMinAlignment, false, SNAG_CALLER);
}

// Under a name that no program replaces, so that start-up can tell whose malloc `malloc` is.
extern "C" void* snagMalloc(size_t size) noexcept __attribute__((alias("malloc")));
extern "C" const void* const snagMallocInterceptor = reinterpret_cast<const void*>(&snagMalloc);

SNAG_INTERCEPTOR void* calloc(size_t count, size_t size) noexcept {
  noteUnsafeCall("calloc", SNAG_CALLER);
  size_t bytes;
  if (__builtin_mul_overflow(count, size, &bytes)) {
    errno = ENOMEM;
    return nullptr;
  }
  return allocate(bytes, kMinAlignment, true, SNAG_CALLER);
}

SNAG_INTERCEPTOR void* realloc(void* block, size_t size) noexcept {
  noteUnsafeCall("realloc", SNAG_CALLER);
  return reallocate(block, size, SNAG_CALLER);
}

SNAG_INTERCEPTOR void* reallocarray(void* block, size_t count, size_t size) noexcept {
  size_t bytes;
  if (__builtin_mul_overflow(count, size, &bytes)) {
    errno = ENOMEM;
    return nullptr;
  }
  return reallocate(block, bytes, SNAG_CALLER);
}

SNAG_INTERCEPTOR void free(void* block) noexcept {
  if (block == nullptr) return;
  const Place place = SNAG_CALLER;
  noteUnsafeCall("free", place);
  deallocate(block, place, judgeFree(place));
}

SNAG_INTERCEPTOR void* memalign(size_t alignment, size_t size) noexcept {
  return allocate(size, roundToPowerOfTwo(alignment), false, SNAG_CALLER);
}

SNAG_INTERCEPTOR void* aligned_alloc(size_t alignment, size_t size) noexcept {
  return allocate(size, roundToPowerOfTwo(alignment), false, SNAG_CALLER);
}

SNAG_INTERCEPTOR int posix_memalign(void** out, size_t alignment, size_t size) noexcept {
  if (!isPowerOfTwo(alignment) || alignment % sizeof(void*) != 0) return EINVAL;
  const int before = errno;
  void* memory = allocate(size, roundToPowerOfTwo(alignment), false, SNAG_CALLER);
  errno = before;  // POSIX: the result tells, errno does not
  if (memory == nullptr) return ENOMEM;
  *out = memory;
  return 0;
}

SNAG_INTERCEPTOR void* valloc(size_t size) noexcept { return allocate(size, kPageBytes, false, SNAG_CALLER); }

SNAG_INTERCEPTOR void* pvalloc(size_t size) noexcept {
  return allocate((size + kPageBytes - 1) & ~(kPageBytes - 1), kPageBytes, false, SNAG_CALLER);
}

SNAG_INTERCEPTOR size_t malloc_usable_size(void* block) noexcept { return block != nullptr ? usableSize(block) : 0; }
