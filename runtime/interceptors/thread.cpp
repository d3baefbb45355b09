// Creation, join and detachment of threads, POSIX and C11.
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/prctl.h>
#include <threads.h>

#include "core/arena.h"
#include "interceptors/real_function.h"
#include "interceptors/signal_delivery.h"
#include "interceptors/thread_lifetime.h"
#include "interceptors/thread_map.h"
#include "runtime.h"

using namespace snag;

namespace {

SNAG_REAL(pthread_create);
SNAG_REAL(pthread_join);
SNAG_REAL(pthread_tryjoin_np);
SNAG_REAL(pthread_timedjoin_np);
SNAG_REAL(pthread_clockjoin_np);
SNAG_REAL(pthread_cancel);
SNAG_REAL(pthread_detach);
SNAG_REAL(pthread_setname_np);
// prctl is variadic, so it is looked up under a type of its own.
using Prctl = int(int, unsigned long, unsigned long, unsigned long, unsigned long);
[[gnu::section("snag_real"), gnu::used]] constinit RealFunction<Prctl> real_prctl{{"prctl", nullptr, nullptr}};
SNAG_REAL(thrd_create);
SNAG_REAL(thrd_join);
SNAG_REAL(thrd_detach);

using PosixRoutine = void* (*)(void*);

// What creator and new thread tell each other. Freed by whoever is done with it last.
struct ThreadStart {
  void* argument;
  PosixRoutine posixRoutine;  // one of the two
  thrd_start_t c11Routine;
  ThreadState* state;
  bool isDetached;
  uint64_t signalMask;  // the new thread's; until it is known to us, no signal may reach it
  pthread_t* out;       // the program's variable
  SpinLock lock;
  bool isPublished = false;  // by lock
  std::atomic<int> users{2};
};

// Called by both: whoever is first tells the program and the map the thread's name, before the program can use
// it on either side. The other may not, because the program's variable may be gone by then.
void publish(ThreadStart& start, pthread_t thread) {
  SpinGuard guard(start.lock);
  if (start.isPublished) return;
  start.isPublished = true;
  *start.out = thread;
  if (!start.isDetached) threadMap().add(thread, start.state);
}

void drop(ThreadStart* start) {
  if (start->users.fetch_sub(1, std::memory_order_acq_rel) == 1) arenaDelete(start);
}

// --- the new thread -------------------------------------------------------------------------------------

struct Routine {
  PosixRoutine posixRoutine;
  thrd_start_t c11Routine;
  void* argument;
};

Routine beginStartedThread(void* argument) {
  auto* start = static_cast<ThreadStart*>(argument);
  const Routine routine{start->posixRoutine, start->c11Routine, start->argument};
  const uint64_t signalMask = start->signalMask;
  beginThread(*start->state);
  publish(*start, pthread_self());
  drop(start);
  setSignalMask(signalMask);
  return routine;
}

void* runPosixThread(void* argument) {
  noteThreadStart(reinterpret_cast<uintptr_t>(__builtin_return_address(0)));
  const Routine routine = beginStartedThread(argument);
  return routine.posixRoutine(routine.argument);
}

int runC11Thread(void* argument) {
  noteThreadStart(reinterpret_cast<uintptr_t>(__builtin_return_address(0)));
  const Routine routine = beginStartedThread(argument);
  return routine.c11Routine(routine.argument);
}

// --- its creator ----------------------------------------------------------------------------------------

ThreadState* announceThread(const Place& place) {
  RuntimeScope scope;
  return scope ? detector().createThread(&scope.thread(), place) : nullptr;
}

ThreadStart* makeStart(ThreadState* state, void* argument, pthread_t* out) {
  auto* start = arenaNew<ThreadStart>();
  start->argument = argument;
  start->state = state;
  start->out = out;
  return start;
}

// After the real creation: `thread` is the new thread if it `worked`.
void finishCreation(ThreadStart* start, pthread_t thread, bool worked) {
  const RuntimeScope scope;
  if (!worked) {
    detector().abandonThread(start->state);
    arenaDelete(start);
    return;
  }
  publish(*start, thread);
  if (start->isDetached) detector().detachThread(start->state);
  drop(start);
}

bool isDetached(const pthread_attr_t* attributes) {
  int state = PTHREAD_CREATE_JOINABLE;
  if (attributes != nullptr) pthread_attr_getdetachstate(attributes, &state);
  return state == PTHREAD_CREATE_DETACHED;
}

// Signals are blocked from here until the new thread is known, and for the creator until it exists.
uint64_t blockSignalsFor(ThreadStart& start, const pthread_attr_t* attributes) {
  const uint64_t before = start.signalMask = blockSignals();
  sigset_t wanted;
  if (attributes != nullptr && pthread_attr_getsigmask_np(attributes, &wanted) == 0)
    start.signalMask = *reinterpret_cast<const uint64_t*>(&wanted);
  return before;
}

// --- join and detach ------------------------------------------------------------------------------------

// The thread is looked up first: after a successful join its pthread_t may mean another one at once.
template <typename RealJoin>
int join(pthread_t thread, RealJoin realJoin) {
  ThreadState* joined = threadMap().find(thread);
  const int error = realJoin();
  if (error != 0 || joined == nullptr || !threadMap().remove(thread, joined)) return error;
  if (RuntimeScope scope; scope) detector().joinThread(scope.thread(), joined);
  return error;
}

// The same if the join cannot but succeed, once the thread has ended.
template <typename RealJoin>
int joinAnyway(pthread_t thread, RealJoin realJoin) {
  ThreadState* const joiner = currentThread();
  if (joiner != nullptr) detector().awaitThread(*joiner, threadMap().find(thread));
  const int error = join(thread, realJoin);
  if (joiner != nullptr) detector().awaitThread(*joiner, nullptr);
  return error;
}

template <typename RealDetach>
int detach(pthread_t thread, RealDetach realDetach) {
  ThreadState* detached = threadMap().find(thread);
  const int error = realDetach();
  if (error != 0 || detached == nullptr || !threadMap().remove(thread, detached)) return error;
  if (RuntimeScope scope; scope) detector().detachThread(detached);
  return error;
}

void copyName(ThreadRecord& record, const char* name) {
  size_t i = 0;
  for (; i + 1 < sizeof record.name && name[i] != 0; ++i) record.name[i] = name[i];
  record.name[i] = 0;
}

}  // namespace

SNAG_INTERCEPTOR int pthread_create(pthread_t* thread, const pthread_attr_t* attributes, PosixRoutine routine,
                                    void* argument) noexcept {
  ThreadState* state = announceThread(SNAG_CALLER);
  if (state == nullptr) return real_pthread_create(thread, attributes, routine, argument);
  ThreadStart* start = makeStart(state, argument, thread);
  start->posixRoutine = routine;
  start->isDetached = isDetached(attributes);
  pthread_t created{};
  const uint64_t mask = blockSignalsFor(*start, attributes);
  const int error = real_pthread_create(&created, attributes, runPosixThread, start);
  setSignalMask(mask);
  finishCreation(start, created, error == 0);
  return error;
}

SNAG_INTERCEPTOR int thrd_create(thrd_t* thread, thrd_start_t routine, void* argument) {
  ThreadState* state = announceThread(SNAG_CALLER);
  if (state == nullptr) return real_thrd_create(thread, routine, argument);
  ThreadStart* start = makeStart(state, argument, thread);
  start->c11Routine = routine;
  thrd_t created{};
  const uint64_t mask = blockSignalsFor(*start, nullptr);
  const int result = real_thrd_create(&created, runC11Thread, start);
  setSignalMask(mask);
  finishCreation(start, created, result == thrd_success);
  return result;
}

SNAG_INTERCEPTOR int pthread_join(pthread_t thread, void** result) {
  return joinAnyway(thread, [=] { return real_pthread_join(thread, result); });
}

SNAG_INTERCEPTOR int pthread_tryjoin_np(pthread_t thread, void** result) noexcept {
  return join(thread, [=] { return real_pthread_tryjoin_np(thread, result); });
}

SNAG_INTERCEPTOR int pthread_timedjoin_np(pthread_t thread, void** result, const timespec* deadline) {
  return join(thread, [=] { return real_pthread_timedjoin_np(thread, result, deadline); });
}

SNAG_INTERCEPTOR int pthread_clockjoin_np(pthread_t thread, void** result, clockid_t clock, const timespec* deadline) {
  return join(thread, [=] { return real_pthread_clockjoin_np(thread, result, clock, deadline); });
}

SNAG_INTERCEPTOR int thrd_join(thrd_t thread, int* result) {
  static_assert(thrd_success == 0);
  return joinAnyway(thread, [=] { return real_thrd_join(thread, result); });
}

// Whoever cleans up then may have waited for another thread.
SNAG_INTERCEPTOR int pthread_cancel(pthread_t thread) {
  if (runtimeIsActive()) detector().expectInterruptedJoins();
  return real_pthread_cancel(thread);
}

SNAG_INTERCEPTOR int pthread_detach(pthread_t thread) noexcept {
  return detach(thread, [=] { return real_pthread_detach(thread); });
}

SNAG_INTERCEPTOR int thrd_detach(thrd_t thread) {
  return detach(thread, [=] { return real_thrd_detach(thread); });
}

SNAG_INTERCEPTOR int pthread_setname_np(pthread_t thread, const char* name) noexcept {
  const int error = real_pthread_setname_np(thread, name);
  ThreadState* state = thread == pthread_self() ? threadLocals.state : threadMap().find(thread);
  if (error == 0 && state != nullptr) copyName(*state->record, name);
  return error;
}

// The other way to name the calling thread. The kernel takes as many arguments as there are registers.
SNAG_INTERCEPTOR int prctl(int option, ...) noexcept {
  va_list rest;
  va_start(rest, option);
  unsigned long arguments[4];
  for (unsigned long& argument : arguments) argument = va_arg(rest, unsigned long);
  va_end(rest);
  const int result = real_prctl(option, arguments[0], arguments[1], arguments[2], arguments[3]);
  if (result == 0 && option == PR_SET_NAME && threadLocals.state != nullptr)
    copyName(*threadLocals.state->record, reinterpret_cast<const char*>(arguments[0]));
  return result;
}
