// The runtime's own heap: size classes over reserved memory, one per process, never the program's allocator.
//
// Thread-safe. Memory is not zeroed when it is reused. Blocks are aligned to 16 bytes.
#ifndef SNAG_CORE_ARENA_H
#define SNAG_CORE_ARENA_H

#include <stddef.h>
#include <stdint.h>

#include <new>
#include <utility>

#include "core/spin_lock.h"

namespace snag {

class Arena {
 public:
  void* allocate(size_t bytes);
  // `bytes` is what was asked for in allocate().
  void deallocate(void* block, size_t bytes);
  // Bytes handed out and not yet given back, rounded to size classes.
  size_t inUse() const { return inUse_.load(std::memory_order_relaxed); }

 private:
  static constexpr size_t kSmallestLog = 4, kLargestLog = 16;  // 16 bytes … 64 KiB; larger blocks are reserved singly
  static constexpr size_t kChunkBytes = 1 << 20;

  struct FreeBlock {
    FreeBlock* next;
  };
  struct SizeClass {
    SpinLock lock;  // protects the rest
    FreeBlock* free = nullptr;
    char* cursor = nullptr;
    char* end = nullptr;
  };

  SizeClass classes_[kLargestLog - kSmallestLog + 1];
  std::atomic<size_t> inUse_{0};
};

Arena& arena();

// The arena for containers. Stateless.
template <typename T>
struct ArenaAllocator {
  using value_type = T;
  ArenaAllocator() = default;
  template <typename U>
  ArenaAllocator(const ArenaAllocator<U>&) {}
  T* allocate(size_t count) { return static_cast<T*>(arena().allocate(count * sizeof(T))); }
  void deallocate(T* block, size_t count) { arena().deallocate(block, count * sizeof(T)); }
  friend bool operator==(ArenaAllocator, ArenaAllocator) { return true; }
  friend bool operator!=(ArenaAllocator, ArenaAllocator) { return false; }
};

template <typename T, typename... Arguments>
T* arenaNew(Arguments&&... arguments) {
  return new (arena().allocate(sizeof(T))) T(std::forward<Arguments>(arguments)...);
}

template <typename T>
void arenaDelete(T* object) {
  if (object == nullptr) return;
  object->~T();
  arena().deallocate(object, sizeof(T));
}

}  // namespace snag

#endif  // SNAG_CORE_ARENA_H
