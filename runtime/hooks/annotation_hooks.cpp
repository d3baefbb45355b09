// snag.h: what the program tells us itself.
#include "snag/snag.h"

#include "runtime.h"

void snag_acquire(const volatile void* address) {
  if (snag::RuntimeScope scope; scope) snag::detector().acquire(scope.thread(), reinterpret_cast<uintptr_t>(address));
}

void snag_release(const volatile void* address) {
  if (snag::RuntimeScope scope; scope) snag::detector().release(scope.thread(), reinterpret_cast<uintptr_t>(address));
}

void snag_ignore_begin(void) {
  if (snag::RuntimeScope scope; scope) scope.thread().ignoreAccesses();
}

void snag_ignore_end(void) {
  if (snag::RuntimeScope scope; scope) scope.thread().stopIgnoring();
}
