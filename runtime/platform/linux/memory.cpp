// platform.h, memory: mmap and friends by raw system calls.
#include <linux/mman.h>
#include <sys/mman.h>

#include "platform/linux/reserved_ranges.h"
#include "platform/linux/x86_64/syscall.h"
#include "platform/platform.h"

namespace snag::platform {
namespace {

constexpr size_t kPageBytes = 4096;
// From here on it is worth telling a reservation from the program's memory: a collection would look at each of its
// pages.
constexpr size_t kLargeBytes = size_t{1} << 24;

constexpr int kPopulateWrite = 23;  // MADV_POPULATE_WRITE, which Debian 12's C library headers need not know

size_t roundToPages(size_t bytes) { return (bytes + kPageBytes - 1) & ~(kPageBytes - 1); }

long map(uintptr_t place, size_t bytes, int flags) {
  return systemCall(SYS_mmap, static_cast<long>(place), static_cast<long>(bytes), PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | flags, -1, 0);
}

void unmap(uintptr_t start, size_t bytes) {
  if (bytes != 0) systemCall(SYS_munmap, static_cast<long>(start), static_cast<long>(bytes));
}

void advise(uintptr_t start, size_t bytes, int advice) {
  systemCall(SYS_madvise, static_cast<long>(start), static_cast<long>(bytes), advice);
}

}  // namespace

void* reserve(size_t bytes, size_t alignment) {
  bytes = roundToPages(bytes);
  const size_t slack = alignment > kPageBytes ? alignment : 0;
  const long mapped = map(0, bytes + slack, 0);
  if (isError(mapped)) fatal("no address space left (ulimit -v, or vm.overcommit_memory=2?)");
  const uintptr_t start = static_cast<uintptr_t>(mapped);
  const uintptr_t aligned = slack ? (start + slack - 1) & ~(slack - 1) : start;
  unmap(start, aligned - start);
  unmap(aligned + bytes, start + slack - aligned);
  advise(aligned, bytes, MADV_DONTDUMP);
  if (bytes >= kLargeBytes) rememberReservedRange(aligned, aligned + bytes);  // no room: walked in vain, that is all
  return reinterpret_cast<void*>(aligned);
}

bool reserveAt(uintptr_t address, size_t bytes) {
  const long mapped = map(address, bytes, MAP_FIXED_NOREPLACE);
  if (isError(mapped)) return false;
  if (static_cast<uintptr_t>(mapped) != address) {  // kernels before 4.17 take the flag for a hint
    unmap(static_cast<uintptr_t>(mapped), bytes);
    return false;
  }
  advise(address, bytes, MADV_DONTDUMP);
  advise(address, bytes, MADV_NOHUGEPAGE);  // touched in small spots: huge pages would cost memory for nothing
  if (!rememberReservedRange(address, address + bytes)) fatal("too many reserved ranges");
  return true;
}

// Forgotten first: once unmapped, the addresses may become the program's.
void release(void* memory, size_t bytes) {
  const uintptr_t start = reinterpret_cast<uintptr_t>(memory);
  if (roundToPages(bytes) >= kLargeBytes) forgetReservedRange(start);
  unmap(start, roundToPages(bytes));
}

void dropPages(uintptr_t start, size_t bytes) { advise(start, bytes, MADV_DONTNEED); }
void makePages(uintptr_t start, size_t bytes) { advise(start, bytes, kPopulateWrite); }

}  // namespace snag::platform
