// What a read-write lock has in common with others of its kind, whoever made it.
#ifndef SNAG_INTERCEPTORS_RWLOCK_EVENTS_H
#define SNAG_INTERCEPTORS_RWLOCK_EVENTS_H

#include "interceptors/sync_events.h"

namespace snag {

// Before a lock function that may wait for ever: the order in which locks are taken, and a thread that waits for
// itself. POSIX lets libc answer that with an error, which glibc does for writers, but promises none.
void rwlockWanted(const volatile void* lock, LockMode mode, const Place& place);

}  // namespace snag

#endif  // SNAG_INTERCEPTORS_RWLOCK_EVENTS_H
