// The memory of a task (its own variables and the pointers to shared ones): clang's code writes and reads it, but
// LLVM's OpenMP runtime hands it out and takes it back where nobody sees it.
#ifndef SNAG_INTERCEPTORS_OPENMP_TASK_MEMORY_H
#define SNAG_INTERCEPTORS_OPENMP_TASK_MEMORY_H

#include <stddef.h>
#include <stdint.h>

namespace snag::openmp {

struct KmpTask;
using KmpRoutine = int (*)(int thread, KmpTask* task);

// How clang lays out what it shares with the OpenMP runtime; the task's own variables follow.
struct KmpTask {
  void* shareds;
  KmpRoutine routine;
};

// The memory has no past. Returns the task.
KmpTask* noteNewTask(KmpTask* task, size_t taskBytes, size_t sharedBytes);

// A taskloop's tasks are copies of a first one. Returns what to give to the OpenMP runtime in place of the program's
// function that completes a copy (which may be null).
void* duplicateTaskThrough(const KmpTask* first, void* duplicate);

}  // namespace snag::openmp

#endif  // SNAG_INTERCEPTORS_OPENMP_TASK_MEMORY_H
