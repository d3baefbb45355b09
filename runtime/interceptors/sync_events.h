// The detector's synchronisation calls as interceptors need them: allowed or not, in one line.
#ifndef SNAG_INTERCEPTORS_SYNC_EVENTS_H
#define SNAG_INTERCEPTORS_SYNC_EVENTS_H

#include "runtime.h"

namespace snag {

inline uintptr_t addressOf(const volatile void* object) { return reinterpret_cast<uintptr_t>(object); }

inline void noteAcquire(const volatile void* object) {
  if (RuntimeScope scope; scope) detector().acquire(scope.thread(), addressOf(object));
}
inline void noteRelease(const volatile void* object) {
  if (RuntimeScope scope; scope) detector().release(scope.thread(), addressOf(object));
}
inline void noteLocked(const volatile void* lock, LockMode mode, const Place& place) {
  if (RuntimeScope scope; scope) detector().lockAcquired(scope.thread(), place, addressOf(lock), mode);
}
inline void noteUnlocking(const volatile void* lock, LockMode mode, const Place& place) {
  if (RuntimeScope scope; scope) detector().lockReleased(scope.thread(), addressOf(lock), mode, place);
}
inline void noteDestroyed(const volatile void* lock, const Place& place) {
  if (RuntimeScope scope; scope) detector().lockDestroyed(scope.thread(), place, addressOf(lock));
}
// A condition variable's part in the order in which threads take locks; around its signals and waits.
inline void noteSignalling(const volatile void* condition) {
  if (RuntimeScope scope; scope) detector().conditionSignalled(scope.thread(), addressOf(condition));
}
inline void noteAwaited(const volatile void* condition) {
  if (RuntimeScope scope; scope) detector().conditionAwaited(scope.thread(), addressOf(condition));
}
// Its memory is made a new one, whatever was there before.
inline void noteInitialised(const volatile void* lock) {
  if (RuntimeScope scope; scope) detector().lockDestroyed(scope.thread(), addressOf(lock));
}

}  // namespace snag

#endif  // SNAG_INTERCEPTORS_SYNC_EVENTS_H
