// What clang's code asks of LLVM's OpenMP runtime and OMPT does not tell, or tells too late: critical and ordered
// regions, reductions, doacross loops, flushes, and the memory of tasks, which the OpenMP runtime uses again unseen.
#include "interceptors/openmp/current_task.h"
#include "interceptors/openmp/task_memory.h"
#include "interceptors/real_function.h"
#include "interceptors/sync_events.h"

using namespace snag;
using namespace snag::openmp;

extern "C" {
using KmpReduce = void (*)(void* into, void* from);
void __kmpc_critical(void* location, int thread, void* name);
void __kmpc_critical_with_hint(void* location, int thread, void* name, uint32_t hint);
void __kmpc_end_critical(void* location, int thread, void* name);
void __kmpc_ordered(void* location, int thread);
void __kmpc_end_ordered(void* location, int thread);
void __kmpc_flush(void* location);
int __kmpc_reduce(void* location, int thread, int count, size_t bytes, void* data, KmpReduce reduce, void* name);
int __kmpc_reduce_nowait(void* location, int thread, int count, size_t bytes, void* data, KmpReduce reduce, void* name);
void __kmpc_end_reduce(void* location, int thread, void* name);
void __kmpc_end_reduce_nowait(void* location, int thread, void* name);
void __kmpc_doacross_init(void* location, int thread, int dimensions, const void* bounds);
void __kmpc_doacross_post(void* location, int thread, const int64_t* iteration);
void __kmpc_doacross_wait(void* location, int thread, const int64_t* iteration);
KmpTask* __kmpc_omp_task_alloc(void* location, int thread, int flags, size_t taskBytes, size_t sharedBytes,
                               KmpRoutine routine);
KmpTask* __kmpc_omp_target_task_alloc(void* location, int thread, int flags, size_t taskBytes, size_t sharedBytes,
                                      KmpRoutine routine, int64_t device);
int __kmpc_omp_task(void* location, int thread, KmpTask* task);
void* __kmpc_taskred_modifier_init(void* location, int thread, int isLoop, int count, void* data);
void __kmpc_task_reduction_modifier_fini(void* location, int thread, int isLoop);
void __kmpc_taskloop(void* location, int thread, KmpTask* task, int ifValue, uint64_t* lower, uint64_t* upper,
                     int64_t stride, int noGroup, int schedule, uint64_t grain, void* duplicate);
void __kmpc_taskloop_5(void* location, int thread, KmpTask* task, int ifValue, uint64_t* lower, uint64_t* upper,
                       int64_t stride, int noGroup, int schedule, uint64_t grain, int modifier, void* duplicate);
}

namespace {

SNAG_REAL(__kmpc_critical);
SNAG_REAL(__kmpc_critical_with_hint);
SNAG_REAL(__kmpc_end_critical);
SNAG_REAL(__kmpc_ordered);
SNAG_REAL(__kmpc_end_ordered);
SNAG_REAL(__kmpc_flush);
SNAG_REAL(__kmpc_reduce);
SNAG_REAL(__kmpc_reduce_nowait);
SNAG_REAL(__kmpc_end_reduce);
SNAG_REAL(__kmpc_end_reduce_nowait);
SNAG_REAL(__kmpc_doacross_init);
SNAG_REAL(__kmpc_doacross_post);
SNAG_REAL(__kmpc_doacross_wait);
SNAG_REAL(__kmpc_omp_task_alloc);
SNAG_REAL(__kmpc_omp_target_task_alloc);
SNAG_REAL(__kmpc_omp_task);
SNAG_REAL(__kmpc_taskred_modifier_init);
SNAG_REAL(__kmpc_task_reduction_modifier_fini);
SNAG_REAL(__kmpc_taskloop);
SNAG_REAL(__kmpc_taskloop_5);

Team* currentTeam() {
  Task* task = currentTask();
  return task != nullptr ? task->team() : nullptr;
}

// --- reductions -----------------------------------------------------------------------------------------

// What __kmpc_reduce tells its caller to do: combine (under the lock of that name, or for all threads gathered).
constexpr int kCombine = 1;

int reductionBegun(int way, void* name) {
  if (way == kCombine) noteAcquire(name);
  return way;
}

// Threads that wait in the barrier learn what the one that combined did: it has left that barrier already.
void endReduction(void* name) {
  noteRelease(name);
  Task* task = currentTask();
  if (task == nullptr || task->team() == nullptr) return;
  task->barrierOf(task->barriersPassed() + 1)->release();
}

// --- reductions over a team's tasks ---------------------------------------------------------------------
// One thread prepares every thread's partial result, one puts them together; the others wait for both in the OpenMP
// runtime. Who does it is known to nobody else, so what it touches then is not judged.

constinit thread_local bool endsTaskReduction = false;

void ignoreAccesses(bool begins) {
  RuntimeScope scope;
  if (scope) begins ? scope.thread().ignoreAccesses() : scope.thread().stopIgnoring();
}

// --- doacross -------------------------------------------------------------------------------------------

SyncClock* iterationClock(const int64_t* iteration) {
  Task* task = currentTask();
  if (task == nullptr || task->team() == nullptr) return nullptr;
  uint64_t hash = 0;
  for (uint32_t i = 0; i < task->dimensions; ++i) hash = hash * 1'000'003 + static_cast<uint64_t>(iteration[i]);
  return &task->team()->iteration(hash);
}

}  // namespace

void snag::openmp::noteTasksAwaited() {
  if (!endsTaskReduction) return;
  endsTaskReduction = false;
  ignoreAccesses(true);
}

// --- critical, ordered, flush ---------------------------------------------------------------------------

SNAG_INTERCEPTOR void __kmpc_critical(void* location, int thread, void* name) {
  real___kmpc_critical(location, thread, name);
  noteLocked(name, LockMode::Write, SNAG_CALLER);
}

SNAG_INTERCEPTOR void __kmpc_critical_with_hint(void* location, int thread, void* name, uint32_t hint) {
  real___kmpc_critical_with_hint(location, thread, name, hint);
  noteLocked(name, LockMode::Write, SNAG_CALLER);
}

SNAG_INTERCEPTOR void __kmpc_end_critical(void* location, int thread, void* name) {
  noteUnlocking(name, LockMode::Write, SNAG_CALLER);
  real___kmpc_end_critical(location, thread, name);
}

SNAG_INTERCEPTOR void __kmpc_ordered(void* location, int thread) {
  real___kmpc_ordered(location, thread);
  if (Team* team = currentTeam()) team->ordered.acquire();
}

SNAG_INTERCEPTOR void __kmpc_end_ordered(void* location, int thread) {
  if (Team* team = currentTeam()) team->ordered.release();
  real___kmpc_end_ordered(location, thread);
}

SNAG_INTERCEPTOR void __kmpc_flush(void* location) {
  if (RuntimeScope scope; scope) detector().fence(scope.thread(), MemoryOrder::SeqCst);
  real___kmpc_flush(location);
}

// --- reductions -----------------------------------------------------------------------------------------

SNAG_INTERCEPTOR int __kmpc_reduce(void* location, int thread, int count, size_t bytes, void* data, KmpReduce reduce,
                                   void* name) {
  return reductionBegun(real___kmpc_reduce(location, thread, count, bytes, data, reduce, name), name);
}

SNAG_INTERCEPTOR int __kmpc_reduce_nowait(void* location, int thread, int count, size_t bytes, void* data,
                                          KmpReduce reduce, void* name) {
  return reductionBegun(real___kmpc_reduce_nowait(location, thread, count, bytes, data, reduce, name), name);
}

SNAG_INTERCEPTOR void __kmpc_end_reduce(void* location, int thread, void* name) {
  endReduction(name);
  real___kmpc_end_reduce(location, thread, name);
}

SNAG_INTERCEPTOR void __kmpc_end_reduce_nowait(void* location, int thread, void* name) {
  noteRelease(name);
  real___kmpc_end_reduce_nowait(location, thread, name);
}

SNAG_INTERCEPTOR void* __kmpc_taskred_modifier_init(void* location, int thread, int isLoop, int count, void* data) {
  ignoreAccesses(true);
  void* result = real___kmpc_taskred_modifier_init(location, thread, isLoop, count, data);
  ignoreAccesses(false);
  return result;
}

SNAG_INTERCEPTOR void __kmpc_task_reduction_modifier_fini(void* location, int thread, int isLoop) {
  endsTaskReduction = true;
  real___kmpc_task_reduction_modifier_fini(location, thread, isLoop);
  if (!endsTaskReduction) ignoreAccesses(false);
  endsTaskReduction = false;
}

// --- doacross -------------------------------------------------------------------------------------------

SNAG_INTERCEPTOR void __kmpc_doacross_init(void* location, int thread, int dimensions, const void* bounds) {
  if (Task* task = currentTask()) task->dimensions = static_cast<uint32_t>(dimensions);
  real___kmpc_doacross_init(location, thread, dimensions, bounds);
}

SNAG_INTERCEPTOR void __kmpc_doacross_post(void* location, int thread, const int64_t* iteration) {
  if (SyncClock* clock = iterationClock(iteration)) clock->release();
  real___kmpc_doacross_post(location, thread, iteration);
}

SNAG_INTERCEPTOR void __kmpc_doacross_wait(void* location, int thread, const int64_t* iteration) {
  real___kmpc_doacross_wait(location, thread, iteration);
  if (SyncClock* clock = iterationClock(iteration)) clock->acquire();
}

// --- tasks ----------------------------------------------------------------------------------------------

SNAG_INTERCEPTOR KmpTask* __kmpc_omp_task_alloc(void* location, int thread, int flags, size_t taskBytes,
                                                size_t sharedBytes, KmpRoutine routine) {
  return noteNewTask(real___kmpc_omp_task_alloc(location, thread, flags, taskBytes, sharedBytes, routine), taskBytes,
                     sharedBytes);
}

SNAG_INTERCEPTOR KmpTask* __kmpc_omp_target_task_alloc(void* location, int thread, int flags, size_t taskBytes,
                                                       size_t sharedBytes, KmpRoutine routine, int64_t device) {
  return noteNewTask(
      real___kmpc_omp_target_task_alloc(location, thread, flags, taskBytes, sharedBytes, routine, device), taskBytes,
      sharedBytes);
}

// An untied task hands its next part over in this way.
SNAG_INTERCEPTOR int __kmpc_omp_task(void* location, int thread, KmpTask* task) {
  if (Task* current = currentTask(); current != nullptr && current->isUntied) current->resumption.release();
  return real___kmpc_omp_task(location, thread, task);
}

SNAG_INTERCEPTOR void __kmpc_taskloop(void* location, int thread, KmpTask* task, int ifValue, uint64_t* lower,
                                      uint64_t* upper, int64_t stride, int noGroup, int schedule, uint64_t grain,
                                      void* duplicate) {
  real___kmpc_taskloop(location, thread, task, ifValue, lower, upper, stride, noGroup, schedule, grain,
                       duplicateTaskThrough(task, duplicate));
}

SNAG_INTERCEPTOR void __kmpc_taskloop_5(void* location, int thread, KmpTask* task, int ifValue, uint64_t* lower,
                                        uint64_t* upper, int64_t stride, int noGroup, int schedule, uint64_t grain,
                                        int modifier, void* duplicate) {
  real___kmpc_taskloop_5(location, thread, task, ifValue, lower, upper, stride, noGroup, schedule, grain, modifier,
                         duplicateTaskThrough(task, duplicate));
}
