/* The one place where an exception of the program passes through the runtime and is noticed. Written in C: what unwinds
   C frames is part of every program, what unwinds C++ frames is not. */
#ifndef SNAG_INTERCEPTORS_ONCE_ATTEMPT_H
#define SNAG_INTERCEPTORS_ONCE_ATTEMPT_H

#ifdef __cplusplus
extern "C" {
#endif

/* Calls `routine`, then `finish(argument)`, also when an exception or a cancellation leaves the routine. */
void snagRunAttempt(void (*routine)(void), void (*finish)(const void*), const void* argument)
    __attribute__((visibility("hidden")));

#ifdef __cplusplus
}
#endif

#endif /* SNAG_INTERCEPTORS_ONCE_ATTEMPT_H */
