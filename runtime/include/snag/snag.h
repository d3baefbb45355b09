// Snag's interface for programs under test: tell the detector about synchronisation that it cannot see.
//
// Every function may be called from any thread, at any time. They are weak: in a program that was built without Snag
// their addresses are null, so ask before you call. Nothing here fails or allocates from the program's heap.
#ifndef SNAG_SNAG_H
#define SNAG_SNAG_H

#include <stddef.h>

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

// Findings as the program itself hears of them.
//
// One side of a race, or one step in the story of a misused primitive. Texts are never null; unknown is "" or 0.
typedef struct snag_report_access {
  const void* address;  // where the whole access starts; of a misuse, the lock or other object of the step
  size_t size;          // bytes of the whole access; 0 for a misuse
  int is_read;          // with is_write: a read-modify-write
  int is_write;         // freeing the memory counts as writing it
  int is_atomic;
  unsigned thread;            // number in order of creation; 0 is the main thread
  unsigned thread_id;         // the system's id of the thread
  const char* thread_name;    // as set by pthread_setname_np
  const char* function;       // of the access, from the program's debug information
  const char* file;           // its absolute path
  unsigned line, column;      // 1-based
  const void* const* frames;  // the stack, innermost first; return addresses: each call is just before its address
  size_t frame_count;         // 0 if the stack is unknown
} snag_report_access;

// A finding. Everything in it is valid until the callback returns.
typedef struct snag_report {
  size_t bytes;                        // sizeof(snag_report) in the runtime; later versions append members
  unsigned sequence;                   // 1, 2, ... in the order found by this process
  const char* kind;                    // "lost update", "data race", "lock-order inversion", ... as in printed reports
  const char* title;                   // one sentence: "lost update on 'Stats::hits' (global 'stats')"
  const char* object;                  // the variable or field, "Stats::hits"; "" if no name is known
  const void* address;                 // first racing byte, or the misused object; null if it has no address
  size_t size;                         // racing bytes; 0 for a misuse
  const snag_report_access* accesses;  // a race: the access that was caught, then the earlier one. A misuse: its steps
  size_t access_count;
  // With which the process will end because of the finding. 0: not for the program to say, because whoever runs it
  // judges findings (exitcode=0, as under snag gate) or because the tool may silence this one (suppressions=FILE).
  int exit_code;
} snag_report;

// Called, if the program defines it, once for each new finding of this process.
//
// When: after the finding has been printed or recorded, before the access or call in which it was caught takes effect
// or just after it. Where: on the thread that was caught, outside the runtime's own locks; on several threads at once
// if they are caught at once. The program may hold its locks there, so take no lock under which shared memory is
// accessed. Otherwise everything is allowed, also to allocate, print, fork, exit or abort: what the callback accesses
// is not checked. A finding of a signal handler is told in the handler: Snag calls nothing there signal-unsafe, but
// what really is unsafe there stays so. The callback must return or end the process: no exception, no jump out, no
// switch of fibers. A finding inside it comes to it after it has returned. A leaked thread is found at the end of the
// process, when static objects have been destroyed. Rules that silence findings are applied by the tool: the callback
// hears of silenced findings, too.
void snag_on_report(const snag_report* report);

// The same for libraries, such as a test framework's listener: up to 16 functions, called in the order added, after
// snag_on_report. add: 0 if there is no room. remove: 0 if it was not there; a call on another thread may still be
// under way.
typedef void (*snag_report_listener)(const snag_report* report, void* argument);
int snag_add_report_listener(snag_report_listener listener, void* argument) __attribute__((weak));
int snag_remove_report_listener(snag_report_listener listener, void* argument) __attribute__((weak));

#ifdef __cplusplus
}
#endif
#pragma GCC visibility pop

#endif  // SNAG_SNAG_H
