// Memory that the program has at two addresses: events at the second are told at the first, so that locks and atomics
// in it are one object however they are reached. The inline tests of instrumented code never pass at the second, whose
// own shadow stays empty.
#ifndef SNAG_CORE_ALIAS_MAP_H
#define SNAG_CORE_ALIAS_MAP_H

#include <atomic>

#include "core/spin_lock.h"
#include "core/types.h"

namespace snag {

class AliasMap {
 public:
  // [start, start + size) is the same memory as [canonical, canonical + size). Without effect if there is no room.
  void add(uintptr_t start, size_t size, uintptr_t canonical);
  // Neither addresses of the range nor what stood for them mean that any more.
  void remove(uintptr_t start, size_t size);

  // Nothing was ever added.
  bool empty() const { return used_.load(std::memory_order_relaxed) == 0; }
  // What stands for the address: itself, unless it is a second one.
  uintptr_t canonical(uintptr_t address) const { return __builtin_expect(empty(), 1) ? address : find(address); }

 private:
  struct Entry {
    std::atomic<uintptr_t> start{0}, end{0}, canonical{0};  // end 0: free
  };
  static constexpr size_t kEntries = 128;
  uintptr_t find(uintptr_t address) const;

  SpinLock lock_;                // protects changes
  std::atomic<size_t> used_{0};  // entries in use or used before
  Entry entries_[kEntries];
};

}  // namespace snag

#endif  // SNAG_CORE_ALIAS_MAP_H
