// The part of OpenMP's tool interface that Snag uses: OpenMP 5.2 specification, chapter 19 (OMPT Interface), data types
// in 19.4, callback signatures in 19.5. Written down here so that building Snag needs no OpenMP runtime.
#ifndef SNAG_INTERCEPTORS_OPENMP_OMPT_H
#define SNAG_INTERCEPTORS_OPENMP_OMPT_H

#include <stdint.h>

namespace snag::ompt {

// A word of the tool's own, kept by the OpenMP runtime beside each thread, parallel region and task.
union Data {
  uint64_t value;
  void* pointer;
};

enum Event : int {
  kThreadBegin = 1,
  kParallelBegin = 3,
  kParallelEnd = 4,
  kTaskCreate = 5,
  kTaskSchedule = 6,
  kImplicitTask = 7,
  kSyncRegionWait = 16,
  kDependences = 18,
  kSyncRegion = 23,
  kReduction = 31,
};

enum ThreadType : int { kThreadWorker = 2 };
enum Endpoint : int { kBegin = 1, kEnd = 2 };
enum SyncRegion : int { kTaskwait = 5, kTaskgroup = 6, kRegionReduction = 7 };  // all others are barriers
enum TaskFlag : int { kTaskInitial = 1, kTaskTaskwait = 0x10, kTaskUntied = 0x10000000 };
enum TaskStatus : int {
  kComplete = 1,
  kYield = 2,
  kCancel = 3,
  kDetach = 4,
  kEarlyFulfill = 5,
  kLateFulfill = 6,
  kSwitch = 7,
  kTaskwaitComplete = 8,
};
enum DependenceType : int {
  kIn = 1,
  kOut = 2,
  kInout = 3,
  kMutexinoutset = 4,
  kSource = 5,
  kSink = 6,
  kInoutset = 7,
  kOutAllMemory = 34,
  kInoutAllMemory = 35,
};

struct Dependence {
  Data variable;
  DependenceType type;
};

using Callback = void (*)();
using Lookup = Callback (*)(const char* name);
using SetCallback = int (*)(Event event, Callback callback);
using GetTaskInfo = int (*)(int level, int* flags, Data** task, void** frame, Data** parallel, int* threadNumber);

// What ompt_start_tool returns.
struct StartToolResult {
  int (*initialize)(Lookup lookup, int initialDevice, Data* tool);
  void (*finalize)(Data* tool);
  Data tool;
};

}  // namespace snag::ompt

#endif  // SNAG_INTERCEPTORS_OPENMP_OMPT_H
