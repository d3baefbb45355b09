// std::promise::set_value_at_thread_exit and std::packaged_task::make_ready_at_thread_exit of libstdc++: its shared
// object keeps a list of what becomes ready when the thread ends, and stores that where nobody sees it. The layouts
// used here are part of libstdc++'s stable ABI.
#include <stdint.h>

#include "interceptors/real_function.h"
#include "interceptors/sync_events.h"

using namespace snag;

namespace {

// std::_Sp_counted_base
struct Count {
  void (*const* functions)(Count*);
  int owners;
  int weakOwners;  // one more while there is an owner
};
constexpr int kDispose = 2, kDestroy = 3;

// std::__future_base::_State_baseV2 as far as its status, which those who wait load atomically.
struct FutureState {
  void* functions;
  void* result;
  unsigned status;
};

// std::__future_base::_State_baseV2::_Make_ready
struct MakeReady {
  MakeReady* next;
  void (*run)(void*);
  FutureState* state;  // a weak pointer
  Count* count;
};

}  // namespace

// std::__future_base::_State_baseV2::_Make_ready::_M_set()
SNAG_INTERCEPTOR void _ZNSt13__future_base13_State_baseV211_Make_ready6_M_setEv(MakeReady* entry);

namespace {

SNAG_REAL(_ZNSt13__future_base13_State_baseV211_Make_ready6_M_setEv);

constinit std::atomic<void (*)(void*)> libraryRun{nullptr};  // the same one in all entries

bool addOwner(Count* count) {
  int owners = __atomic_load_n(&count->owners, __ATOMIC_RELAXED);
  while (owners != 0 &&
         !__atomic_compare_exchange_n(&count->owners, &owners, owners + 1, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED)) {
  }
  return owners != 0;
}

// True if it was the last one. Seen by the detector.
bool drop(int* owners) {
  RuntimeScope scope;
  if (scope) detector().atomicEnter(scope.thread(), SNAG_CALLER, addressOf(owners), sizeof *owners);
  const int before = __atomic_fetch_sub(owners, 1, __ATOMIC_ACQ_REL);
  if (scope)
    detector().atomicLeave(scope.thread(), addressOf(owners), sizeof *owners, AtomicOperation::Rmw,
                           MemoryOrder::AcqRel);
  return before == 1;
}

void dropOwner(Count* count) {
  if (!drop(&count->owners)) return;
  count->functions[kDispose](count);
  if (drop(&count->weakOwners)) count->functions[kDestroy](count);
}

// What the library is about to store.
void noteReady(const FutureState* state) {
  RuntimeScope scope;
  if (!scope) return;
  const uintptr_t status = addressOf(&state->status);
  detector().atomicEnter(scope.thread(), SNAG_CALLER, status, sizeof state->status);
  detector().atomicLeave(scope.thread(), status, sizeof state->status, AtomicOperation::Store, MemoryOrder::Release);
}

// The library becomes an owner for a moment, too; because of this one it is never the last.
void run(void* argument) {
  const MakeReady entry = *static_cast<MakeReady*>(argument);
  const bool isOwner = entry.count != nullptr && addOwner(entry.count);
  if (isOwner) noteReady(entry.state);
  libraryRun.load(std::memory_order_relaxed)(argument);
  if (isOwner) dropOwner(entry.count);
}

}  // namespace

SNAG_INTERCEPTOR void _ZNSt13__future_base13_State_baseV211_Make_ready6_M_setEv(MakeReady* entry) {
  real__ZNSt13__future_base13_State_baseV211_Make_ready6_M_setEv(entry);
  libraryRun.store(entry->run, std::memory_order_relaxed);
  entry->run = run;
}
