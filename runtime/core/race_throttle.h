// Keeps a thread that races at the same place over and over from searching a large log every time.
//
// Looking up where the earlier access was costs a scan of its segment's part of the log. A program that fills an array
// of millions of words from two threads at random would do that for each of them. From the 256th race of one place with
// one segment on, such races are counted and not looked up.
#ifndef SNAG_CORE_RACE_THROTTLE_H
#define SNAG_CORE_RACE_THROTTLE_H

#include "core/types.h"

namespace snag {

// Used by its own thread only.
class RaceThrottle {
 public:
  // True if this race should be looked up and reported. Places that share an entry forget each other's count.
  bool admits(const Place& place, SegmentId earlier) {
    Entry& entry = entries_[indexOf(place, earlier)];
    if (entry.site != place.site || entry.context != place.context || entry.earlier != earlier)
      entry = {place.site, place.context, earlier, 0};
    return entry.count++ < kMost;
  }

 private:
  static constexpr size_t kEntries = 64;
  static constexpr uint32_t kMost = 256;
  struct Entry {
    const SnagSite* site;
    uint64_t context;
    SegmentId earlier;
    uint32_t count;
  };
  static size_t indexOf(const Place& place, SegmentId earlier) {
    return ((reinterpret_cast<uintptr_t>(place.site) / 8 ^ place.context ^ raw(earlier)) * 0x9e37'79b9'7f4a'7c15) >> 58;
  }

  Entry entries_[kEntries] = {};
};

}  // namespace snag

#endif  // SNAG_CORE_RACE_THROTTLE_H
