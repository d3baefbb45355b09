// A lock of four bytes for short critical sections. Not recursive. Zero-initialised is unlocked.
#ifndef SNAG_CORE_SPIN_LOCK_H
#define SNAG_CORE_SPIN_LOCK_H

#include <atomic>

#include "platform/platform.h"

namespace snag {

// For a loop that waits for another processor.
inline void spinPause() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

class SpinLock {
 public:
  void lock() {
    while (locked_.exchange(1, std::memory_order_acquire) != 0) waitUntilFree();
  }
  bool tryLock() { return locked_.exchange(1, std::memory_order_acquire) == 0; }
  void unlock() { locked_.store(0, std::memory_order_release); }
  // Whether somebody holds it, for those who only look.
  bool isHeld() const { return locked_.load(std::memory_order_acquire) != 0; }
  // For a fork's child: the holder may not exist any more.
  void reset() { locked_.store(0, std::memory_order_relaxed); }

 private:
  // With fewer processors than threads the holder needs the processor more than we do.
  void waitUntilFree() {
    for (unsigned spins = 0; locked_.load(std::memory_order_relaxed) != 0; ++spins)
      if (spins < kSpins)
        spinPause();
      else
        platform::yield();
  }

  static constexpr unsigned kSpins = 64;

  std::atomic<uint32_t> locked_{0};
};

class SpinGuard {
 public:
  explicit SpinGuard(SpinLock& lock) : lock_(lock) { lock_.lock(); }
  ~SpinGuard() { lock_.unlock(); }
  SpinGuard(const SpinGuard&) = delete;
  SpinGuard& operator=(const SpinGuard&) = delete;

 private:
  SpinLock& lock_;
};

}  // namespace snag

#endif  // SNAG_CORE_SPIN_LOCK_H
