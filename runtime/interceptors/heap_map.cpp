#include "interceptors/heap_map.h"

#include "platform/platform.h"

namespace snag {
namespace {

constinit HeapMap theMap;

constexpr auto kRelaxed = std::memory_order_relaxed;

}  // namespace

HeapMap& heapMap() { return theMap; }

HeapMap::Word* HeapMap::regionFor(uintptr_t address) {
  std::atomic<Word*>& slot = regions_[address >> kRegionLog];
  Word* region = slot.load(std::memory_order_acquire);
  if (region != nullptr) return region;
  constexpr size_t kBytes = kWordsPerRegion * sizeof(Word);
  auto* made = static_cast<Word*>(platform::reserve(kBytes, 4096));
  if (slot.compare_exchange_strong(region, made, std::memory_order_acq_rel)) return made;
  platform::release(made, kBytes);
  return region;
}

namespace {

size_t wordIndex(uintptr_t address) { return address >> 10 & ((1u << 20) - 1); }
uint64_t bitOf(uintptr_t address) { return uint64_t{1} << (address >> 4 & 63); }

}  // namespace

void HeapMap::add(uintptr_t start) {
  regionFor(start)[wordIndex(start)].fetch_or(bitOf(start), std::memory_order_release);
}

bool HeapMap::contains(uintptr_t start) const {
  if (start >> kAddressBits != 0 || start % 16 != 0) return false;
  const Word* region = regions_[start >> kRegionLog].load(std::memory_order_acquire);
  return region != nullptr && (region[wordIndex(start)].load(std::memory_order_acquire) & bitOf(start)) != 0;
}

bool HeapMap::remove(uintptr_t start) {
  if (!contains(start)) return false;
  rememberFreed(start);
  Word& word = regions_[start >> kRegionLog].load(std::memory_order_acquire)[wordIndex(start)];
  return (word.fetch_and(~bitOf(start), std::memory_order_acq_rel) & bitOf(start)) != 0;
}

void HeapMap::rememberFreed(uintptr_t start) {
  const BlockHeader& header = headerOf(start);
  FreedBlock& entry = freed_[(start >> kGrainLog) % kRemembered];
  entry.size.store(header.size, kRelaxed);
  entry.allocation.store(raw(header.allocation), kRelaxed);
  entry.thread.store(header.thread, kRelaxed);
  entry.start.store(start, kRelaxed);
}

// --- for reports ----------------------------------------------------------------------------------------

// 0 if there is none within the same GiB or the one before.
uintptr_t HeapMap::startAtOrBefore(uintptr_t address) const {
  uint64_t mask = ~uint64_t{0} >> (63 - (address >> kGrainLog & 63));  // bits at or below the address
  uintptr_t wordStart = address & ~uintptr_t{1023};
  for (size_t words = 2 * kWordsPerRegion; words > 0 && wordStart != 0; --words) {
    const Word* region = regions_[wordStart >> kRegionLog].load(std::memory_order_acquire);
    if (region == nullptr) return 0;
    if (const uint64_t bits = region[wordIndex(wordStart)].load(kRelaxed) & mask)
      return wordStart + (uintptr_t{63} - static_cast<unsigned>(__builtin_clzll(bits))) * 16;
    mask = ~uint64_t{0};
    wordStart -= 1024;
  }
  return 0;
}

bool HeapMap::findLive(uintptr_t address, HeapBlock* out) const {
  const uintptr_t start = startAtOrBefore(address);
  if (start == 0) return false;
  const BlockHeader header = headerOf(start);
  if (address - start >= header.size || !contains(start)) return false;
  *out = {start, header.size, header.allocation, header.thread, false};
  return true;
}

bool HeapMap::findFreed(uintptr_t address, HeapBlock* out) const {
  for (const FreedBlock& entry : freed_) {
    const uintptr_t start = entry.start.load(kRelaxed);
    const size_t size = entry.size.load(kRelaxed);
    if (start == 0 || address < start || address - start >= size) continue;
    *out = {start, size, ContextId{entry.allocation.load(kRelaxed)}, entry.thread.load(kRelaxed), true};
    return true;
  }
  return false;
}

bool HeapMap::find(uintptr_t address, HeapBlock* out) const {
  if (address >> kAddressBits != 0) return false;
  return findLive(address, out) || findFreed(address, out);
}

}  // namespace snag
