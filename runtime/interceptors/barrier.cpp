// A barrier's phases must not run together: a thread that is slow to leave one phase may not learn what the others
// did in the next. So even and odd phases have a sync object each; a third phase cannot begin before the slow thread
// arrives.
#include "interceptors/barrier.h"

#include <pthread.h>

#include "core/arena.h"
#include "core/spin_lock.h"
#include "interceptors/destroyed_mark.h"
#include "interceptors/real_function.h"

using namespace snag;

namespace {

SNAG_REAL(pthread_barrier_init);
SNAG_REAL(pthread_barrier_destroy);
SNAG_REAL(pthread_barrier_wait);

// Who came to a barrier, and where.
struct Arrival {
  const ThreadRecord* thread = nullptr;
  ContextId context = kNoContext;
};

struct BarrierState {
  uintptr_t barrier;
  unsigned count;    // threads per phase; 0 if other processes come too, whom nobody counts
  unsigned arrived;  // in this phase
  unsigned phase;    // 0 or 1
  Arrival last;
  BarrierState* next;
};

class BarrierTable {
 public:
  void add(uintptr_t barrier, unsigned count) {
    remove(barrier);
    SpinGuard guard(lock_);
    BarrierState*& head = bucket(barrier);
    head = arenaNew<BarrierState>(BarrierState{barrier, count, 0, 0, {}, head});
  }

  void remove(uintptr_t barrier) {
    SpinGuard guard(lock_);
    for (BarrierState** link = &bucket(barrier); *link != nullptr; link = &(*link)->next) {
      if ((*link)->barrier != barrier) continue;
      BarrierState* removed = *link;
      *link = removed->next;
      arenaDelete(removed);
      return;
    }
  }

  // True and *last set if threads wait for others to come.
  bool isInUse(uintptr_t barrier, Arrival* last) {
    SpinGuard guard(lock_);
    for (const BarrierState* state = bucket(barrier); state != nullptr; state = state->next) {
      if (state->barrier != barrier) continue;
      *last = state->last;
      return state->count != 0 && state->arrived != 0;
    }
    return false;
  }

  // One more thread has come. Returns the phase that it takes part in.
  unsigned arrive(uintptr_t barrier, const Arrival& arrival) {
    SpinGuard guard(lock_);
    for (BarrierState* state = bucket(barrier); state != nullptr; state = state->next) {
      if (state->barrier != barrier) continue;
      const unsigned phase = state->phase;
      if (state->count == 0) return 0;
      state->last = arrival;
      if (++state->arrived == state->count) {
        state->arrived = 0;
        state->phase ^= 1;
      }
      return phase;
    }
    return 0;  // initialised behind our back
  }

  void beforeFork() { lock_.lock(); }
  void afterForkInParent() { lock_.unlock(); }
  void afterForkInChild() {
    for (BarrierState* state : buckets_)
      for (; state != nullptr; state = state->next) state->arrived = 0;
    lock_.unlock();
  }

 private:
  static constexpr size_t kBuckets = 64;
  BarrierState*& bucket(uintptr_t barrier) { return buckets_[(barrier >> 5) % kBuckets]; }

  SpinLock lock_;  // protects the rest
  BarrierState* buckets_[kBuckets] = {};
};
constinit BarrierTable barriers;

// A pthread_barrier_t is 32 bytes long: any two of its words will do.
const char* syncObject(const pthread_barrier_t* barrier, unsigned phase) {
  return reinterpret_cast<const char*>(barrier) + 8 * phase;
}

void destroySyncObjects(const pthread_barrier_t* barrier) {
  noteInitialised(syncObject(barrier, 0));
  noteInitialised(syncObject(barrier, 1));
}

void reportInUse(const pthread_barrier_t* barrier, const Arrival& arrival, const Place& place) {
  RuntimeScope scope;
  if (!scope) return;
  Misuse misuse;
  misuse.kind = MisuseKind::DestroyInUse;
  misuse.object = addressOf(barrier);
  misuse.add(
      {MisuseRole::Caught, scope.thread().record, detector().contextFor(scope.thread(), place), addressOf(barrier)});
  misuse.add({MisuseRole::Waiting, arrival.thread, arrival.context, addressOf(barrier)});
  detector().reportMisuse(scope.thread(), misuse);
}

Arrival arrivalOf(const Place& place) {
  RuntimeScope scope;
  return scope ? Arrival{scope.thread().record, detector().contextFor(scope.thread(), place)} : Arrival{};
}

bool isShared(const pthread_barrierattr_t* attributes) {
  int shared = PTHREAD_PROCESS_PRIVATE;
  return attributes != nullptr && pthread_barrierattr_getpshared(attributes, &shared) == 0 &&
         shared == PTHREAD_PROCESS_SHARED;
}

}  // namespace

void snag::barriersBeforeFork() { barriers.beforeFork(); }
void snag::barriersAfterForkInParent() { barriers.afterForkInParent(); }
void snag::barriersAfterForkInChild() { barriers.afterForkInChild(); }

SNAG_INTERCEPTOR int pthread_barrier_init(pthread_barrier_t* barrier, const pthread_barrierattr_t* attributes,
                                          unsigned count) {
  const int error = real_pthread_barrier_init(barrier, attributes, count);
  if (error == 0 && runtimeIsActive()) {
    destroySyncObjects(barrier);
    barriers.add(addressOf(barrier), isShared(attributes) ? 0 : count);
    clearDestroyedMark(barrier);
  }
  return error;
}

SNAG_INTERCEPTOR int pthread_barrier_destroy(pthread_barrier_t* barrier) {
  const Place place = SNAG_CALLER;
  Arrival last;
  reportIfDestroyed(barrier, place);
  if (barriers.isInUse(addressOf(barrier), &last)) reportInUse(barrier, last, place);
  barriers.remove(addressOf(barrier));
  const int error = real_pthread_barrier_destroy(barrier);  // waits until everybody has left
  if (error != 0) return error;
  destroySyncObjects(barrier);
  noteDestroyed(barrier, place);
  if (runtimeIsActive()) setDestroyedMark(barrier);
  return error;
}

SNAG_INTERCEPTOR int pthread_barrier_wait(pthread_barrier_t* barrier) {
  const Place place = SNAG_CALLER;
  reportIfDestroyed(barrier, place);
  const unsigned phase = barriers.arrive(addressOf(barrier), arrivalOf(place));
  noteRelease(syncObject(barrier, phase));
  const int result = real_pthread_barrier_wait(barrier);
  noteAcquire(syncObject(barrier, phase));
  return result;
}
