// omp_lock_t and omp_nest_lock_t, of whichever OpenMP runtime. What they hold is its secret; their address names the
// lock.
#include "interceptors/real_function.h"
#include "interceptors/sync_events.h"

using namespace snag;

extern "C" {
void omp_init_lock(void* lock);
void omp_init_nest_lock(void* lock);
void omp_init_lock_with_hint(void* lock, int hint);
void omp_init_nest_lock_with_hint(void* lock, int hint);
void omp_destroy_lock(void* lock);
void omp_destroy_nest_lock(void* lock);
void omp_set_lock(void* lock);
void omp_unset_lock(void* lock);
int omp_test_lock(void* lock);
void omp_set_nest_lock(void* lock);
void omp_unset_nest_lock(void* lock);
int omp_test_nest_lock(void* lock);
}

namespace {

SNAG_REAL(omp_init_lock);
SNAG_REAL(omp_init_nest_lock);
SNAG_REAL(omp_init_lock_with_hint);
SNAG_REAL(omp_init_nest_lock_with_hint);
SNAG_REAL(omp_destroy_lock);
SNAG_REAL(omp_destroy_nest_lock);
SNAG_REAL(omp_set_lock);
SNAG_REAL(omp_unset_lock);
SNAG_REAL(omp_test_lock);
SNAG_REAL(omp_set_nest_lock);
SNAG_REAL(omp_unset_nest_lock);
SNAG_REAL(omp_test_nest_lock);

// A nest lock may be taken again by its owner. omp_test_nest_lock tells the depth; the other functions do not, but a
// lock that this thread holds already is the owner's. A nested unlock before the last one releases nothing.
bool holds(ThreadState& thread, const void* lock) {
  size_t count = 0;
  const HeldLock* held = detector().lockSet(detector().heldLocks(thread), &count);
  for (size_t i = 0; i < count; ++i)
    if (held[i].lock == addressOf(lock)) return true;
  return false;
}

// Depths beyond the first of nest locks, by thread. Few are held at once.
struct NestedLock {
  const void* lock;
  unsigned depth;  // beyond the first
};
constexpr size_t kMaxNested = 64;
constinit thread_local NestedLock nestedLocks[kMaxNested] = {};

NestedLock* nestedLock(const void* lock) {
  for (NestedLock& nested : nestedLocks)
    if (nested.depth != 0 && nested.lock == lock) return &nested;
  return nullptr;
}

void nestLocked(const void* lock, const Place& place) {
  RuntimeScope scope;
  if (!scope) return;
  if (!holds(scope.thread(), lock))
    return detector().lockAcquired(scope.thread(), place, addressOf(lock), LockMode::Write);
  if (NestedLock* known = nestedLock(lock)) {
    ++known->depth;
    return;
  }
  for (NestedLock& free : nestedLocks)
    if (free.depth == 0) {
      free = {lock, 1};
      return;
    }
}

void nestUnlocking(const void* lock, const Place& place) {
  if (NestedLock* nested = nestedLock(lock))
    --nested->depth;
  else
    noteUnlocking(lock, LockMode::Write, place);
}

}  // namespace

SNAG_INTERCEPTOR void omp_init_lock(void* lock) {
  noteInitialised(lock);
  real_omp_init_lock(lock);
}

SNAG_INTERCEPTOR void omp_init_nest_lock(void* lock) {
  noteInitialised(lock);
  real_omp_init_nest_lock(lock);
}

SNAG_INTERCEPTOR void omp_init_lock_with_hint(void* lock, int hint) {
  noteInitialised(lock);
  real_omp_init_lock_with_hint(lock, hint);
}

SNAG_INTERCEPTOR void omp_init_nest_lock_with_hint(void* lock, int hint) {
  noteInitialised(lock);
  real_omp_init_nest_lock_with_hint(lock, hint);
}

SNAG_INTERCEPTOR void omp_destroy_lock(void* lock) {
  real_omp_destroy_lock(lock);
  noteDestroyed(lock, SNAG_CALLER);
}

SNAG_INTERCEPTOR void omp_destroy_nest_lock(void* lock) {
  real_omp_destroy_nest_lock(lock);
  noteDestroyed(lock, SNAG_CALLER);
}

SNAG_INTERCEPTOR void omp_set_lock(void* lock) {
  real_omp_set_lock(lock);
  noteLocked(lock, LockMode::Write, SNAG_CALLER);
}

SNAG_INTERCEPTOR int omp_test_lock(void* lock) {
  const int taken = real_omp_test_lock(lock);
  if (taken != 0) noteLocked(lock, LockMode::Write, SNAG_CALLER);
  return taken;
}

SNAG_INTERCEPTOR void omp_unset_lock(void* lock) {
  noteUnlocking(lock, LockMode::Write, SNAG_CALLER);
  real_omp_unset_lock(lock);
}

SNAG_INTERCEPTOR void omp_set_nest_lock(void* lock) {
  real_omp_set_nest_lock(lock);
  nestLocked(lock, SNAG_CALLER);
}

SNAG_INTERCEPTOR int omp_test_nest_lock(void* lock) {
  const int depth = real_omp_test_nest_lock(lock);
  if (depth != 0) nestLocked(lock, SNAG_CALLER);
  return depth;
}

SNAG_INTERCEPTOR void omp_unset_nest_lock(void* lock) {
  nestUnlocking(lock, SNAG_CALLER);
  real_omp_unset_nest_lock(lock);
}
