// A trace: what the threads of a small program did, one event after another, as text and as data.
//
//   t0 create t1              t1 finish            t0 join t1          t0 detach t1
//   t1 read 0x10 4            t1 write 0x13 8      (address, size; addresses are offsets in the test's window)
//   t1 lock 0x100             t1 unlock 0x100      t1 read_lock 0x100  t1 read_unlock 0x100
//   t1 acquire 0x180          t1 release 0x180
//   t1 load 0x20 4 acquire    t1 store 0x20 4 release      t1 rmw 0x20 4 acq_rel     t1 failed_cas 0x20 4 relaxed
//   t1 fence seq_cst          t1 allocate 0x200 24         t1 free 0x200 24
//   t1 ignore_begin           t1 ignore_end
//
// Blank lines and text after '#' are skipped when parsing.
#ifndef SNAG_TESTS_MODEL_TRACE_H
#define SNAG_TESTS_MODEL_TRACE_H

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/types.h"

namespace snag::model {

enum class EventKind : uint8_t {
  Read,
  Write,
  Lock,
  Unlock,
  ReadLock,
  ReadUnlock,
  Acquire,
  Release,
  Load,
  Store,
  Rmw,
  FailedCas,
  Fence,
  Create,
  Finish,
  Join,
  Detach,
  Allocate,
  Free,
  IgnoreBegin,
  IgnoreEnd,
};

struct Event {
  uint32_t thread = 0;
  EventKind kind = EventKind::Read;
  uint32_t address = 0;
  uint32_t size = 0;
  MemoryOrder order = MemoryOrder::Relaxed;  // atomics and fences
  uint32_t other = 0;                        // the thread that is created, joined or detached

  bool operator==(const Event&) const = default;
};

using Trace = std::vector<Event>;

bool isAtomic(EventKind kind);
bool isPlainAccess(EventKind kind);

std::string print(const Event& event);
std::string print(const Trace& trace);

// Nothing if a line is not an event.
std::optional<Trace> parse(std::string_view text);

// Which events may come next: threads act only while they live, locks are taken when free and released by their holder,
// a thread holds nothing when it ends, live blocks do not overlap, a block that contains a held lock stays.
class TraceValidator {
 public:
  // Whether `event` may come next; if so it has now happened.
  bool accept(const Event& event);

 private:
  struct Thread {
    bool finished = false;
    bool claimed = false;  // joined or detached
    uint32_t ignoring = 0;
    std::vector<uint32_t> locks, readLocks;
  };
  struct Block {
    uint32_t address, size;
  };

  Thread* running(uint32_t thread);
  bool acceptThreadEvent(Thread& self, const Event& event);
  bool acceptLockEvent(Thread& self, const Event& event);
  bool acceptBlockEvent(const Event& event);
  bool someoneHolds(uint32_t start, uint32_t end, bool writersOnly) const;

  std::vector<std::optional<Thread>> threads_{Thread{}};
  std::vector<Block> blocks_;
};

bool isValid(const Trace& trace);

}  // namespace snag::model

#endif  // SNAG_TESTS_MODEL_TRACE_H
