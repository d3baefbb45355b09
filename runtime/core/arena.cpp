#include "core/arena.h"

#include "core/check.h"

namespace snag {
namespace {

constinit Arena gArena;

size_t ceilLog2(size_t value) { return value <= 1 ? 0 : 64 - __builtin_clzll(value - 1); }

}  // namespace

Arena& arena() { return gArena; }

void* Arena::allocate(size_t bytes) {
  const size_t log = bytes <= (size_t{1} << kSmallestLog) ? kSmallestLog : ceilLog2(bytes);
  const size_t rounded = size_t{1} << log;
  inUse_.fetch_add(rounded, std::memory_order_relaxed);
  if (log > kLargestLog) return platform::reserve(rounded, 4096);
  SizeClass& sizeClass = classes_[log - kSmallestLog];
  SpinGuard guard(sizeClass.lock);
  if (FreeBlock* block = sizeClass.free) {
    sizeClass.free = block->next;
    return block;
  }
  if (sizeClass.cursor == sizeClass.end) {
    sizeClass.cursor = static_cast<char*>(platform::reserve(kChunkBytes, 4096));
    sizeClass.end = sizeClass.cursor + kChunkBytes;
  }
  char* block = sizeClass.cursor;
  sizeClass.cursor += rounded;
  return block;
}

void Arena::deallocate(void* block, size_t bytes) {
  if (block == nullptr) return;
  const size_t log = bytes <= (size_t{1} << kSmallestLog) ? kSmallestLog : ceilLog2(bytes);
  inUse_.fetch_sub(size_t{1} << log, std::memory_order_relaxed);
  if (log > kLargestLog) return platform::release(block, size_t{1} << log);
  SizeClass& sizeClass = classes_[log - kSmallestLog];
  SpinGuard guard(sizeClass.lock);
  sizeClass.free = new (block) FreeBlock{sizeClass.free};
}

}  // namespace snag
