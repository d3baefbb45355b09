// GCC's OpenMP runtime (libgomp) as objects compiled by gcc call it. Its barriers and locks are futexes, its tasks run
// on whichever thread is free; these entry points are where one can see it. With LLVM's runtime, which offers the same
// entry points, the edges are told twice; that changes nothing.
//
// A team's tasks are awaited at the team's next barrier whoever made them, and taskwait waits for the children of the
// calling task: contexts are kept per thread, and each task or thread of a team that starts brings its own.
#include <stdarg.h>
#include <string.h>

#include "interceptors/openmp/task.h"
#include "interceptors/real_function.h"
#include "interceptors/sync_events.h"

using namespace snag;
using namespace snag::openmp;

using GompFunction = void (*)(void* data);
using GompCopy = void (*)(void* to, void* from);

extern "C" {
void GOMP_parallel(GompFunction function, void* data, unsigned threads, unsigned flags);
unsigned GOMP_parallel_reductions(GompFunction function, void* data, unsigned threads, unsigned flags);
void GOMP_parallel_sections(GompFunction function, void* data, unsigned threads, unsigned count, unsigned flags);
void GOMP_parallel_loop_static(GompFunction function, void* data, unsigned threads, long start, long end, long step,
                               long chunk, unsigned flags);
void GOMP_parallel_loop_dynamic(GompFunction function, void* data, unsigned threads, long start, long end, long step,
                                long chunk, unsigned flags);
void GOMP_parallel_loop_guided(GompFunction function, void* data, unsigned threads, long start, long end, long step,
                               long chunk, unsigned flags);
void GOMP_parallel_loop_nonmonotonic_dynamic(GompFunction function, void* data, unsigned threads, long start, long end,
                                             long step, long chunk, unsigned flags);
void GOMP_parallel_loop_nonmonotonic_guided(GompFunction function, void* data, unsigned threads, long start, long end,
                                            long step, long chunk, unsigned flags);
void GOMP_parallel_loop_runtime(GompFunction function, void* data, unsigned threads, long start, long end, long step,
                                unsigned flags);
void GOMP_parallel_loop_nonmonotonic_runtime(GompFunction function, void* data, unsigned threads, long start, long end,
                                             long step, unsigned flags);
void GOMP_parallel_loop_maybe_nonmonotonic_runtime(GompFunction function, void* data, unsigned threads, long start,
                                                   long end, long step, unsigned flags);
void GOMP_teams_reg(GompFunction function, void* data, unsigned teams, unsigned limit, unsigned flags);
void GOMP_barrier();
bool GOMP_barrier_cancel();
void GOMP_loop_end();
bool GOMP_loop_end_cancel();
void GOMP_sections_end();
bool GOMP_sections_end_cancel();
void* GOMP_single_copy_start();
void GOMP_single_copy_end(void* data);
void GOMP_critical_start();
void GOMP_critical_end();
void GOMP_critical_name_start(void** name);
void GOMP_critical_name_end(void** name);
void GOMP_atomic_start();
void GOMP_atomic_end();
void GOMP_ordered_start();
void GOMP_ordered_end();
void GOMP_doacross_post(long* iteration);
void GOMP_doacross_ull_post(unsigned long long* iteration);
void GOMP_doacross_wait(long first, long b, long c, long d, long e, long f, long g, long h);
void GOMP_doacross_ull_wait(unsigned long long first, long b, long c, long d, long e, long f, long g, long h);
void GOMP_task(GompFunction function, void* data, GompCopy copy, long bytes, long alignment, bool isDeferred,
               unsigned flags, void** depend, int priority, void* detach);
void GOMP_taskloop(GompFunction function, void* data, GompCopy copy, long bytes, long alignment, unsigned flags,
                   unsigned long tasks, int priority, long start, long end, long step);
void GOMP_taskloop_ull(GompFunction function, void* data, GompCopy copy, long bytes, long alignment, unsigned flags,
                       unsigned long tasks, int priority, unsigned long long start, unsigned long long end,
                       unsigned long long step);
void GOMP_taskwait();
void GOMP_taskwait_depend(void** depend);
void GOMP_taskgroup_start();
void GOMP_taskgroup_end();
}

namespace {

SNAG_REAL(GOMP_parallel);
SNAG_REAL(GOMP_parallel_reductions);
SNAG_REAL(GOMP_parallel_sections);
SNAG_REAL(GOMP_parallel_loop_static);
SNAG_REAL(GOMP_parallel_loop_dynamic);
SNAG_REAL(GOMP_parallel_loop_guided);
SNAG_REAL(GOMP_parallel_loop_nonmonotonic_dynamic);
SNAG_REAL(GOMP_parallel_loop_nonmonotonic_guided);
SNAG_REAL(GOMP_parallel_loop_runtime);
SNAG_REAL(GOMP_parallel_loop_nonmonotonic_runtime);
SNAG_REAL(GOMP_parallel_loop_maybe_nonmonotonic_runtime);
SNAG_REAL(GOMP_teams_reg);
SNAG_REAL(GOMP_barrier);
SNAG_REAL(GOMP_barrier_cancel);
SNAG_REAL(GOMP_loop_end);
SNAG_REAL(GOMP_loop_end_cancel);
SNAG_REAL(GOMP_sections_end);
SNAG_REAL(GOMP_sections_end_cancel);
SNAG_REAL(GOMP_single_copy_start);
SNAG_REAL(GOMP_single_copy_end);
SNAG_REAL(GOMP_critical_start);
SNAG_REAL(GOMP_critical_end);
SNAG_REAL(GOMP_critical_name_start);
SNAG_REAL(GOMP_critical_name_end);
SNAG_REAL(GOMP_atomic_start);
SNAG_REAL(GOMP_atomic_end);
SNAG_REAL(GOMP_ordered_start);
SNAG_REAL(GOMP_ordered_end);
SNAG_REAL(GOMP_doacross_post);
SNAG_REAL(GOMP_doacross_ull_post);
SNAG_REAL(GOMP_doacross_wait);
SNAG_REAL(GOMP_doacross_ull_wait);
SNAG_REAL(GOMP_task);
SNAG_REAL(GOMP_taskloop);
SNAG_REAL(GOMP_taskloop_ull);
SNAG_REAL(GOMP_taskwait);
SNAG_REAL(GOMP_taskwait_depend);
SNAG_REAL(GOMP_taskgroup_start);
SNAG_REAL(GOMP_taskgroup_end);

constinit thread_local Task* current = nullptr;   // what the thread executes; null outside parallel regions
constinit thread_local Task* implicit = nullptr;  // the thread's part of the team; null outside parallel regions

// --- parallel regions -----------------------------------------------------------------------------------

// On the stack of the thread that begins the region; the others are done with it when that one goes on.
struct Region {
  void* reductions;  // where libgomp looks for them: the first word of the program's data
  Team* team;
  GompFunction function;
  void* data;
};

void nameWorker() {
  RuntimeScope scope;
  if (!scope) return;
  ThreadRecord& record = *scope.thread().record;
  constexpr char kName[] = "OpenMP worker";
  if (record.number != 0 && record.name[0] == 0) memcpy(record.name, kName, sizeof kName);
}

void runRegion(void* argument) {
  auto* region = static_cast<Region*>(argument);
  Task* outerCurrent = current;
  Task* outerImplicit = implicit;
  if (implicit == nullptr) nameWorker();
  region->team->start.acquire();
  current = implicit = arenaNew<Task>(nullptr, region->team);
  region->function(region->data);
  region->team->end.release();
  current->drop();
  current = outerCurrent;
  implicit = outerImplicit;
}

template <typename RealParallel>
auto inRegion(GompFunction function, void* data, RealParallel&& real, void* reductions = nullptr) {
  struct End {
    Region region;
    ~End() {
      region.team->end.acquire();
      // Tasks that nobody else waited for end with the region.
      region.team->barrier[0].acquire();
      region.team->barrier[1].acquire();
      region.team->drop();
    }
  } end{{reductions, arenaNew<Team>(), function, data}};
  end.region.team->start.release();
  return real(runRegion, &end.region);
}

// --- barriers -------------------------------------------------------------------------------------------

template <typename RealBarrier>
auto atBarrier(RealBarrier&& real) {
  struct Passage {
    Task* task = implicit;
    Passage() {
      if (task != nullptr) task->enterBarrier();
    }
    ~Passage() {
      if (task != nullptr) task->leaveBarrier();
    }
  } passage;
  return real();
}

// --- tasks ----------------------------------------------------------------------------------------------

// In front of a task's own data, in the copy that libgomp makes of both. The first words are where libgomp expects
// those of the data: it writes a taskloop's bounds or a detached task's event there, and reads where reductions are.
struct TaskHeader {
  uintptr_t words[3];
  size_t writtenWords;  // how many of them are to be handed on
  Task* task;
  GompFunction function;
  GompCopy copy;  // null for bytes
  void* data;     // the creator's
  size_t bytes;
  size_t dataOffset;
  bool isCopied;  // into what follows the header; otherwise the creator waits, and its own data is used
};

void runTask(void* argument) {
  auto* header = static_cast<TaskHeader*>(argument);
  void* data = header->isCopied ? static_cast<char*>(argument) + header->dataOffset : header->data;
  memcpy(data, header->words, header->writtenWords * sizeof(uintptr_t));
  Task* task = header->task;
  Task* outer = current;
  current = task;
  task->start();
  header->function(data);
  task->complete(implicit);
  current = outer;
  if (header->isCopied) task->drop();
}

void copyTask(void* to, void* from) {
  auto* header = static_cast<TaskHeader*>(to);
  *header = *static_cast<TaskHeader*>(from);
  header->isCopied = true;
  header->task->hold();
  char* data = static_cast<char*>(to) + header->dataOffset;
  if (header->copy != nullptr)
    header->copy(data, header->data);
  else
    memcpy(data, header->data, header->bytes);
}

enum TaskFlag : unsigned { kHasDepend = 1 << 3, kNoGroup = 1 << 11, kDetach = 1 << 13 };

size_t roundUp(size_t bytes, size_t alignment) { return (bytes + alignment - 1) & ~(alignment - 1); }

// What libgomp is to be given in place of the program's function, data, size and alignment.
struct WrappedTask {
  TaskHeader header;
  long bytes, alignment;

  WrappedTask(GompFunction function, void* data, GompCopy copy, long dataBytes, long dataAlignment, size_t words)
      : header{{}, words, arenaNew<Task>(current, current->team()), function, copy, data, 0, 0, false},
        alignment(dataAlignment > 16 ? dataAlignment : 16) {
    header.bytes = static_cast<size_t>(dataBytes);
    header.dataOffset = roundUp(sizeof(TaskHeader), static_cast<size_t>(alignment));
    if (data != nullptr)
      memcpy(header.words, data, header.bytes < sizeof header.words ? header.bytes : sizeof header.words);
    bytes = static_cast<long>(header.dataOffset + header.bytes);
  }
  ~WrappedTask() { header.task->drop(); }
  WrappedTask(const WrappedTask&) = delete;
  WrappedTask& operator=(const WrappedTask&) = delete;
};

// Layout of `depend` since OpenMP 5: a first word of 0, the total, then the numbers of out and inout, mutexinoutset and
// in entries, then the addresses in that order and the rest, which names its kind. Before: total, number of out,
// addresses.
void addDependences(Task& task, void** depend) {
  uintptr_t total = reinterpret_cast<uintptr_t>(depend[0]);
  if (total != 0) {
    const uintptr_t outs = reinterpret_cast<uintptr_t>(depend[1]);
    for (uintptr_t i = 0; i < total; ++i)
      task.addDependence(reinterpret_cast<uintptr_t>(depend[2 + i]),
                         i < outs ? DependenceKind::Out : DependenceKind::In);
    return;
  }
  total = reinterpret_cast<uintptr_t>(depend[1]);
  const uintptr_t outs = reinterpret_cast<uintptr_t>(depend[2]);
  const uintptr_t mutexes = outs + reinterpret_cast<uintptr_t>(depend[3]);
  const uintptr_t ins = mutexes + reinterpret_cast<uintptr_t>(depend[4]);
  for (uintptr_t i = 0; i < total; ++i) {
    const uintptr_t entry = reinterpret_cast<uintptr_t>(depend[5 + i]);
    // Entries of other kinds (depend objects, inoutset) point to an address and a kind: ordered like the strongest.
    if (i >= ins)
      task.addDependence(*reinterpret_cast<uintptr_t*>(entry), DependenceKind::Out);
    else
      task.addDependence(entry, i < outs      ? DependenceKind::Out
                                : i < mutexes ? DependenceKind::Mutex
                                              : DependenceKind::In);
  }
}

// A task made outside parallel regions runs at once.
bool isFollowed() { return current != nullptr && runtimeIsActive(); }

// `make` makes all tasks of a taskloop, and waits for them unless they are in no group.
template <typename MakeTasks>
void followTaskloop(unsigned flags, MakeTasks&& make) {
  Task* creator = current;
  const bool isGroup = (flags & kNoGroup) == 0;
  if (isGroup) creator->beginGroup();
  make();
  if (isGroup) creator->endGroup();
}

}  // namespace

// --- parallel regions -----------------------------------------------------------------------------------

SNAG_INTERCEPTOR void GOMP_parallel(GompFunction function, void* data, unsigned threads, unsigned flags) {
  inRegion(function, data, [=](auto run, void* region) { real_GOMP_parallel(run, region, threads, flags); });
}

SNAG_INTERCEPTOR unsigned GOMP_parallel_reductions(GompFunction function, void* data, unsigned threads,
                                                   unsigned flags) {
  return inRegion(
      function, data,
      [=](auto run, void* region) { return real_GOMP_parallel_reductions(run, region, threads, flags); },
      *static_cast<void**>(data));
}

SNAG_INTERCEPTOR void GOMP_parallel_sections(GompFunction function, void* data, unsigned threads, unsigned count,
                                             unsigned flags) {
  inRegion(function, data,
           [=](auto run, void* region) { real_GOMP_parallel_sections(run, region, threads, count, flags); });
}

#define SNAG_GOMP_LOOP(name)                                                                                       \
  SNAG_INTERCEPTOR void name(GompFunction function, void* data, unsigned threads, long start, long end, long step, \
                             long chunk, unsigned flags) {                                                         \
    inRegion(function, data,                                                                                       \
             [=](auto run, void* region) { real_##name(run, region, threads, start, end, step, chunk, flags); });  \
  }
#define SNAG_GOMP_RUNTIME_LOOP(name)                                                                               \
  SNAG_INTERCEPTOR void name(GompFunction function, void* data, unsigned threads, long start, long end, long step, \
                             unsigned flags) {                                                                     \
    inRegion(function, data,                                                                                       \
             [=](auto run, void* region) { real_##name(run, region, threads, start, end, step, flags); });         \
  }
SNAG_GOMP_LOOP(GOMP_parallel_loop_static)
SNAG_GOMP_LOOP(GOMP_parallel_loop_dynamic)
SNAG_GOMP_LOOP(GOMP_parallel_loop_guided)
SNAG_GOMP_LOOP(GOMP_parallel_loop_nonmonotonic_dynamic)
SNAG_GOMP_LOOP(GOMP_parallel_loop_nonmonotonic_guided)
SNAG_GOMP_RUNTIME_LOOP(GOMP_parallel_loop_runtime)
SNAG_GOMP_RUNTIME_LOOP(GOMP_parallel_loop_nonmonotonic_runtime)
SNAG_GOMP_RUNTIME_LOOP(GOMP_parallel_loop_maybe_nonmonotonic_runtime)

SNAG_INTERCEPTOR void GOMP_teams_reg(GompFunction function, void* data, unsigned teams, unsigned limit,
                                     unsigned flags) {
  inRegion(function, data, [=](auto run, void* region) { real_GOMP_teams_reg(run, region, teams, limit, flags); });
}

// --- barriers and the ends of worksharing ----------------------------------------------------------------

SNAG_INTERCEPTOR void GOMP_barrier() {
  atBarrier([] { real_GOMP_barrier(); });
}
SNAG_INTERCEPTOR bool GOMP_barrier_cancel() {
  return atBarrier([] { return real_GOMP_barrier_cancel(); });
}
SNAG_INTERCEPTOR void GOMP_loop_end() {
  atBarrier([] { real_GOMP_loop_end(); });
}
SNAG_INTERCEPTOR bool GOMP_loop_end_cancel() {
  return atBarrier([] { return real_GOMP_loop_end_cancel(); });
}
SNAG_INTERCEPTOR void GOMP_sections_end() {
  atBarrier([] { real_GOMP_sections_end(); });
}
SNAG_INTERCEPTOR bool GOMP_sections_end_cancel() {
  return atBarrier([] { return real_GOMP_sections_end_cancel(); });
}

// The one thread that gets null executes the region and then gives its data to the others, who wait in the first call.
SNAG_INTERCEPTOR void* GOMP_single_copy_start() {
  if (implicit != nullptr) implicit->enterBarrier();
  void* data = real_GOMP_single_copy_start();
  if (data != nullptr && implicit != nullptr) implicit->leaveBarrier();
  return data;
}
SNAG_INTERCEPTOR void GOMP_single_copy_end(void* data) {
  atBarrier([=] { real_GOMP_single_copy_end(data); });
}

// --- mutual exclusion -----------------------------------------------------------------------------------

// The lock of unnamed critical regions, and the one of atomic operations, are libgomp's own.
constinit static char unnamedCritical[8], atomicRegion[8];

SNAG_INTERCEPTOR void GOMP_critical_start() {
  real_GOMP_critical_start();
  noteLocked(unnamedCritical, LockMode::Write, SNAG_CALLER);
}
SNAG_INTERCEPTOR void GOMP_critical_end() {
  noteUnlocking(unnamedCritical, LockMode::Write, SNAG_CALLER);
  real_GOMP_critical_end();
}
SNAG_INTERCEPTOR void GOMP_critical_name_start(void** name) {
  real_GOMP_critical_name_start(name);
  noteLocked(name, LockMode::Write, SNAG_CALLER);
}
SNAG_INTERCEPTOR void GOMP_critical_name_end(void** name) {
  noteUnlocking(name, LockMode::Write, SNAG_CALLER);
  real_GOMP_critical_name_end(name);
}
SNAG_INTERCEPTOR void GOMP_atomic_start() {
  real_GOMP_atomic_start();
  noteAcquire(atomicRegion);
}
SNAG_INTERCEPTOR void GOMP_atomic_end() {
  noteRelease(atomicRegion);
  real_GOMP_atomic_end();
}

// --- ordered and doacross -------------------------------------------------------------------------------

SNAG_INTERCEPTOR void GOMP_ordered_start() {
  real_GOMP_ordered_start();
  if (implicit != nullptr) implicit->team()->ordered.acquire();
}
SNAG_INTERCEPTOR void GOMP_ordered_end() {
  if (implicit != nullptr) implicit->team()->ordered.release();
  real_GOMP_ordered_end();
}

// The number of dimensions is libgomp's secret: posts and waits meet by their first one.
SNAG_INTERCEPTOR void GOMP_doacross_post(long* iteration) {
  if (implicit != nullptr) implicit->team()->iteration(static_cast<uint64_t>(iteration[0])).release();
  real_GOMP_doacross_post(iteration);
}
SNAG_INTERCEPTOR void GOMP_doacross_ull_post(unsigned long long* iteration) {
  if (implicit != nullptr) implicit->team()->iteration(iteration[0]).release();
  real_GOMP_doacross_ull_post(iteration);
}

// libgomp reads as many arguments as there are dimensions; passing on more only reads what lies on the caller's stack.
SNAG_INTERCEPTOR void GOMP_doacross_wait(long first, long b, long c, long d, long e, long f, long g, long h) {
  real_GOMP_doacross_wait(first, b, c, d, e, f, g, h);
  if (implicit != nullptr) implicit->team()->iteration(static_cast<uint64_t>(first)).acquire();
}
SNAG_INTERCEPTOR void GOMP_doacross_ull_wait(unsigned long long first, long b, long c, long d, long e, long f, long g,
                                             long h) {
  real_GOMP_doacross_ull_wait(first, b, c, d, e, f, g, h);
  if (implicit != nullptr) implicit->team()->iteration(first).acquire();
}

// --- tasks ----------------------------------------------------------------------------------------------

SNAG_INTERCEPTOR void GOMP_task(GompFunction function, void* data, GompCopy copy, long bytes, long alignment,
                                bool isDeferred, unsigned flags, void** depend, int priority, void* detach) {
  if (!isFollowed())
    return real_GOMP_task(function, data, copy, bytes, alignment, isDeferred, flags, depend, priority, detach);
  WrappedTask task(function, data, copy, bytes, alignment, (flags & kDetach) != 0 ? 1 : 0);
  if ((flags & kHasDepend) != 0) addDependences(*task.header.task, depend);
  real_GOMP_task(runTask, &task.header, copyTask, task.bytes, task.alignment, isDeferred, flags, depend, priority,
                 detach);
}

SNAG_INTERCEPTOR void GOMP_taskloop(GompFunction function, void* data, GompCopy copy, long bytes, long alignment,
                                    unsigned flags, unsigned long tasks, int priority, long start, long end,
                                    long step) {
  if (!isFollowed())
    return real_GOMP_taskloop(function, data, copy, bytes, alignment, flags, tasks, priority, start, end, step);
  followTaskloop(flags, [=] {
    WrappedTask task(function, data, copy, bytes, alignment, 2);
    real_GOMP_taskloop(runTask, &task.header, copyTask, task.bytes, task.alignment, flags, tasks, priority, start, end,
                       step);
  });
}

SNAG_INTERCEPTOR void GOMP_taskloop_ull(GompFunction function, void* data, GompCopy copy, long bytes, long alignment,
                                        unsigned flags, unsigned long tasks, int priority, unsigned long long start,
                                        unsigned long long end, unsigned long long step) {
  if (!isFollowed())
    return real_GOMP_taskloop_ull(function, data, copy, bytes, alignment, flags, tasks, priority, start, end, step);
  followTaskloop(flags, [=] {
    WrappedTask task(function, data, copy, bytes, alignment, 2);
    real_GOMP_taskloop_ull(runTask, &task.header, copyTask, task.bytes, task.alignment, flags, tasks, priority, start,
                           end, step);
  });
}

SNAG_INTERCEPTOR void GOMP_taskwait() {
  real_GOMP_taskwait();
  if (current != nullptr) current->taskwait();
}

// The tasks it waits for are siblings: a task of its own stands for it.
SNAG_INTERCEPTOR void GOMP_taskwait_depend(void** depend) {
  real_GOMP_taskwait_depend(depend);
  if (current == nullptr) return;
  Task* wait = arenaNew<Task>(current, current->team());
  addDependences(*wait, depend);
  wait->start();
  wait->drop();
}

SNAG_INTERCEPTOR void GOMP_taskgroup_start() {
  if (current != nullptr) current->beginGroup();
  real_GOMP_taskgroup_start();
}
SNAG_INTERCEPTOR void GOMP_taskgroup_end() {
  real_GOMP_taskgroup_end();
  if (current != nullptr) current->endGroup();
}
