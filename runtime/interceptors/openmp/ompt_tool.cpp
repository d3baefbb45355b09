// LLVM's OpenMP runtime asks every program for a tool before it starts, and then tells the tool about each parallel
// region, task and barrier (OMPT). Locks, critical and ordered regions and what the compiler's reductions do are seen
// in kmpc.cpp and omp_lock.cpp instead: OMPT tells of a release when the next owner may already run.
#include "interceptors/openmp/current_task.h"
#include "interceptors/openmp/ompt.h"
#include "interceptors/real_function.h"

namespace snag::openmp {
namespace {

constinit thread_local Task* innermostImplicitTask = nullptr;
constinit ompt::GetTaskInfo getTaskInfo = nullptr;  // written while the OpenMP runtime starts

Task* taskOf(const ompt::Data* data) { return data != nullptr ? static_cast<Task*>(data->pointer) : nullptr; }
Team* teamOf(const ompt::Data* data) { return data != nullptr ? static_cast<Team*>(data->pointer) : nullptr; }

// --- threads and parallel regions -----------------------------------------------------------------------

void nameWorker(ThreadRecord& record) {
  constexpr char kName[] = "OpenMP worker";
  static_assert(sizeof kName <= sizeof record.name);
  if (record.name[0] == 0) __builtin_memcpy(record.name, kName, sizeof kName);
}

void onThreadBegin(ompt::ThreadType type, ompt::Data*) {
  RuntimeScope scope;
  if (scope && type == ompt::kThreadWorker) nameWorker(*scope.thread().record);
}

void onParallelBegin(ompt::Data*, const void*, ompt::Data* parallel, unsigned, int, const void*) {
  Team* team = arenaNew<Team>();
  team->start.release();
  parallel->pointer = team;
}

void onParallelEnd(ompt::Data* parallel, ompt::Data*, int, const void*) {
  Team* team = teamOf(parallel);
  if (team == nullptr) return;
  team->end.acquire();
  parallel->pointer = nullptr;
  team->drop();
}

void beginImplicitTask(ompt::Data* parallel, ompt::Data* data) {
  Team* team = teamOf(parallel);
  Task* task = arenaNew<Task>(nullptr, team);
  task->outer = innermostImplicitTask;
  data->pointer = innermostImplicitTask = task;
  if (team != nullptr) team->start.acquire();
}

// A worker hears of the end when it is needed again: it has waited at the team's last barrier until then.
void endImplicitTask(ompt::Data* data) {
  Task* task = taskOf(data);
  if (task == nullptr) return;
  innermostImplicitTask = task->outer;
  data->pointer = nullptr;
  task->drop();
}

void onImplicitTask(ompt::Endpoint endpoint, ompt::Data* parallel, ompt::Data* task, unsigned, unsigned, int) {
  if (endpoint == ompt::kBegin)
    beginImplicitTask(parallel, task);
  else
    endImplicitTask(task);
}

// --- barriers, taskwait, taskgroup ----------------------------------------------------------------------

bool isBarrier(ompt::SyncRegion kind) {
  return kind != ompt::kTaskwait && kind != ompt::kTaskgroup && kind != ompt::kRegionReduction;
}

void onSyncRegion(ompt::SyncRegion kind, ompt::Endpoint endpoint, ompt::Data*, ompt::Data* data, const void*) {
  Task* task = taskOf(data);
  if (task == nullptr) return;
  const bool begins = endpoint == ompt::kBegin;
  if (isBarrier(kind)) {
    if (begins && task->team() != nullptr) task->team()->end.release();
    begins ? task->enterBarrier() : task->leaveBarrier();
  } else if (kind == ompt::kTaskgroup) {
    begins ? task->beginGroup() : task->endGroup();
  } else if (!begins) {
    task->taskwait();
  }
}

// What a group's tasks reduced is put together between the end of the wait and the end of the region.
void onSyncRegionWait(ompt::SyncRegion kind, ompt::Endpoint endpoint, ompt::Data*, ompt::Data* data, const void*) {
  Task* task = taskOf(data);
  if (task == nullptr || endpoint != ompt::kEnd || kind != ompt::kTaskgroup) return;
  task->waitForGroup();
  noteTasksAwaited();
}

// Threads that gather at a barrier combine each other's partial results: who combines knows what those did who have
// arrived, and hands on what it made.
void onReduction(ompt::SyncRegion, ompt::Endpoint endpoint, ompt::Data*, ompt::Data* data, const void*) {
  Task* task = taskOf(data);
  SyncClock* barrier = task != nullptr ? task->barrierOf(task->barriersPassed()) : nullptr;
  if (barrier == nullptr) return;
  endpoint == ompt::kBegin ? barrier->acquire() : barrier->release();
}

// --- tasks ----------------------------------------------------------------------------------------------

void onTaskCreate(ompt::Data* creator, const void*, ompt::Data* data, int flags, int, const void*) {
  Task* parent = taskOf(creator);
  Team* team = parent != nullptr ? parent->team() : nullptr;
  Task* task = arenaNew<Task>((flags & ompt::kTaskInitial) != 0 ? nullptr : parent, team);
  task->isUntied = (flags & ompt::kTaskUntied) != 0;
  task->isTaskwait = (flags & ompt::kTaskTaskwait) != 0;
  data->pointer = task;
}

void onDependences(ompt::Data* data, const ompt::Dependence* dependences, int count) {
  Task* task = taskOf(data);
  if (task == nullptr) return;
  for (int i = 0; i < count; ++i) {
    const uintptr_t address = dependences[i].variable.value;
    switch (dependences[i].type) {
      case ompt::kIn: task->addDependence(address, DependenceKind::In); break;
      case ompt::kOut:
      case ompt::kInout: task->addDependence(address, DependenceKind::Out); break;
      case ompt::kMutexinoutset: task->addDependence(address, DependenceKind::Mutex); break;
      case ompt::kInoutset: task->addDependence(address, DependenceKind::Set); break;
      case ompt::kOutAllMemory:
      case ompt::kInoutAllMemory: task->addDependenceOnAll(); break;
      case ompt::kSource:
      case ompt::kSink: break;  // iterations of doacross loops: kmpc.cpp
    }
  }
}

void onTaskSchedule(ompt::Data* prior, ompt::TaskStatus status, ompt::Data* next) {
  Task* task = taskOf(prior);
  if (status == ompt::kTaskwaitComplete) {
    if (task == nullptr) return;
    task->start();
    prior->pointer = nullptr;
    return task->drop();
  }
  const bool isOver = status == ompt::kComplete || status == ompt::kCancel || status == ompt::kLateFulfill;
  if (task != nullptr) {
    if (isOver || status == ompt::kDetach || status == ompt::kEarlyFulfill) task->complete(innermostImplicitTask);
    if (task->isUntied && !isOver) task->resumption.release();
  }
  if (Task* scheduled = taskOf(next); scheduled != nullptr && status != ompt::kEarlyFulfill) scheduled->start();
  if (task == nullptr || !isOver) return;
  prior->pointer = nullptr;
  task->drop();
}

// --- the tool -------------------------------------------------------------------------------------------

template <typename Function>
ompt::Callback asCallback(Function* function) {
  return reinterpret_cast<ompt::Callback>(function);
}

int initializeTool(ompt::Lookup lookup, int, ompt::Data*) {
  const auto setCallback = reinterpret_cast<ompt::SetCallback>(lookup("ompt_set_callback"));
  getTaskInfo = reinterpret_cast<ompt::GetTaskInfo>(lookup("ompt_get_task_info"));
  if (setCallback == nullptr) return 0;
  setCallback(ompt::kThreadBegin, asCallback(onThreadBegin));
  setCallback(ompt::kParallelBegin, asCallback(onParallelBegin));
  setCallback(ompt::kParallelEnd, asCallback(onParallelEnd));
  setCallback(ompt::kImplicitTask, asCallback(onImplicitTask));
  setCallback(ompt::kSyncRegion, asCallback(onSyncRegion));
  setCallback(ompt::kSyncRegionWait, asCallback(onSyncRegionWait));
  setCallback(ompt::kReduction, asCallback(onReduction));
  setCallback(ompt::kTaskCreate, asCallback(onTaskCreate));
  setCallback(ompt::kTaskSchedule, asCallback(onTaskSchedule));
  setCallback(ompt::kDependences, asCallback(onDependences));
  return 1;
}

void finalizeTool(ompt::Data*) { getTaskInfo = nullptr; }

constinit ompt::StartToolResult tool{initializeTool, finalizeTool, {0}};

}  // namespace

Task* currentTask() {
  ompt::Data* data = nullptr;
  return getTaskInfo != nullptr && getTaskInfo(0, nullptr, &data, nullptr, nullptr, nullptr) == 2 ? taskOf(data)
                                                                                                  : nullptr;
}

}  // namespace snag::openmp

// Asked for once, by name, before the OpenMP runtime is used.
SNAG_INTERCEPTOR snag::ompt::StartToolResult* ompt_start_tool(unsigned, const char*) {
  return snag::runtimeIsActive() ? &snag::openmp::tool : nullptr;
}
