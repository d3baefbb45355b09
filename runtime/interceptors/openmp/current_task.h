#ifndef SNAG_INTERCEPTORS_OPENMP_CURRENT_TASK_H
#define SNAG_INTERCEPTORS_OPENMP_CURRENT_TASK_H

#include "interceptors/openmp/task.h"

namespace snag::openmp {

// The task that the calling thread executes, as LLVM's OpenMP runtime tells it. Null outside OpenMP.
Task* currentTask();

}  // namespace snag::openmp

#endif  // SNAG_INTERCEPTORS_OPENMP_CURRENT_TASK_H
