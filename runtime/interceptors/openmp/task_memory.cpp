#include "interceptors/openmp/task_memory.h"

#include "core/arena.h"
#include "core/spin_lock.h"
#include "runtime.h"

namespace snag::openmp {
namespace {

using Duplicate = void (*)(KmpTask* copy, KmpTask* original, int isLast);

// What is known of all tasks of one routine: the code that clang makes for a task construct.
struct TaskKind {
  KmpRoutine routine;
  size_t taskBytes, sharedBytes;
  Duplicate duplicate;
  TaskKind* next;
};

class TaskKinds {
 public:
  void noteBytes(KmpRoutine routine, size_t taskBytes, size_t sharedBytes) {
    SpinGuard guard(lock_);
    TaskKind& kind = of(routine);
    kind.taskBytes = taskBytes;
    kind.sharedBytes = sharedBytes;
  }
  void noteDuplicate(KmpRoutine routine, Duplicate duplicate) {
    SpinGuard guard(lock_);
    of(routine).duplicate = duplicate;
  }
  TaskKind find(KmpRoutine routine) {
    SpinGuard guard(lock_);
    return of(routine);
  }

 private:
  static constexpr size_t kBuckets = 256;
  TaskKind& of(KmpRoutine routine) {
    TaskKind*& head = buckets_[(reinterpret_cast<uintptr_t>(routine) >> 4) % kBuckets];
    for (TaskKind* kind = head; kind != nullptr; kind = kind->next)
      if (kind->routine == routine) return *kind;
    return *(head = arenaNew<TaskKind>(TaskKind{routine, sizeof(KmpTask), 0, nullptr, head}));
  }

  SpinLock lock_;  // protects the rest
  TaskKind* buckets_[kBuckets] = {};
};
constinit TaskKinds taskKinds;

void forget(const KmpTask* task, size_t taskBytes, size_t sharedBytes) {
  RuntimeScope scope;
  if (!scope) return;
  detector().forgetRange(reinterpret_cast<uintptr_t>(task), taskBytes);
  if (sharedBytes != 0) detector().forgetRange(reinterpret_cast<uintptr_t>(task->shareds), sharedBytes);
}

// Called by the OpenMP runtime for each copy, on the thread that made it.
void duplicateTask(KmpTask* copy, KmpTask* original, int isLast) {
  const TaskKind kind = taskKinds.find(original->routine);
  forget(copy, kind.taskBytes, kind.sharedBytes);
  if (kind.duplicate != nullptr) kind.duplicate(copy, original, isLast);
}

}  // namespace

KmpTask* noteNewTask(KmpTask* task, size_t taskBytes, size_t sharedBytes) {
  if (task == nullptr || !runtimeIsActive()) return task;
  taskKinds.noteBytes(task->routine, taskBytes, sharedBytes);
  forget(task, taskBytes, sharedBytes);
  return task;
}

void* duplicateTaskThrough(const KmpTask* first, void* duplicate) {
  if (!runtimeIsActive()) return duplicate;
  taskKinds.noteDuplicate(first->routine, reinterpret_cast<Duplicate>(duplicate));
  return reinterpret_cast<void*>(duplicateTask);
}

}  // namespace snag::openmp
