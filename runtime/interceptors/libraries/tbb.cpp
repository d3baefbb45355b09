// oneTBB. Its containers, mutexes and the counts that tasks leave behind are atomics in headers, and seen there.
// Handing a task to another thread, and the wait for a count, are the library's: a task is executed through its virtual
// function, so while the library has it, its table of virtual functions is ours. The functions are named as the
// compiler mangles them.
#include "interceptors/libraries/library_model.h"

using namespace snag;
using namespace snag::library;

extern "C" {
void _ZN3tbb6detail2r15spawnERNS0_2d14taskERNS2_18task_group_contextE(void* task, void* context);
void _ZN3tbb6detail2r15spawnERNS0_2d14taskERNS2_18task_group_contextEt(void* task, void* context, unsigned short slot);
void _ZN3tbb6detail2r16submitERNS0_2d14taskERNS2_18task_group_contextEPNS1_5arenaEm(void* task, void* context,
                                                                                    void* arena,
                                                                                    unsigned long critical);
void _ZN3tbb6detail2r17enqueueERNS0_2d14taskEPNS2_15task_arena_baseE(void* task, void* arena);
void _ZN3tbb6detail2r17enqueueERNS0_2d14taskERNS2_18task_group_contextEPNS2_15task_arena_baseE(void* task,
                                                                                               void* context,
                                                                                               void* arena);
void _ZN3tbb6detail2r116execute_and_waitERNS0_2d14taskERNS2_18task_group_contextERNS2_12wait_contextES6_(
    void* task, void* taskContext, void* wait, void* waitContext);
void _ZN3tbb6detail2r14waitERNS0_2d112wait_contextERNS2_18task_group_contextE(void* wait, void* context);
void _ZN3tbb6detail2r17executeERNS0_2d115task_arena_baseERNS2_13delegate_baseE(void* arena, void* delegate);
void* _ZN3tbb6detail2r18allocateERPNS0_2d117small_object_poolEm(void** pool, size_t bytes);
void* _ZN3tbb6detail2r18allocateERPNS0_2d117small_object_poolEmRKNS2_14execution_dataE(void** pool, size_t bytes,
                                                                                       const void* execution);
}

namespace {

SNAG_REAL(_ZN3tbb6detail2r15spawnERNS0_2d14taskERNS2_18task_group_contextE);
SNAG_REAL(_ZN3tbb6detail2r15spawnERNS0_2d14taskERNS2_18task_group_contextEt);
SNAG_REAL(_ZN3tbb6detail2r16submitERNS0_2d14taskERNS2_18task_group_contextEPNS1_5arenaEm);
SNAG_REAL(_ZN3tbb6detail2r17enqueueERNS0_2d14taskEPNS2_15task_arena_baseE);
SNAG_REAL(_ZN3tbb6detail2r17enqueueERNS0_2d14taskERNS2_18task_group_contextEPNS2_15task_arena_baseE);
SNAG_REAL(_ZN3tbb6detail2r116execute_and_waitERNS0_2d14taskERNS2_18task_group_contextERNS2_12wait_contextES6_);
SNAG_REAL(_ZN3tbb6detail2r14waitERNS0_2d112wait_contextERNS2_18task_group_contextE);
SNAG_REAL(_ZN3tbb6detail2r17executeERNS0_2d115task_arena_baseERNS2_13delegate_baseE);
SNAG_REAL(_ZN3tbb6detail2r18allocateERPNS0_2d117small_object_poolEm);
SNAG_REAL(_ZN3tbb6detail2r18allocateERPNS0_2d117small_object_poolEmRKNS2_14execution_dataE);

// --- tasks on their way ---------------------------------------------------------------------------------

using Virtual = void* (*)(void* task, void* execution);
struct VirtualTable {
  Virtual functions[4];  // two destructors, execute, cancel
};
// Every task begins so.
struct Task {
  const VirtualTable* table;
};

// The tables that tasks had before they were handed over.
class Handed {
 public:
  void add(Task* task) {
    SpinGuard guard(lock(task));
    Entry*& head = bucket(task);
    head = arenaNew<Entry>(Entry{task, task->table, head});
  }
  const VirtualTable* take(const Task* task) {
    SpinGuard guard(lock(task));
    for (Entry** link = &bucket(task); *link != nullptr; link = &(*link)->next) {
      if ((*link)->task != task) continue;
      Entry* found = *link;
      const VirtualTable* table = found->table;
      *link = found->next;
      arenaDelete(found);
      return table;
    }
    return nullptr;
  }

 private:
  struct Entry {
    const Task* task;
    const VirtualTable* table;
    Entry* next;
  };
  static constexpr size_t kBuckets = 1024, kLocks = 64;
  static size_t hash(const Task* task) { return addressOf(task) >> 6; }
  Entry*& bucket(const Task* task) { return buckets_[hash(task) % kBuckets]; }
  SpinLock& lock(const Task* task) { return locks_[hash(task) % kLocks]; }

  SpinLock locks_[kLocks];  // each protects every kLocks-th bucket
  Entry* buckets_[kBuckets] = {};
};
constinit Handed handed;

// Puts the task's own table back and learns what happened before it was handed over.
const VirtualTable* receive(void* argument) {
  auto* task = static_cast<Task*>(argument);
  const VirtualTable* own = handed.take(task);
  if (own == nullptr) platform::fatal("a TBB task is executed twice\n");
  task->table = own;
  noteAcquire(task);
  noteInitialised(task);
  return own;
}

enum { kExecute = 2, kCancel = 3 };
void* executeTask(void* task, void* execution) { return receive(task)->functions[kExecute](task, execution); }
void* cancelTask(void* task, void* execution) { return receive(task)->functions[kCancel](task, execution); }
void* neverDestroyed(void*, void*) { return nullptr; }
constexpr VirtualTable kHandedTable{{neverDestroyed, neverDestroyed, executeTask, cancelTask}};

void handOver(void* argument) {
  if (!runtimeIsActive()) return;
  auto* task = static_cast<Task*>(argument);
  noteRelease(task);
  handed.add(task);
  task->table = &kHandedTable;
}

// --- functions that an arena executes -------------------------------------------------------------------

// Called through its first virtual function, by the thread that asks or by one of the arena's.
void* runDelegate(void* argument, void* unused) {
  auto* delegate = static_cast<Task*>(argument);
  const VirtualTable* own = handed.take(delegate);
  if (own == nullptr) platform::fatal("a TBB arena executes a function twice\n");
  delegate->table = own;
  noteAcquire(delegate);
  void* result = own->functions[0](delegate, unused);
  noteRelease(delegate);
  return result;
}
constexpr VirtualTable kDelegateTable{{runDelegate, neverDestroyed, neverDestroyed, neverDestroyed}};

// --- waits and memory -----------------------------------------------------------------------------------

// A wait_context is a version and then a count, which tasks count down atomically.
void noteCountedDown(void* wait, const Place& place) {
  noteAtomic(static_cast<char*>(wait) + 8, 8, AtomicOperation::Load, MemoryOrder::Acquire, place);
}

// Small objects come back from other threads unseen.
void* noteNew(void* memory, size_t bytes) {
  if (RuntimeScope scope; scope) detector().forgetRange(addressOf(memory), bytes);
  return memory;
}

}  // namespace

SNAG_INTERCEPTOR void _ZN3tbb6detail2r15spawnERNS0_2d14taskERNS2_18task_group_contextE(void* task, void* context) {
  handOver(task);
  real__ZN3tbb6detail2r15spawnERNS0_2d14taskERNS2_18task_group_contextE(task, context);
}
SNAG_INTERCEPTOR void _ZN3tbb6detail2r15spawnERNS0_2d14taskERNS2_18task_group_contextEt(void* task, void* context,
                                                                                        unsigned short slot) {
  handOver(task);
  real__ZN3tbb6detail2r15spawnERNS0_2d14taskERNS2_18task_group_contextEt(task, context, slot);
}
SNAG_INTERCEPTOR void _ZN3tbb6detail2r16submitERNS0_2d14taskERNS2_18task_group_contextEPNS1_5arenaEm(
    void* task, void* context, void* arena, unsigned long critical) {
  handOver(task);
  real__ZN3tbb6detail2r16submitERNS0_2d14taskERNS2_18task_group_contextEPNS1_5arenaEm(task, context, arena, critical);
}
SNAG_INTERCEPTOR void _ZN3tbb6detail2r17enqueueERNS0_2d14taskEPNS2_15task_arena_baseE(void* task, void* arena) {
  handOver(task);
  real__ZN3tbb6detail2r17enqueueERNS0_2d14taskEPNS2_15task_arena_baseE(task, arena);
}
SNAG_INTERCEPTOR void _ZN3tbb6detail2r17enqueueERNS0_2d14taskERNS2_18task_group_contextEPNS2_15task_arena_baseE(
    void* task, void* context, void* arena) {
  handOver(task);
  real__ZN3tbb6detail2r17enqueueERNS0_2d14taskERNS2_18task_group_contextEPNS2_15task_arena_baseE(task, context, arena);
}

SNAG_INTERCEPTOR void
_ZN3tbb6detail2r116execute_and_waitERNS0_2d14taskERNS2_18task_group_contextERNS2_12wait_contextES6_(void* task,
                                                                                                    void* taskContext,
                                                                                                    void* wait,
                                                                                                    void* waitContext) {
  handOver(task);
  real__ZN3tbb6detail2r116execute_and_waitERNS0_2d14taskERNS2_18task_group_contextERNS2_12wait_contextES6_(
      task, taskContext, wait, waitContext);
  noteCountedDown(wait, SNAG_CALLER);
}
SNAG_INTERCEPTOR void _ZN3tbb6detail2r14waitERNS0_2d112wait_contextERNS2_18task_group_contextE(void* wait,
                                                                                               void* context) {
  real__ZN3tbb6detail2r14waitERNS0_2d112wait_contextERNS2_18task_group_contextE(wait, context);
  noteCountedDown(wait, SNAG_CALLER);
}

// Returns when the function has been executed.
SNAG_INTERCEPTOR void _ZN3tbb6detail2r17executeERNS0_2d115task_arena_baseERNS2_13delegate_baseE(void* arena,
                                                                                                void* delegate) {
  if (!runtimeIsActive())
    return real__ZN3tbb6detail2r17executeERNS0_2d115task_arena_baseERNS2_13delegate_baseE(arena, delegate);
  auto* handedOver = static_cast<Task*>(delegate);
  noteRelease(handedOver);
  handed.add(handedOver);
  handedOver->table = &kDelegateTable;
  real__ZN3tbb6detail2r17executeERNS0_2d115task_arena_baseERNS2_13delegate_baseE(arena, delegate);
  noteAcquire(handedOver);
  noteInitialised(handedOver);
}

SNAG_INTERCEPTOR void* _ZN3tbb6detail2r18allocateERPNS0_2d117small_object_poolEm(void** pool, size_t bytes) {
  return noteNew(real__ZN3tbb6detail2r18allocateERPNS0_2d117small_object_poolEm(pool, bytes), bytes);
}
SNAG_INTERCEPTOR void* _ZN3tbb6detail2r18allocateERPNS0_2d117small_object_poolEmRKNS2_14execution_dataE(
    void** pool, size_t bytes, const void* execution) {
  return noteNew(
      real__ZN3tbb6detail2r18allocateERPNS0_2d117small_object_poolEmRKNS2_14execution_dataE(pool, bytes, execution),
      bytes);
}
