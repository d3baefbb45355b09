// A barrier's phases must not run together: a thread that is slow to leave one phase may not learn what the others
// did in the next. So even and odd phases have a sync object each; a third phase cannot begin before the slow thread
// arrives.
#include <pthread.h>

#include "core/arena.h"
#include "core/spin_lock.h"
#include "interceptors/real_function.h"
#include "interceptors/sync_events.h"

using namespace snag;

namespace {

SNAG_REAL(pthread_barrier_init);
SNAG_REAL(pthread_barrier_destroy);
SNAG_REAL(pthread_barrier_wait);

struct BarrierState {
  uintptr_t barrier;
  unsigned count;    // threads per phase
  unsigned arrived;  // in this phase
  unsigned phase;    // 0 or 1
  BarrierState* next;
};

class BarrierTable {
 public:
  void add(uintptr_t barrier, unsigned count) {
    remove(barrier);
    SpinGuard guard(lock_);
    BarrierState*& head = bucket(barrier);
    head = arenaNew<BarrierState>(BarrierState{barrier, count, 0, 0, head});
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

  // One more thread has come. Returns the phase that it takes part in.
  unsigned arrive(uintptr_t barrier) {
    SpinGuard guard(lock_);
    for (BarrierState* state = bucket(barrier); state != nullptr; state = state->next) {
      if (state->barrier != barrier) continue;
      const unsigned phase = state->phase;
      if (++state->arrived == state->count) {
        state->arrived = 0;
        state->phase ^= 1;
      }
      return phase;
    }
    return 0;  // initialised behind our back
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
  noteDestroyed(syncObject(barrier, 0));
  noteDestroyed(syncObject(barrier, 1));
}

}  // namespace

SNAG_INTERCEPTOR int pthread_barrier_init(pthread_barrier_t* barrier, const pthread_barrierattr_t* attributes,
                                          unsigned count) {
  const int error = real_pthread_barrier_init(barrier, attributes, count);
  if (error == 0 && runtimeIsActive()) {
    destroySyncObjects(barrier);
    barriers.add(addressOf(barrier), count);
  }
  return error;
}

SNAG_INTERCEPTOR int pthread_barrier_destroy(pthread_barrier_t* barrier) {
  barriers.remove(addressOf(barrier));
  const int error = real_pthread_barrier_destroy(barrier);  // waits until everybody has left
  if (error == 0) destroySyncObjects(barrier);
  return error;
}

SNAG_INTERCEPTOR int pthread_barrier_wait(pthread_barrier_t* barrier) {
  const unsigned phase = barriers.arrive(addressOf(barrier));
  noteRelease(syncObject(barrier, phase));
  const int result = real_pthread_barrier_wait(barrier);
  noteAcquire(syncObject(barrier, phase));
  return result;
}
