// Mappings come and go: what was remembered about their addresses goes with them.
#include <stdarg.h>
#include <sys/mman.h>

#include "interceptors/real_function.h"
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
  if (RuntimeScope scope; scope) detector().forgetRange(reinterpret_cast<uintptr_t>(start), bytes);
}

void* mapped(void* memory, size_t bytes) {
  if (memory != MAP_FAILED) forget(memory, bytes);
  return memory;
}

}  // namespace

SNAG_INTERCEPTOR void* mmap(void* address, size_t bytes, int protection, int flags, int file, off_t offset) noexcept {
  return mapped(real_mmap(address, bytes, protection, flags, file, offset), bytes);
}

SNAG_INTERCEPTOR void* mmap64(void* address, size_t bytes, int protection, int flags, int file,
                              off64_t offset) noexcept {
  return mapped(real_mmap64(address, bytes, protection, flags, file, offset), bytes);
}

// Forgotten first: once unmapped, another thread may get the addresses.
SNAG_INTERCEPTOR int munmap(void* address, size_t bytes) noexcept {
  if (RuntimeScope scope; scope)
    detector().unmapping(scope.thread(), SNAG_CALLER, reinterpret_cast<uintptr_t>(address), bytes);
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
