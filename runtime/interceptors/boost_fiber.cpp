// The mutexes of Boost.Fiber, whose library is compiled without Snag. Looked up by name: most programs have none.
#include "interceptors/real_function.h"
#include "interceptors/sync_events.h"

using namespace snag;

namespace {

using Lock = void(void*);
using TryLock = bool(void*);

}  // namespace

// A fiber may wait with the mutex on one thread and go on on another, so only the order is told, not who holds it.
#define SNAG_BOOST_MUTEX(name, symbol)                                                                              \
  [[gnu::section("snag_real"), gnu::used]] static constinit RealFunction<Lock> name##Lock{                          \
      {"_ZN5boost6fibers" symbol "4lockEv", nullptr, nullptr}};                                                     \
  [[gnu::section("snag_real"), gnu::used]] static constinit RealFunction<TryLock> name##TryLock{                    \
      {"_ZN5boost6fibers" symbol "8try_lockEv", nullptr, nullptr}};                                                 \
  [[gnu::section("snag_real"), gnu::used]] static constinit RealFunction<Lock> name##Unlock{                        \
      {"_ZN5boost6fibers" symbol "6unlockEv", nullptr, nullptr}};                                                   \
  SNAG_INTERCEPTOR void snag_boost_##name##_lock(void* mutex) __asm__("_ZN5boost6fibers" symbol "4lockEv");         \
  SNAG_INTERCEPTOR bool snag_boost_##name##_try_lock(void* mutex) __asm__("_ZN5boost6fibers" symbol "8try_lockEv"); \
  SNAG_INTERCEPTOR void snag_boost_##name##_unlock(void* mutex) __asm__("_ZN5boost6fibers" symbol "6unlockEv");     \
  void snag_boost_##name##_lock(void* mutex) {                                                                      \
    name##Lock(mutex);                                                                                              \
    noteAcquire(mutex);                                                                                             \
  }                                                                                                                 \
  bool snag_boost_##name##_try_lock(void* mutex) {                                                                  \
    const bool isLocked = name##TryLock(mutex);                                                                     \
    if (isLocked) noteAcquire(mutex);                                                                               \
    return isLocked;                                                                                                \
  }                                                                                                                 \
  void snag_boost_##name##_unlock(void* mutex) {                                                                    \
    noteRelease(mutex);                                                                                             \
    name##Unlock(mutex);                                                                                            \
  }

SNAG_BOOST_MUTEX(mutex, "5mutex")
SNAG_BOOST_MUTEX(timedMutex, "11timed_mutex")
SNAG_BOOST_MUTEX(recursiveMutex, "15recursive_mutex")
SNAG_BOOST_MUTEX(recursiveTimedMutex, "21recursive_timed_mutex")
