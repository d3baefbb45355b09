#include "interceptors/rwlock_events.h"

namespace snag {

void rwlockWanted(const volatile void* lock, LockMode mode, const Place& place) {
  RuntimeScope scope;
  if (!scope || scope.thread().locks.count() == 0) return;
  const HeldLock* own = scope.thread().locks.find(addressOf(lock));
  if (own == nullptr)
    detector().lockWanted(scope.thread(), place, addressOf(lock), mode);
  else if (own->mode == LockMode::Write)
    detector().reportLockMisuse(scope.thread(), place, MisuseKind::SelfDeadlock, addressOf(lock));
  else if (mode == LockMode::Write)
    detector().reportLockMisuse(scope.thread(), place, MisuseKind::ReadLockUpgrade, addressOf(lock));
}

}  // namespace snag
