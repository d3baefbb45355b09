// Shared by the twins: ThreadSanitizer's callback and interface to a report, as <sanitizer/tsan_interface.h> has them.
// Weak, because the program is also built without them.
#define _GNU_SOURCE
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "invisible.h"

#define WEAK __attribute__((weak))
WEAK void* __tsan_get_current_report(void);
WEAK int __tsan_get_report_data(void* report, const char** description, int* count, int* stackCount, int* mopCount,
                                int* locCount, int* mutexCount, int* threadCount, int* uniqueTidCount,
                                void** sleepTrace, unsigned long traceSize);
WEAK int __tsan_get_report_stack(void* report, unsigned long index, void** trace, unsigned long traceSize);
WEAK int __tsan_get_report_mop(void* report, unsigned long index, int* tid, void** address, int* size, int* write,
                               int* atomic, void** trace, unsigned long traceSize);
WEAK int __tsan_get_report_loc(void* report, unsigned long index, const char** type, void** address, void** start,
                               unsigned long* size, int* tid, int* descriptor, int* suppressable, void** trace,
                               unsigned long traceSize);
WEAK int __tsan_get_report_loc_object_type(void* report, unsigned long index, const char** type);
WEAK int __tsan_get_report_mutex(void* report, unsigned long index, uint64_t* id, void** address, int* destroyed,
                                 void** trace, unsigned long traceSize);
WEAK int __tsan_get_report_thread(void* report, unsigned long index, int* tid, uint64_t* osId, int* running,
                                  const char** name, int* parentTid, void** trace, unsigned long traceSize);
WEAK int __tsan_get_report_unique_tid(void* report, unsigned long index, int* tid);
WEAK int __tsan_get_report_tag(void* report, unsigned long* tag);
WEAK int __tsan_get_alloc_stack(void* address, void** trace, unsigned long size, int* tid, uint64_t* osId);

enum { kTrace = 16 };
static long* block;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static InvisibleTurns turns;
static int calls;

static void require(int isTrue, const char* what) {
  if (isTrue) return;
  fprintf(stderr, "wrong: %s\n", what);
  abort();
}

static void requireAccesses(void* report, int count) {
  require(count == 2, "two memory operations");
  int writes = 0, lastTid = -1;
  for (int i = 0; i < count; ++i) {
    int tid, size, write, atomic;
    void *address, *trace[kTrace] = {0};
    require(__tsan_get_report_mop(report, i, &tid, &address, &size, &write, &atomic, trace, kTrace) == 1, "mop");
    require(address == block + 1 && size == sizeof(long) && !atomic, "place");
    require(trace[0] != NULL && tid != lastTid, "stack and thread");
    writes += write;
    lastTid = tid;
  }
  require(writes == 1, "one of them writes");
}

static void requireBlock(void* report, int count) {
  const char *type, *objectType;
  void *address, *start, *trace[kTrace] = {0};
  unsigned long size;
  int tid, descriptor, suppressable;
  require(count == 1, "one location");
  require(__tsan_get_report_loc(report, 0, &type, &address, &start, &size, &tid, &descriptor, &suppressable, trace,
                                kTrace) == 1, "location");
  require(strcmp(type, "heap") == 0 && start == block && size == 4 * sizeof(long) && tid == 0, "heap block");
  require(trace[0] != NULL, "allocation stack");
  require(__tsan_get_report_loc_object_type(report, 0, &objectType) == 1 && *objectType == 0, "object type");
  uint64_t osId;
  void* again[kTrace] = {0};
  require(__tsan_get_alloc_stack(block + 2, again, kTrace, &tid, &osId) > 0 && again[0] == trace[0], "same stack");
}

static void requireMutex(void* report, int count) {
  uint64_t id;
  void *address, *trace[kTrace] = {0};
  int destroyed;
  require(count == 1, "one mutex");
  require(__tsan_get_report_mutex(report, 0, &id, &address, &destroyed, trace, kTrace) == 1, "mutex");
  require(address == &mutex && !destroyed, "the mutex that is held");
}

static void requireThreads(void* report, int count, int uniqueCount) {
  int named = 0;
  require(count >= 2 && uniqueCount >= 2, "threads");
  for (int i = 0; i < count; ++i) {
    int tid, running, parent;
    uint64_t osId;
    const char* name;
    void* trace[kTrace] = {0};
    require(__tsan_get_report_thread(report, i, &tid, &osId, &running, &name, &parent, trace, kTrace) == 1, "thread");
    require(osId != 0 && parent == 0, "its identity");
    require(tid == 0 || trace[0] != NULL, "where it was created");
    named += strcmp(name, "worker") == 0;
  }
  require(named == 1, "the name");
  int tid;
  require(__tsan_get_report_unique_tid(report, 0, &tid) == 1, "unique thread");
}

void __tsan_on_report(void* report) {
  const char* description;
  int count, stacks, mops, locs, mutexes, threads, uniqueTids;
  void* sleepTrace[kTrace];
  unsigned long tag = 1;
  require(report == __tsan_get_current_report(), "current report");
  require(__tsan_get_report_data(report, &description, &count, &stacks, &mops, &locs, &mutexes, &threads, &uniqueTids,
                                 sleepTrace, kTrace) == 1, "data");
  require(strcmp(description, "data-race") == 0 && sleepTrace[0] == NULL, "description");
  require(stacks == 0 && __tsan_get_report_stack(report, 0, sleepTrace, kTrace) == 0, "no stacks of its own");
  require(__tsan_get_report_tag(report, &tag) == 1 && tag == 0, "no tag");
  requireAccesses(report, mops);
  requireBlock(report, locs);
  requireMutex(report, mutexes);
  requireThreads(report, threads, uniqueTids);
  fprintf(stderr, "heard: %s\n", description);
  calls += 1;
}

static void requireCalls(int expected) {
  if (__tsan_get_current_report == NULL) return;  // built without Snag
  require(calls == expected && __tsan_get_current_report() == NULL, "number of calls");
}
