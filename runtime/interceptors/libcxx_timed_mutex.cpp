// libc++ builds std::timed_mutex from a mutex, a condition variable and a flag. The mutex inside tells the order; here
// an unlock is checked.
#include <pthread.h>

#include "interceptors/real_function.h"
#include "interceptors/sync_events.h"

using namespace snag;

// std::timed_mutex::unlock
SNAG_INTERCEPTOR void _ZNSt3__111timed_mutex6unlockEv(void* mutex);

namespace {

SNAG_REAL(_ZNSt3__111timed_mutex6unlockEv);

// Where libc++'s ABI lays down the flag.
bool isLocked(const void* mutex) {
  constexpr size_t kOffset = sizeof(pthread_mutex_t) + sizeof(pthread_cond_t);
  return __atomic_load_n(static_cast<const char*>(mutex) + kOffset, __ATOMIC_RELAXED) != 0;
}

}  // namespace

SNAG_INTERCEPTOR void _ZNSt3__111timed_mutex6unlockEv(void* mutex) {
  if (RuntimeScope scope; scope && !isLocked(mutex))
    detector().reportLockMisuse(scope.thread(), SNAG_CALLER, MisuseKind::UnlockOfUnlocked, addressOf(mutex));
  real__ZNSt3__111timed_mutex6unlockEv(mutex);
}
