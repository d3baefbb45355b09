// The blocks of the program's heap: which addresses we handed out, and whose block contains an address.
//
// A block of ours has a header right before its first byte, and a bit in a table outside the heap that says so: a
// pointer from elsewhere (the dynamic linker, libc before start-up) is told apart without reading in front of it.
#ifndef SNAG_INTERCEPTORS_HEAP_MAP_H
#define SNAG_INTERCEPTORS_HEAP_MAP_H

#include <atomic>

#include "report/heap_block.h"

namespace snag {

struct BlockHeader {
  uint64_t size;  // as the program asked for it
  ContextId allocation;
  uint32_t thread : 24;      // number of the thread that allocated it
  uint32_t distanceLog : 8;  // log2 of the bytes between the real block's start and the program's
};
static_assert(sizeof(BlockHeader) == 16, "keeps malloc's alignment");

// Thread-safe and lock-free. Memory from the platform.
class HeapMap {
 public:
  static BlockHeader& headerOf(uintptr_t start) { return *reinterpret_cast<BlockHeader*>(start - sizeof(BlockHeader)); }

  // The block at `start` (a multiple of 16) is ours; its header is filled in.
  void add(uintptr_t start);
  bool contains(uintptr_t start) const;
  // The block is no longer in use. False if it was not ours: then nothing has changed. Of two callers one gets true.
  bool remove(uintptr_t start);

  // The block that contains the address, or contained it until it was freed a short while ago.
  bool find(uintptr_t address, HeapBlock* out) const;

 private:
  using Word = std::atomic<uint64_t>;
  static constexpr unsigned kGrainLog = 4, kRegionLog = 30, kAddressBits = 47;
  static constexpr size_t kRegions = size_t{1} << (kAddressBits - kRegionLog);
  static constexpr size_t kWordsPerRegion = size_t{1} << (kRegionLog - kGrainLog - 6);
  static constexpr size_t kRemembered = 1 << 14;

  // A freed block, at a place that its address decides. Written without a lock: a reader may see a mixture of two, and
  // checks.
  struct FreedBlock {
    std::atomic<uintptr_t> start;
    std::atomic<uint64_t> size;
    std::atomic<uint32_t> allocation, thread;
  };

  Word* regionFor(uintptr_t address);
  bool findLive(uintptr_t address, HeapBlock* out) const;
  bool findFreed(uintptr_t address, HeapBlock* out) const;
  void rememberFreed(uintptr_t start);
  uintptr_t startAtOrBefore(uintptr_t address) const;

  std::atomic<Word*> regions_[kRegions] = {};  // a bit for every 16 bytes of a GiB, made at first need
  FreedBlock freed_[kRemembered] = {};
};

HeapMap& heapMap();

}  // namespace snag

#endif  // SNAG_INTERCEPTORS_HEAP_MAP_H
