// Objects of one type named by 32-bit numbers from 1 on, at addresses that never move.
//
// Thread-safe. Memory is reserved for `capacity` objects and used as it is touched. A slot given back is reused; its
// memory stays readable, so that a number read from a stale place can be looked up and found wrong.
#ifndef SNAG_CORE_INDEXED_POOL_H
#define SNAG_CORE_INDEXED_POOL_H

#include <atomic>
#include <new>
#include <utility>

#include "core/check.h"
#include "core/spin_lock.h"

namespace snag {

template <typename T>
class IndexedPool {
  static_assert(sizeof(T) >= sizeof(uint32_t));

 public:
  explicit IndexedPool(uint32_t capacity)
      : memory_(static_cast<unsigned char*>(platform::reserve(bytesFor(capacity), 4096))), capacity_(capacity) {}
  ~IndexedPool() { platform::release(memory_, bytesFor(capacity_)); }
  IndexedPool(const IndexedPool&) = delete;
  IndexedPool& operator=(const IndexedPool&) = delete;

  // 0 if the pool is exhausted.
  template <typename... Arguments>
  uint32_t create(Arguments&&... arguments) {
    const uint32_t index = take();
    if (index != 0) new (slot(index)) T(std::forward<Arguments>(arguments)...);
    return index;
  }

  void destroy(uint32_t index) {
    at(index).~T();
    SpinGuard guard(lock_);
    new (slot(index)) uint32_t(firstFree_);
    firstFree_ = index;
    inUse_.store(inUse_.load(std::memory_order_relaxed) - 1, std::memory_order_relaxed);
  }

  T& at(uint32_t index) const {
    SNAG_CHECK(index != 0 && index < capacity_);
    return *std::launder(reinterpret_cast<T*>(slot(index)));
  }

  uint32_t indexOf(const T& object) const {
    return static_cast<uint32_t>((reinterpret_cast<const unsigned char*>(&object) - memory_) / sizeof(T));
  }

  uint32_t inUse() const { return inUse_.load(std::memory_order_relaxed); }
  // One past the highest number that was ever handed out.
  uint32_t end() const { return next_.load(std::memory_order_acquire); }
  uint32_t capacity() const { return capacity_; }

 private:
  static size_t bytesFor(uint32_t capacity) { return (size_t{capacity} * sizeof(T) + 4095) & ~size_t{4095}; }
  unsigned char* slot(uint32_t index) const { return memory_ + size_t{index} * sizeof(T); }

  uint32_t take() {
    SpinGuard guard(lock_);
    uint32_t index = firstFree_;
    if (index != 0) {
      firstFree_ = *std::launder(reinterpret_cast<uint32_t*>(slot(index)));
    } else {
      index = next_.load(std::memory_order_relaxed);
      if (index >= capacity_) return 0;
      next_.store(index + 1, std::memory_order_release);
    }
    inUse_.store(inUse_.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    return index;
  }

  unsigned char* const memory_;
  const uint32_t capacity_;
  SpinLock lock_;  // protects firstFree_ and writes of the counters
  uint32_t firstFree_ = 0;
  std::atomic<uint32_t> next_{1};
  std::atomic<uint32_t> inUse_{0};
};

}  // namespace snag

#endif  // SNAG_CORE_INDEXED_POOL_H
