// Snag's interface for programs under test: tell the detector about synchronisation that it cannot see.
//
// Every function may be called from any thread, at any time, also in programs built without Snag: link
// nothing then, the inline stubs below do nothing. Nothing here fails or allocates from the program's heap.
#ifndef SNAG_SNAG_H
#define SNAG_SNAG_H

#pragma GCC visibility push(default)
#ifdef __cplusplus
extern "C" {
#endif

// Everything this thread did before snag_release(x) happens before everything another thread does after a
// later snag_acquire(x). `address` is any address that both sides agree on; it is not dereferenced.
void snag_acquire(const volatile void* address) __attribute__((weak));
void snag_release(const volatile void* address) __attribute__((weak));

// Accesses of the calling thread between begin and end are not checked and not remembered. Scopes nest.
void snag_ignore_begin(void) __attribute__((weak));
void snag_ignore_end(void) __attribute__((weak));

// Fibers: flows of control that the program itself switches on a thread (Boost.Context, assembly, a runtime of its
// own). Each is checked like a thread. Contexts of makecontext are known without this.
//
// Makes a fiber that has not run yet; what the calling fiber did so far happens before its first action.
void* snag_fiber_create(void) __attribute__((weak));
// To be called right before each real switch, on the stack that is left. Everything done so far happens before what the
// other fiber does next, unless the flags say SNAG_FIBER_UNORDERED.
void snag_fiber_switch_to(void* fiber, unsigned flags) __attribute__((weak));
enum { SNAG_FIBER_UNORDERED = 1 };
// Ends a fiber that does not run and never will again. Not for the fiber with which a thread began.
void snag_fiber_destroy(void* fiber) __attribute__((weak));
// The name for reports, cut to 15 characters.
void snag_fiber_set_name(void* fiber, const char* name) __attribute__((weak));
// The fiber that runs; of a thread that never switched, the one with which it began.
void* snag_fiber_current(void) __attribute__((weak));

#ifdef __cplusplus
}
#endif
#pragma GCC visibility pop

#endif  // SNAG_SNAG_H
