// The first and the last thing that happens on a thread.
#ifndef SNAG_INTERCEPTORS_THREAD_LIFETIME_H
#define SNAG_INTERCEPTORS_THREAD_LIFETIME_H

#include "core/thread_state.h"

namespace snag {

// At start-up, before any other thread-specific data key is made.
void installThreadEndHandler();

// The calling thread is `state` from now on, until its last destructor has run.
void beginMainThread(ThreadState& state);
void beginThread(ThreadState& state);

// Where libc calls a new thread's function from. A function of the program that ends in a tail call returns there too.
void noteThreadStart(uintptr_t pc);
bool isThreadStart(uintptr_t pc);

// At the usual end of the process: threads that have ended and that nobody has joined or detached. Where the main
// thread ended first, by pthread_exit: those that had ended before it did.
void reportThreadLeaks();

}  // namespace snag

#endif  // SNAG_INTERCEPTORS_THREAD_LIFETIME_H
