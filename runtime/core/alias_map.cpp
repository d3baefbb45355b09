#include "core/alias_map.h"

namespace snag {

void AliasMap::add(uintptr_t start, size_t size, uintptr_t canonicalStart) {
  const uintptr_t first = canonical(canonicalStart);
  SpinGuard guard(lock_);
  const size_t used = used_.load(std::memory_order_relaxed);
  size_t index = 0;
  while (index < used && entries_[index].end.load(std::memory_order_relaxed) != 0) ++index;
  if (index == kEntries) return;
  Entry& entry = entries_[index];
  entry.start.store(start, std::memory_order_relaxed);
  entry.canonical.store(first, std::memory_order_relaxed);
  entry.end.store(start + size, std::memory_order_release);
  if (index == used) used_.store(used + 1, std::memory_order_release);
}

void AliasMap::remove(uintptr_t start, size_t size) {
  if (used_.load(std::memory_order_relaxed) == 0) return;
  SpinGuard guard(lock_);
  const uintptr_t end = start + size;
  for (Entry& entry : entries_) {
    const uintptr_t from = entry.start.load(std::memory_order_relaxed);
    const uintptr_t to = entry.end.load(std::memory_order_relaxed);
    const uintptr_t first = entry.canonical.load(std::memory_order_relaxed);
    const bool overlaps = (from < end && start < to) || (first < end && start < first + (to - from));
    if (to != 0 && overlaps) entry.end.store(0, std::memory_order_release);
  }
}

uintptr_t AliasMap::find(uintptr_t address) const {
  const size_t used = used_.load(std::memory_order_acquire);
  for (size_t i = 0; i < used; ++i) {
    const uintptr_t end = entries_[i].end.load(std::memory_order_acquire);
    const uintptr_t start = entries_[i].start.load(std::memory_order_relaxed);
    if (address < end && start <= address)
      return entries_[i].canonical.load(std::memory_order_relaxed) + (address - start);
  }
  return address;
}

}  // namespace snag
