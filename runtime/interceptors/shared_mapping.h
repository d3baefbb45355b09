// Which files are mapped shared, and where: to know that two addresses are the same memory.
#ifndef SNAG_INTERCEPTORS_SHARED_MAPPING_H
#define SNAG_INTERCEPTORS_SHARED_MAPPING_H

#include <stddef.h>
#include <stdint.h>

#include <atomic>

#include "core/spin_lock.h"

namespace snag {

// Bytes [start, end) of a file.
struct FileRange {
  uint64_t device = 0, inode = 0;
  uint64_t start = 0, end = 0;
};

// False if the descriptor is none.
bool fileRange(int descriptor, int64_t offset, size_t bytes, FileRange* out);

// Thread-safe. Remembers a limited number; what does not fit is taken for memory of its own.
class SharedMappings {
 public:
  void add(uintptr_t address, const FileRange& range);
  void remove(uintptr_t address, size_t bytes);

  // Calls visit(address, from, to) for one mapping that has bytes [from, to) of the file in common, at that address.
  template <typename Visit>
  void forEachOverlap(const FileRange& range, Visit visit) {
    for (size_t i = 0; i < kMost; ++i) {
      Mapping mapping;
      {
        SpinGuard guard(lock_);
        mapping = mappings_[i];
      }
      if (mapping.address == 0 || mapping.range.device != range.device || mapping.range.inode != range.inode) continue;
      const uint64_t from = mapping.range.start > range.start ? mapping.range.start : range.start;
      const uint64_t to = mapping.range.end < range.end ? mapping.range.end : range.end;
      if (from >= to) continue;
      visit(mapping.address + (from - mapping.range.start), from, to);
      return;
    }
  }

 private:
  struct Mapping {
    uintptr_t address = 0;  // 0: free
    FileRange range;
  };
  static constexpr size_t kMost = 256;
  std::atomic<bool> isUsed_{false};  // most programs map no file shared
  SpinLock lock_;                    // protects the rest
  Mapping mappings_[kMost];
};
extern SharedMappings sharedMappings;

}  // namespace snag

#endif  // SNAG_INTERCEPTORS_SHARED_MAPPING_H
