// What a thread has made the detector do: where a program's time under Snag goes.
#ifndef SNAG_CORE_THREAD_COUNTS_H
#define SNAG_CORE_THREAD_COUNTS_H

#include <atomic>
#include <cstdint>

namespace snag {

// Counted by one thread, read by any.
class Counter {
 public:
  Counter() = default;
  Counter(const Counter& other) : value_(other.get()) {}
  Counter& operator=(const Counter& other) { return set(other.get()); }

  uint64_t get() const { return value_.load(std::memory_order_acquire); }
  Counter& operator++() { return *this += 1; }
  Counter& operator+=(uint64_t more) { return set(value_.load(std::memory_order_relaxed) + more); }

 private:
  Counter& set(uint64_t value) {
    value_.store(value, std::memory_order_release);
    return *this;
  }

  std::atomic<uint64_t> value_{0};
};

struct ThreadCounts {
  Counter checks;    // accesses that passed no test in front of the runtime, atomic ones included
  Counter decided;   // of these: not answered from memory (quick_access.h) but by the rules
  Counter ranges;    // of these: larger than a word
  Counter atomics;   // of these: atomic operations that took their word's lock
  Counter careful;   // words whose rules needed a set of threads, a byte-wise history or a race looked for
  Counter segments;  // segments begun: about one for each release that is followed by an access
  Counter locks;     // locks taken

  ThreadCounts& operator+=(const ThreadCounts& other) {
    checks += other.checks.get();
    decided += other.decided.get();
    ranges += other.ranges.get();
    atomics += other.atomics.get();
    careful += other.careful.get();
    segments += other.segments.get();
    locks += other.locks.get();
    return *this;
  }
};

}  // namespace snag

#endif  // SNAG_CORE_THREAD_COUNTS_H
