// Functions of libc++.so whose synchronisation happens inside it, where nobody sees it. Names are mangled ones; what
// they mean stands beside them. The layouts used here are part of libc++'s stable ABI.
#include <stddef.h>
#include <stdint.h>

#include "interceptors/real_function.h"
#include "interceptors/sync_events.h"

using namespace snag;

namespace {

// std::__shared_weak_count: both counts are one less than the number of owners.
struct WeakCount {
  void** functions;
  long sharedOwners;
  long weakOwners;
};

}  // namespace

// std::__call_once(unsigned long volatile& flag, void* argument, void (*routine)(void*))
SNAG_INTERCEPTOR void _ZNSt3__111__call_onceERVmPvPFvS2_E(volatile unsigned long* flag, void* argument,
                                                          void (*routine)(void*));
// std::__shared_weak_count::__release_weak()
SNAG_INTERCEPTOR void _ZNSt3__119__shared_weak_count14__release_weakEv(WeakCount* count) noexcept;
// bool std::__arrive_barrier_algorithm_base(__barrier_algorithm_base* barrier, unsigned char phase)
SNAG_INTERCEPTOR bool _ZNSt3__131__arrive_barrier_algorithm_baseEPNS_24__barrier_algorithm_baseEh(
    void* barrier, unsigned char phase) noexcept;

namespace {

SNAG_REAL(_ZNSt3__111__call_onceERVmPvPFvS2_E);
SNAG_REAL(_ZNSt3__119__shared_weak_count14__release_weakEv);
SNAG_REAL(_ZNSt3__131__arrive_barrier_algorithm_baseEPNS_24__barrier_algorithm_baseEh);

// --- call_once ------------------------------------------------------------------------------------------

struct OnceCall {
  volatile unsigned long* flag;
  void* argument;
  void (*routine)(void*);
};

// What std::call_once in the header reads with an atomic load of its own learns from this store. Attempts that end with
// an exception are ordered by the library's mutex.
void runOnce(void* argument) {
  const OnceCall call = *static_cast<OnceCall*>(argument);
  call.routine(call.argument);
  RuntimeScope scope;
  if (!scope) return;
  const uintptr_t flag = addressOf(call.flag);
  detector().release(scope.thread(), flag);
  detector().atomicEnter(scope.thread(), SNAG_CALLER, flag, sizeof *call.flag);
  detector().atomicLeave(scope.thread(), flag, sizeof *call.flag, AtomicOperation::Store, MemoryOrder::Release);
}

// --- reference counts -----------------------------------------------------------------------------------

// One owner fewer, unless the caller is the last one: then false. All of it is seen by the detector.
bool dropUnlessLast(WeakCount* count) {
  RuntimeScope scope;
  const uintptr_t place = addressOf(&count->weakOwners);
  if (scope) detector().atomicEnter(scope.thread(), SNAG_CALLER, place, sizeof count->weakOwners);
  long owners = __atomic_load_n(&count->weakOwners, __ATOMIC_ACQUIRE);
  while (owners != 0 && !__atomic_compare_exchange_n(&count->weakOwners, &owners, owners - 1, false, __ATOMIC_ACQ_REL,
                                                     __ATOMIC_ACQUIRE)) {
  }
  if (scope)
    detector().atomicLeave(scope.thread(), place, sizeof count->weakOwners, AtomicOperation::Rmw, MemoryOrder::AcqRel);
  return owners != 0;
}

}  // namespace

SNAG_INTERCEPTOR void _ZNSt3__111__call_onceERVmPvPFvS2_E(volatile unsigned long* flag, void* argument,
                                                          void (*routine)(void*)) {
  OnceCall call{flag, argument, routine};
  real__ZNSt3__111__call_onceERVmPvPFvS2_E(flag, &call, runOnce);
  noteAcquire(flag);
}

// The last owner is alone: nobody can become one any more, so the library finds the count as it was found here.
SNAG_INTERCEPTOR void _ZNSt3__119__shared_weak_count14__release_weakEv(WeakCount* count) noexcept {
  if (!dropUnlessLast(count)) real__ZNSt3__119__shared_weak_count14__release_weakEv(count);
}

// Whoever is told to be the last of a phase goes on with what all others did, and publishes the next phase itself.
SNAG_INTERCEPTOR bool _ZNSt3__131__arrive_barrier_algorithm_baseEPNS_24__barrier_algorithm_baseEh(
    void* barrier, unsigned char phase) noexcept {
  noteRelease(barrier);
  const bool isLast = real__ZNSt3__131__arrive_barrier_algorithm_baseEPNS_24__barrier_algorithm_baseEh(barrier, phase);
  if (isLast) noteAcquire(barrier);
  return isLast;
}
