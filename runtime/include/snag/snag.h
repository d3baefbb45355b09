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

#ifdef __cplusplus
}
#endif
#pragma GCC visibility pop

#endif  // SNAG_SNAG_H
