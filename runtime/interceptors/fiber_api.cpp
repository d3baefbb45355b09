// Fibers as the program tells us of them: snag.h's functions, and those of ThreadSanitizer's interface.
#include "interceptors/fiber.h"
#include "interceptors/sync_events.h"
#include "snag/snag.h"

using namespace snag;

void* snag_fiber_current(void) { return currentFiber(); }
void* snag_fiber_create(void) { return createFiber(SNAG_CALLER, {}); }
void snag_fiber_destroy(void* fiber) { destroyFiber(static_cast<Fiber*>(fiber)); }
void snag_fiber_set_name(void* fiber, const char* name) { nameFiber(static_cast<Fiber*>(fiber), name); }
void snag_fiber_switch_to(void* fiber, unsigned flags) {
  switchToFiber(static_cast<Fiber*>(fiber), (flags & SNAG_FIBER_UNORDERED) != 0 ? Switch::Unordered : Switch::Ordered);
}

extern "C" {
__attribute__((visibility("default"))) void* __tsan_get_current_fiber() { return currentFiber(); }
// No flags are defined.
__attribute__((visibility("default"))) void* __tsan_create_fiber(unsigned) { return createFiber(SNAG_CALLER, {}); }
__attribute__((visibility("default"))) void __tsan_destroy_fiber(void* fiber) {
  destroyFiber(static_cast<Fiber*>(fiber));
}
// Flag 1: the switch orders nothing.
__attribute__((visibility("default"))) void __tsan_switch_to_fiber(void* fiber, unsigned flags) {
  snag_fiber_switch_to(fiber, flags & 1);
}
__attribute__((visibility("default"))) void __tsan_set_fiber_name(void* fiber, const char* name) {
  nameFiber(static_cast<Fiber*>(fiber), name);
}
__attribute__((visibility("default"))) void __tsan_acquire(void* address) { noteAcquire(address); }
__attribute__((visibility("default"))) void __tsan_release(void* address) { noteRelease(address); }
}
