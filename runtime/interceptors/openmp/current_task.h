#ifndef SNAG_INTERCEPTORS_OPENMP_CURRENT_TASK_H
#define SNAG_INTERCEPTORS_OPENMP_CURRENT_TASK_H

#include "interceptors/openmp/task.h"

namespace snag::openmp {

// The task that the calling thread executes, as LLVM's OpenMP runtime tells it. Null outside OpenMP.
Task* currentTask();

// The calling thread has waited for the tasks of a group, and may put their reductions together now.
void noteTasksAwaited();

}  // namespace snag::openmp

#endif  // SNAG_INTERCEPTORS_OPENMP_CURRENT_TASK_H
