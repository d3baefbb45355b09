// platform.h for unit tests, on the host's own calls: no promise about signal handlers or start-up order is needed
// here.
#include "platform/platform.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#include <algorithm>
#include <mutex>
#include <vector>

#include "platform/fake/fake_platform.h"

namespace snag {
namespace {

constexpr size_t kPageBytes = 4096;

struct Window {
  uintptr_t start;
  uintptr_t end;
};
std::mutex windowsMutex;
std::vector<Window> windows;  // guarded by windowsMutex

void* map(void* place, size_t bytes, int flags) {
  return mmap(place, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | flags, -1, 0);
}

size_t roundToPages(size_t bytes) { return (bytes + kPageBytes - 1) & ~(kPageBytes - 1); }

}  // namespace

namespace platform {

void* reserve(size_t bytes, size_t alignment) {
  bytes = roundToPages(bytes);
  if (alignment <= kPageBytes) {
    void* memory = map(nullptr, bytes, 0);
    if (memory == MAP_FAILED) fatal("out of address space");
    return memory;
  }
  void* memory = map(nullptr, bytes + alignment, 0);
  if (memory == MAP_FAILED) fatal("out of address space");
  const uintptr_t start = reinterpret_cast<uintptr_t>(memory), aligned = (start + alignment - 1) & ~(alignment - 1);
  if (aligned != start) munmap(memory, aligned - start);
  if (const size_t tail = start + alignment - aligned) munmap(reinterpret_cast<void*>(aligned + bytes), tail);
  return reinterpret_cast<void*>(aligned);
}

bool reserveAt(uintptr_t address, size_t bytes) {
  return map(reinterpret_cast<void*>(address), bytes, MAP_FIXED_NOREPLACE) == reinterpret_cast<void*>(address);
}

void release(void* memory, size_t bytes) { munmap(memory, roundToPages(bytes)); }

void dropPages(uintptr_t start, size_t bytes) { madvise(reinterpret_cast<void*>(start), bytes, MADV_DONTNEED); }
void makePages(uintptr_t start, size_t bytes) { madvise(reinterpret_cast<void*>(start), bytes, MADV_POPULATE_WRITE); }

void visitResident(uintptr_t start, uintptr_t end, RangeVisitor visit, void* argument) {
  start &= ~(kPageBytes - 1);
  end = roundToPages(end);
  std::vector<unsigned char> resident((end - start) / kPageBytes);
  if (mincore(reinterpret_cast<void*>(start), end - start, resident.data()) != 0) {
    visit(argument, start, end);  // unknown, so all of it: a superset is safe for every caller
    return;
  }
  for (size_t page = 0; page < resident.size();) {
    if (!(resident[page] & 1)) {
      ++page;
      continue;
    }
    const size_t first = page;
    while (page < resident.size() && (resident[page] & 1)) ++page;
    visit(argument, start + first * kPageBytes, start + page * kPageBytes);
  }
}

void visitProgramMemory(RangeVisitor visit, void* argument) {
  std::vector<Window> now;
  {
    const std::lock_guard guard(windowsMutex);
    now = windows;
  }
  for (const Window& window : now) visit(argument, window.start, window.end);
}

void yield() { sched_yield(); }

// Changing a page's protection interrupts every processor that runs this process, and an interrupt is a barrier.
void processBarrier() {
  static std::mutex mutex;
  static void* const page = map(nullptr, kPageBytes, 0);
  const std::lock_guard guard(mutex);
  *static_cast<volatile char*>(page) = 1;
  if (mprotect(page, kPageBytes, PROT_NONE) != 0 || mprotect(page, kPageBytes, PROT_READ | PROT_WRITE) != 0)
    fatal("mprotect failed");
}

size_t captureStack(uintptr_t pc, uintptr_t, uintptr_t* out, size_t capacity) {
  if (capacity == 0) return 0;
  out[0] = pc;
  return 1;
}

void fatal(const char* message) {
  fprintf(stderr, "Snag: internal error: %s\n", message);
  abort();
}

}  // namespace platform

namespace fake {

static constexpr size_t kShadowOffset = 3 * 4096;  // as real layouts have one

FakeAddressSpace::FakeAddressSpace(size_t bytes)
    : bytes_(bytes),
      program_(reinterpret_cast<uintptr_t>(platform::reserve(bytes, bytes))),
      shadow_(reinterpret_cast<uintptr_t>(platform::reserve(bytes + kShadowOffset, bytes))) {
  const std::lock_guard guard(windowsMutex);
  windows.push_back({program_, program_ + bytes_});
}

FakeAddressSpace::~FakeAddressSpace() {
  {
    const std::lock_guard guard(windowsMutex);
    std::erase_if(windows, [this](const Window& window) { return window.start == program_; });
  }
  platform::release(reinterpret_cast<void*>(program_), bytes_);
  platform::release(reinterpret_cast<void*>(shadow_), bytes_ + kShadowOffset);
}

AddressLayout FakeAddressSpace::layout() const {
  return AddressLayout{program_ ^ shadow_, kShadowOffset, {{program_, program_ + bytes_}, {}, {}, {}}, 1};
}

void FakeAddressSpace::forgetAll() { platform::dropPages(shadow_ + kShadowOffset, bytes_); }

}  // namespace fake
}  // namespace snag
