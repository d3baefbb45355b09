// What a thread has made the detector do: where a program's time under Snag goes.
#ifndef SNAG_CORE_THREAD_COUNTS_H
#define SNAG_CORE_THREAD_COUNTS_H

#include <cstdint>

namespace snag {

// Written by the thread itself, so a look from another one may miss the latest steps.
struct ThreadCounts {
  uint64_t checks = 0;      // accesses that passed no inline test and reached the runtime, atomic ones included
  uint64_t remembered = 0;  // of these: looked like one before in the open segment (quick_access.h)
  uint64_t ranges = 0;      // of these: larger than a word
  uint64_t atomics = 0;     // of these: atomic operations that took their word's lock
  uint64_t careful = 0;     // words whose rules needed a set of threads, a byte-wise history or a race looked for
  uint64_t segments = 0;    // segments begun: about one for each release that is followed by an access
  uint64_t locks = 0;       // locks taken

  ThreadCounts& operator+=(const ThreadCounts& other) {
    checks += other.checks;
    remembered += other.remembered;
    ranges += other.ranges;
    atomics += other.atomics;
    careful += other.careful;
    segments += other.segments;
    locks += other.locks;
    return *this;
  }
};

}  // namespace snag

#endif  // SNAG_CORE_THREAD_COUNTS_H
