#include <pthread.h>
#include <threads.h>

#include "interceptors/once_attempt.h"
#include "interceptors/real_function.h"
#include "interceptors/sync_events.h"

using namespace snag;

namespace {

SNAG_REAL(pthread_once);
SNAG_REAL(call_once);

// libc hands no argument to the routine, so the innermost call in progress is kept here. If a routine throws, this
// dangles until the next call on the thread; nobody looks at it before.
struct OnceCall {
  void (*routine)();
  const void* control;
};
constinit thread_local const OnceCall* innermostCall = nullptr;

void finishAttempt(const void* control) { noteRelease(control); }

// Runs on the thread that was first, or is first again after an attempt that ended with an exception or a cancellation.
// What it did is published before libc lets the others go on.
void runRoutine() {
  const OnceCall call = *innermostCall;
  noteAcquire(call.control);
  snagRunAttempt(call.routine, finishAttempt, call.control);
}

template <typename RealOnce>
int callOnce(void* control, void (*routine)(), RealOnce realOnce) {
  const OnceCall call{routine, control};
  const OnceCall* outer = innermostCall;
  innermostCall = &call;
  const int error = realOnce();
  innermostCall = outer;
  if (error == 0) noteAcquire(control);
  return error;
}

}  // namespace

SNAG_INTERCEPTOR int pthread_once(pthread_once_t* control, void (*routine)()) {
  return callOnce(control, routine, [=] { return real_pthread_once(control, runRoutine); });
}

SNAG_INTERCEPTOR void call_once(once_flag* flag, void (*routine)()) {
  callOnce(flag, routine, [=] {
    real_call_once(flag, runRoutine);
    return 0;
  });
}
