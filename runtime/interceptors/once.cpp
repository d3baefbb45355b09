// The one file of the runtime that exceptions pass through with something to do. It refers to the language's unwinding
// weakly: a program that links none of it throws none.
#include <pthread.h>
#include <threads.h>

#include "interceptors/real_function.h"
#include "interceptors/sync_events.h"

asm(".weak __gxx_personality_v0\n.weak _Unwind_Resume\n.weak __cxa_begin_catch\n.weak _ZSt9terminatev");

using namespace snag;

namespace {

SNAG_REAL(pthread_once);
SNAG_REAL(call_once);

// libc hands no argument to the routine, so the innermost call in progress is kept here.
struct OnceCall {
  void (*routine)();
  const void* control;
};
constinit thread_local const OnceCall* innermostCall = nullptr;

// Nothing of the runtime throws.
[[gnu::nothrow, gnu::noinline]] void acquireQuietly(const void* control) { noteAcquire(control); }
[[gnu::nothrow, gnu::noinline]] void releaseQuietly(const void* control) { noteRelease(control); }

// What the destructors do is done too when the routine throws.
struct Innermost {
  explicit Innermost(const OnceCall& call) : outer(innermostCall) { innermostCall = &call; }
  ~Innermost() { innermostCall = outer; }
  const OnceCall* const outer;
};
struct Execution {
  explicit Execution(const void* executed) : control(executed) { acquireQuietly(control); }
  ~Execution() { releaseQuietly(control); }
  const void* const control;
};

// Runs on the thread that was first. What it did is published before libc lets the others go on; also what one that
// threw did, to the next that tries.
void runRoutine() {
  const OnceCall call = *innermostCall;
  const Execution execution(call.control);
  call.routine();
}

template <typename RealOnce>
int callOnce(const void* control, void (*routine)(), RealOnce realOnce) {
  const OnceCall call{routine, control};
  int error;
  {
    const Innermost innermost(call);
    error = realOnce();
  }
  if (error == 0) acquireQuietly(control);
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
