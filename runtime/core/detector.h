// The happens-before detector: events in, races out. Everything above this header translates the world into these
// calls.
//
// One detector per process (unit tests make as many as they like, one after another). Every call takes the calling
// thread's own state. Calls are thread-safe, allocate only from the arena, and call nothing of the system's but
// platform.h.
//
// Sources: FastTrack (Flanagan and Freund, PLDI 2009) for epochs and the same-epoch rules; Mattern (1989) for vector
// clocks; C++20 [atomics.order], [atomics.fences], [intro.races] for release sequences and fences.
#ifndef SNAG_CORE_DETECTOR_H
#define SNAG_CORE_DETECTOR_H

#include "core/address_layout.h"
#include "core/held_locks.h"
#include "core/lock_use.h"
#include "core/misuse.h"
#include "core/race.h"
#include "core/thread_counts.h"
#include "core/types.h"

namespace snag {

struct DetectorConfig {
  AddressLayout layout = kLinuxX86_64;
  bool exact = true;                   // see options.def
  bool skipAlone = true;               // see options.def
  uint32_t segmentIds = 16'000'000;    // at most kMaxSegmentIds
  bool alwaysRows = false;             // for tests: rows of ids from a thread's first one on, even if there are few
  uint64_t smallLogBytes = 512 << 10;  // a thread's log is not compacted before it is larger
  // While all logs together take less, one is not compacted that will be cut a little later.
  uint64_t patientLogBytes = 6 << 20;
  uint32_t logChunkEntries = 510;       // a log goes by so many entries; less for tests, four at least
  uint64_t logBudgetBytes = 256 << 20;  // a compacted log keeps no more than this: the oldest entries go
  // One in so many reads, of a word that the thread has read in an earlier segment and shares with unordered readers
  // that nobody has put together yet, gives the word a crowd (crowds.h). 0: none does.
  uint32_t crowdOneIn = 4;
  // But only if the thread's segments have no more checks than this, on average: in longer ones words are read again
  // and again, and sets serve them better.
  uint32_t crowdChecks = 128;
  uint32_t rememberedRange = 256;  // smaller ranges, in bytes, are not remembered: they are looked at as quickly
};

struct DetectorStatistics {
  ThreadCounts counts;       // of all threads together
  uint64_t races = 0;        // pairs given to the sink
  uint64_t forgotten = 0;    // shadow words whose history was given up for want of ids
  uint64_t collections = 0;  // recyclings of segment ids
  uint64_t compactions = 0;  // of access logs
  uint64_t cuts = 0;         // of what all threads knew from the beginning of one
  uint32_t threads = 0;      // created so far, main included
};

class DetectorImpl;
class VectorClock;

class Detector {
 public:
  // `sink` outlives the detector. Shadow memory for the program's addresses is mapped by the caller (see
  // address_layout.h); everything else is allocated here.
  Detector(const DetectorConfig& config, RaceSink& sink);
  ~Detector();
  Detector(const Detector&) = delete;
  Detector& operator=(const Detector&) = delete;

  // --- threads ------------------------------------------------------------------------------------------
  // createThread runs on the creator (null for the main thread); everything the creator did so far happens before the
  // new thread's first action. `abi` may be set later by startThread, which runs on the new thread.
  ThreadState* createThread(ThreadState* creator, const Place& place);
  void startThread(ThreadState& thread, SnagThread* abi, uint32_t osId);
  // The system may start a thread for the program that it does not create itself (a timer's): what `thread` does from
  // now on is remembered even if it is the only one.
  void expectForeigner(ThreadState& thread);
  // Called last on the ending thread: its past is kept for the joiner. A detached thread's state is freed here.
  void finishThread(ThreadState& thread);
  // `joiner` waits until `awaited` has finished, and joinThread follows; or, with null, it has given up.
  void awaitThread(ThreadState& joiner, const ThreadState* awaited);
  // From now on a thread that waits so may do something else in between: run a signal's handler, or clean up after it
  // has been cancelled. To be called before that can happen.
  void expectInterruptedJoins();
  // After the join of a finished thread: all it did happens before the joiner's next action. Frees `joined`.
  void joinThread(ThreadState& joiner, ThreadState* joined);
  // The thread will not be joined. Frees `detached` if it has already finished.
  void detachThread(ThreadState* detached);
  // Forgets a thread that was created but whose start failed.
  void abandonThread(ThreadState* created);

  // --- plain accesses -----------------------------------------------------------------------------------
  // size bytes at address are read, or written (write covers read-modify-write). Call before the access.
  // kind: SNAG_SITE_* bits; WRITE decides.
  void access(ThreadState& thread, const Place& place, uintptr_t address, size_t size, uint8_t kind);
  // The same for the usual access of an instrumented program: of 1, 2, 4 or 8 bytes, as its site says, inside one
  // shadow word, where nothing unusual stands. False, and nothing done, if access() must see to it. quickAccess of
  // quick_access.h, in front of it, decides what looks like an access before.
  template <uint32_t size, bool isWrite>
  bool accessWord(ThreadState& thread, const Place& place, uintptr_t address);

  // --- memory ---------------------------------------------------------------------------------------------
  // A block was handed out: its history is gone, it counts as written by this thread.
  void allocated(ThreadState& thread, const Place& place, uintptr_t start, size_t size);
  // A block is given back: checked like a write of all of it, and remembered as such until it is handed out again.
  // Synchronisation objects in it are released. Call before the memory can be reused.
  void freed(ThreadState& thread, const Place& place, uintptr_t start, size_t size);
  // Forgets a range (mmap, munmap, a new thread's stack) without counting it as an access.
  void forgetRange(uintptr_t start, size_t size);
  // [start, start + size) is the same memory as [canonical, ...): what happens at one address happens at the other.
  void aliasRange(uintptr_t start, size_t size, uintptr_t canonical);
  // The addresses, or those that stood for them, are about to mean something else.
  void forgetAliases(uintptr_t start, size_t size);
  // The same before munmap: locks in it that somebody holds are reported.
  void unmapping(ThreadState& thread, const Place& place, uintptr_t start, size_t size);

  // --- locks ----------------------------------------------------------------------------------------------
  // After the real lock was taken, before the real unlock. Read mode orders only against writers.
  // A recursive lock calls these for the outermost level only.
  void lockAcquired(ThreadState& thread, const Place& place, uintptr_t lock, LockMode mode);
  void lockReleased(ThreadState& thread, uintptr_t lock, LockMode mode, const Place& place = {});
  // The lock's memory becomes ordinary again (destroy, init).
  void lockDestroyed(ThreadState& thread, uintptr_t lock);
  // The same, and where it was is remembered for reports of uses after it.
  void lockDestroyed(ThreadState& thread, const Place& place, uintptr_t lock);
  // Before a call that takes the lock: what lockAcquired will look at is fetched while the program waits for the lock's
  // own memory. Changes nothing; any thread, also outside the detector.
  void expectLock(uintptr_t lock) const;
  // Before a call that waits until the lock can be had, by a thread that holds others: reports inversions of their
  // order. Not before calls that give up.
  void lockWanted(ThreadState& thread, const Place& place, uintptr_t lock, LockMode mode);

  // A condition variable orders no accesses, its mutex does; but it says that threads do not come here in any order
  // (see phase_clocks.h). conditionSignalled: before a signal, and before a wait gives the mutex back.
  // conditionAwaited: after a wait.
  void conditionSignalled(ThreadState& thread, uintptr_t condition);
  void conditionAwaited(ThreadState& thread, uintptr_t condition);

  // --- other edges ----------------------------------------------------------------------------------------
  // release: everything this thread did happens before whatever follows a later acquire of the same address.
  // Releases of several threads accumulate.
  void acquire(ThreadState& thread, uintptr_t object);
  void release(ThreadState& thread, uintptr_t object);
  // The same with a clock that the caller keeps instead of an address, and from which it keeps other threads away.
  void acquireFrom(ThreadState& thread, const VectorClock& clock);
  void releaseTo(ThreadState& thread, VectorClock& clock);

  // --- atomics ----------------------------------------------------------------------------------------------
  // Brackets the real operation. Between the two calls the location's lock is held.
  void atomicEnter(ThreadState& thread, const Place& place, uintptr_t address, size_t size);
  // The same if what the operation is about to do is known: it takes no lock if that would change nothing here. A
  // compare-exchange counts as successful; for operations that release nothing if they fail either.
  void atomicEnter(ThreadState& thread, const Place& place, uintptr_t address, size_t size, AtomicOperation operation,
                   MemoryOrder order);
  void atomicLeave(ThreadState& thread, uintptr_t address, size_t size, AtomicOperation operation, MemoryOrder order);
  // True if a load would change nothing here: if thread.knownAtomic.holds() when it has been done without the two calls
  // above, they are not needed.
  bool isKnownLoad(ThreadState& thread, uintptr_t address, size_t size, MemoryOrder order);
  void fence(ThreadState& thread, MemoryOrder order);

  // --- misuse ---------------------------------------------------------------------------------------------
  // Hands on what an interceptor found out itself. The detector's own findings go to the sink by themselves.
  void reportMisuse(ThreadState& thread, const Misuse& misuse);
  // The same for a lock, with the steps that are known of it: who holds it, gave it back last or destroyed it.
  void reportLockMisuse(ThreadState& thread, const Place& place, MisuseKind kind, uintptr_t lock);
  // Who held the lock last, as far as is known. Null for nobody and for threads long gone.
  struct LockHolder {
    const ThreadRecord* thread;
    bool holds;
  };
  LockHolder lockHolder(ThreadState& thread, uintptr_t lock);

  // --- for reports ------------------------------------------------------------------------------------------
  struct ContextInfo {
    const SnagSite* site;     // may be null
    const uintptr_t* frames;  // innermost first; valid for the life of the detector
    size_t frameCount;
  };
  ContextInfo context(ContextId id) const;
  ContextId contextFor(ThreadState& thread, const Place& place);

  using HeldLockInfo = HeldLock;
  // Locks of an interned set; valid for the life of the detector.
  const HeldLockInfo* lockSet(LockSetId id, size_t* count) const;
  // The calling thread's own locks, interned.
  LockSetId heldLocks(ThreadState& thread);

  // Visits remembered accesses to [start, end) in all threads' logs, newest last per thread; stops after `limit`.
  using AccessVisitor = void (*)(void* argument, const EarlierAccess& access);
  void visitAccesses(uintptr_t start, uintptr_t end, size_t limit, AccessVisitor visit, void* argument);

  // The record of the thread with this number if any is kept; for creators.
  const ThreadRecord* threadRecord(uint32_t number) const;
  // The thread whose stack or static TLS contains the address.
  const ThreadRecord* threadOfAddress(uintptr_t address) const;

  DetectorStatistics statistics() const;

  // Around fork(): beforeFork takes every lock of the detector, the others let go; afterForkInChild also forgets the
  // other threads, which do not exist there.
  void beforeFork();
  void afterForkInParent();
  void afterForkInChild(ThreadState& survivor);

  // Recycles unreachable segment ids now. For tests; happens by itself when ids run low.
  void collectSegments(ThreadState& thread);

  DetectorImpl& impl() { return *impl_; }  // for quick_access.h

 private:
  DetectorImpl* impl_;
};

}  // namespace snag

#endif  // SNAG_CORE_DETECTOR_H
