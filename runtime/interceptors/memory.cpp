// Mappings come and go: what was remembered about their addresses goes with them.
#include <stdarg.h>
#include <sys/mman.h>

#include "interceptors/real_function.h"
#include "interceptors/shared_mapping.h"
#include "runtime.h"

using namespace snag;

namespace {

SNAG_REAL(mmap);
SNAG_REAL(mmap64);
SNAG_REAL(munmap);
// mremap is variadic, so it is looked up under a type of its own.
using Mremap = void*(void*, size_t, size_t, int, void*);
[[gnu::section("snag_real"), gnu::used]] constinit RealFunction<Mremap> real_mremap{{"mremap", nullptr, nullptr}};

void forget(const void* start, size_t bytes) {
  sharedMappings.remove(reinterpret_cast<uintptr_t>(start), bytes);
  if (RuntimeScope scope; scope) {
    detector().forgetAliases(reinterpret_cast<uintptr_t>(start), bytes);
    detector().forgetRange(reinterpret_cast<uintptr_t>(start), bytes);
  }
}

void* mapped(void* memory, size_t bytes) {
  if (memory != MAP_FAILED) forget(memory, bytes);
  return memory;
}

// A file that is mapped a second time is the same memory at another address.
void* mappedFile(void* memory, size_t bytes, int flags, int file, off64_t offset) {
  if (mapped(memory, bytes) == MAP_FAILED || (flags & MAP_TYPE) == MAP_PRIVATE || (flags & MAP_ANONYMOUS) != 0)
    return memory;
  FileRange range;
  if (!fileRange(file, offset, bytes, &range)) return memory;
  const uintptr_t start = reinterpret_cast<uintptr_t>(memory);
  sharedMappings.forEachOverlap(range, [&](uintptr_t other, uint64_t from, uint64_t to) {
    if (RuntimeScope scope; scope) detector().aliasRange(start + (from - range.start), to - from, other);
  });
  sharedMappings.add(start, range);
  return memory;
}

}  // namespace

SNAG_INTERCEPTOR void* mmap(void* address, size_t bytes, int protection, int flags, int file, off_t offset) noexcept {
  return mappedFile(real_mmap(address, bytes, protection, flags, file, offset), bytes, flags, file, offset);
}

SNAG_INTERCEPTOR void* mmap64(void* address, size_t bytes, int protection, int flags, int file,
                              off64_t offset) noexcept {
  return mappedFile(real_mmap64(address, bytes, protection, flags, file, offset), bytes, flags, file, offset);
}

// Forgotten first: once unmapped, another thread may get the addresses.
SNAG_INTERCEPTOR int munmap(void* address, size_t bytes) noexcept {
  if (RuntimeScope scope; scope)
    detector().unmapping(scope.thread(), SNAG_CALLER, reinterpret_cast<uintptr_t>(address), bytes);
  sharedMappings.remove(reinterpret_cast<uintptr_t>(address), bytes);
  if (RuntimeScope scope; scope) detector().forgetAliases(reinterpret_cast<uintptr_t>(address), bytes);
  return real_munmap(address, bytes);
}

SNAG_INTERCEPTOR void* mremap(void* address, size_t oldBytes, size_t newBytes, int flags, ...) noexcept {
  va_list rest;
  va_start(rest, flags);
  void* wanted = (flags & MREMAP_FIXED) != 0 ? va_arg(rest, void*) : nullptr;
  va_end(rest);
  void* moved = real_mremap(address, oldBytes, newBytes, flags, wanted);
  if (moved == MAP_FAILED) return moved;
  if (moved != address) return mapped(moved, newBytes);
  if (newBytes > oldBytes) forget(static_cast<char*>(address) + oldBytes, newBytes - oldBytes);
  return moved;
}
