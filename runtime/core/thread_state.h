// A thread as the detector knows it: its identity for reports (ThreadRecord) and, while it runs, its clocks
// (ThreadState).
#ifndef SNAG_CORE_THREAD_STATE_H
#define SNAG_CORE_THREAD_STATE_H

#include <algorithm>

#include "core/access_log.h"
#include "core/atomic_memo.h"
#include "core/context_cache.h"
#include "core/held_locks.h"
#include "core/id_stock.h"
#include "core/lock_use.h"
#include "core/race_throttle.h"
#include "core/range_memo.h"
#include "core/shadow_readahead.h"
#include "core/survivor_cache.h"
#include "core/thread_counts.h"
#include "core/transition_cache.h"
#include "core/types.h"
#include "core/vector_clock.h"
#include "core/word_locks.h"

namespace snag {

inline constexpr size_t kMaxWordLocks =
    10;  // words that the largest atomic (64 bytes, unaligned) touches, and one spare

// Identity and log of one thread; outlives it for as long as a remembered access names it.
struct ThreadRecord {
  uint32_t number = 0;         // 0 is the main thread; in order of creation
  bool alive = true;           // false once the record has been given up
  uint32_t osId = 0;           // set by startThread
  uint32_t creator = 0;        // number of the creating thread
  uint32_t creatorRecord = 0;  // its record, 0 if it is not known
  uint32_t joiner = 0;         // likewise, the thread that joined it
  uint32_t joinerRecord = 0;
  uint64_t createTime = 0, joinTime = 0;  // by the registry's clock; 0: not joined
  ContextId creation = kNoContext;
  ThreadSlot slot{};
  bool finished = false;    // written by the thread as it ends
  bool marked = false;      // protected by the collector's lock
  bool vanished = false;    // it is a thread of the process that forked this one
  bool leftBehind = false;  // it had ended, unjoined, when the main thread ended; protected by the thread map's lock
  ~ThreadRecord() { alive = false; }
  char name[16] = {};                      // as the system limits it; NUL-terminated
  uintptr_t stackStart = 0, stackEnd = 0;  // its stack, or zero
  uintptr_t tlsStart = 0, tlsEnd = 0;      // its static thread-local storage, or zero
  AccessLog log;

  uint32_t index() const { return log.owner(); }  // in the registry's pool
};

enum class WhereInRuntime : uint32_t {
  Outside = 0,
  Inside = 1,
  InQuick = 2,  // in quickAccess: inside the detector, too, though `activity` does not say so
};

// State of a running (or created and not yet joined) thread. Touched by its own thread only, except where noted.
struct ThreadState {
  // What quickAccess needs, side by side.
  //
  // Whether it is inside a hook or interceptor; a signal that arrives then waits until it is left. Written by this
  // thread, waited for by others (InQuick only).
  std::atomic<WhereInRuntime> inRuntime{WhereInRuntime::Outside};
  std::atomic<bool> hasDeferredWork{false};  // for when the runtime is left; written on this thread
  ThreadCounts counts;
  TransitionCache transitions;

  SnagThread* abi = nullptr;  // what instrumented code sees; ownHalf mirrors `segment`
  ThreadRecord* record = nullptr;
  ThreadSlot slot{};
  std::atomic<SegmentId> segment{kNoSegment};  // the open segment, none after a release; read by the collector
  std::atomic<SegmentId> shared{kNoSegment};   // the set that abi->sharedHalf names; read by the collector
  // Those that abi->joinedHalves name, or have named; read by the collector.
  std::atomic<SegmentId> joined[SNAG_JOINED_HALVES] = {};
  bool hasJoined = false;  // abi->joinedHalves may name some
  // The segment that the last release has ended, as long as only `closedBy` can tell others of it, and that lock's
  // `learnings` then: if it is still that number, nobody knows, and the segment may go on. Read by the collector; named
  // until it is replaced, so that it is never recycled meanwhile.
  std::atomic<SegmentId> closed{kNoSegment};
  uintptr_t closedBy = 0;
  uint64_t closedLearnings = 0;
  uint64_t closedVersion = 0;  // clockVersion then
  uint32_t resumed = 0;        // how often a segment has gone on after another one
  Epoch mixedEpoch{};  // goes on although the thread has learned something since: its releases tell different things
  // It is the only thread and knows all that earlier ones did: nothing can race with what it does until it creates
  // another, so nothing of that is remembered. Set under the registry's lock; see DetectorImpl::considerAlone.
  std::atomic<bool> alone{false};
  bool published = false;    // a release has shown the current epoch to others: the next segment needs a new one
  uint32_t ignoreDepth = 0;  // > 0: accesses are not checked; see ignoreAccesses
  uint16_t wordLocks[kMaxWordLocks] = {};  // locks held between atomicEnter and atomicLeave, in table order
  uint16_t wordLockCount = 0;
  VectorClock clock;  // C: what happened before this thread's next action
  // What `clock` was some time ago, for others to see: it has only grown since. By shownLock.
  VectorClock shown;
  mutable SpinLock shownLock;
  uint64_t shownVersion = 0;  // clockVersion then
  // The thread that this one joins, if it has begun no segment since: until it knows all that the other one does, it
  // does nothing but handle signals. May be gone, if the program joins it twice.
  std::atomic<const ThreadState*> joins{nullptr};
  uint64_t clockVersion = 0;  // changes whenever `clock` does; no other thread's is ever the same
  VectorClock acquireFence;   // A: what relaxed loads have seen, for a later acquire fence
  VectorClock releaseFence;   // F: clock at the last release fence
  HeldLocks locks;
  uintptr_t lastUnlocked = 0;  // the lock that it gave back last
  VectorClock phase;       // see phase_clocks.h: the requests for locks that happened before this thread's next action
  VectorClock phaseSeen;   // what relaxed loads have seen of others' phases, for a later acquire fence
  VectorClock phaseFence;  // phase at the last release fence
  bool phaseIsKnown = false;  // others may know of its last request: the same one, made again, is a new one
  uint32_t phases = 0;        // how often that was so
  ContextCache contexts;
  RaceThrottle throttle;
  SurvivorCache survivors;
  uint32_t crowdDice = 0;  // see WordRules::isCrowdDue
  RangeMemo ranges;
  AtomicMemo atomics;
  ShadowReadahead readahead;
  KnownAtomic knownAtomic{};             // what the last look at it has found
  bool isInKnownAtomic = false;          // between atomicEnter and atomicLeave, without a lock: as knownAtomic says
  uint8_t knownEffects = 0;              // then: of the operation that was announced
  Place atomicPlace;                     // between atomicEnter and atomicLeave
  ContextId atomicContext = kNoContext;  // likewise
  std::atomic<uint32_t> activity{0};     // odd while inside the detector: written by this thread, waited for by others
  uint32_t depth = 0;                    // nested entries into the detector (a sink asks for stacks)
  IdStock ids;
  // Protected by the collector's lock: what activity and checks were when the wait for this thread began.
  uint32_t awaited = 0;
  uint64_t awaitedChecks = 0;
  uint32_t seenChunk = 0;       // the log's last one when the thread looked last
  size_t logLiveBytes = 0;      // size of the log after its last compaction
  size_t logPatience = 0;       // it is not compacted before it is larger
  Epoch logTooLargeAt{~0u};     // when it was compacted last, or logPatience raised
  uint32_t callsToSkip = 0;     // see ThreadRegistry::raiseBehindAll
  bool detached = false;        // protected by the registry's lock
  bool ended = false;           // protected by the registry's lock
  ThreadState* next = nullptr;  // protected by the registry's lock: list of all states

  // An access that is not answered from memory.
  void noteCheck() {
    ++counts.checks;
    ++counts.decided;
  }
  void enterRuntime() { inRuntime.store(WhereInRuntime::Inside, std::memory_order_relaxed); }
  bool isInRuntime() const { return inRuntime.load(std::memory_order_relaxed) != WhereInRuntime::Outside; }

  // From now on accesses are not checked, or once less that. Nests. quickAccess does not ask: it finds nothing.
  void ignoreAccesses() {
    ++ignoreDepth;
    forgetDecisions();
  }
  void stopIgnoring() {
    if (ignoreDepth > 0) --ignoreDepth;
  }

  // What its half words are while no segment is open. A thread that is alone passes wherever nothing is remembered.
  uint32_t closedHalf() const { return alone.load(std::memory_order_relaxed) ? kEmptyHalf : SNAG_NO_SEGMENT; }
  void closeHalves() {
    abi->ownHalf = abi->sharedHalf = closedHalf();
    if (SNAG_LIKELY(!hasJoined)) return;
    for (uint32_t& half : abi->joinedHalves) half = SNAG_NO_SEGMENT;
    hasJoined = false;
  }

  // Another's release happens before what this thread does next.
  void learn(const VectorClock& released) {
    if (!clock.join(released)) return;
    ++clockVersion;
    forgetDecisions();
  }
  void show() {
    if (shownVersion == clockVersion) return;
    shownVersion = clockVersion;
    SpinGuard guard(shownLock);
    shown = clock;
  }
  // The answers of the open segment are not those of the next one, nor of one that knows more.
  void forgetDecisions() {
    survivors.forgetAll();
    transitions.forgetAll();
  }

  // Compacting again is worth it when most of the log is new: its cost is then paid by as many appends.
  size_t logThreshold(size_t small) const { return std::max({small, 4 * logLiveBytes, logPatience}); }
};

}  // namespace snag

#endif  // SNAG_CORE_THREAD_STATE_H
