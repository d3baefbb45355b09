// The finding that the program or a debugger is being told of, in the terms of ThreadSanitizer's debugging interface:
// what LLDB calls when it stops in __tsan_on_report, and what programs with a __tsan_on_report of their own call.
//
// A report is a KeptReport. Every function returns 1, or 0 if there is no such part; outputs may not be null. Traces
// end in null, as far as there is room.
#include "hooks/kept_report.h"
#include "platform/platform.h"
#include "runtime.h"

namespace snag {
namespace {

using record::FindingKind;
using record::ObjectKind;

// ThreadSanitizer's words, which LLDB knows.
const char* descriptionOf(FindingKind kind) {
  switch (kind) {
    case FindingKind::DataRace:
    case FindingKind::LostUpdate: return "data-race";
    case FindingKind::UseAfterFreeRace: return "heap-use-after-free";
    case FindingKind::VirtualCallVsDestructor: return "data-race-vptr";
    case FindingKind::UnlockOfUnlocked:
    case FindingKind::UnlockByOther: return "mutex-bad-unlock";
    case FindingKind::DestroyOfLocked:
    case FindingKind::FreeOfLocked:
    case FindingKind::DestroyInUse: return "locked-mutex-destroy";
    case FindingKind::UseAfterDestroy:
    case FindingKind::ConditionTwoMutexes: return "mutex-invalid-access";
    case FindingKind::SelfDeadlock:
    case FindingKind::ReadLockUpgrade: return "mutex-double-lock";
    case FindingKind::LockOrderInversion: return "lock-order-inversion";
    case FindingKind::ThreadLeak: return "thread-leak";
    case FindingKind::SignalUnsafeCall: return "signal-unsafe-call";
    case FindingKind::DescriptorRace: return "data-race";
  }
  return "data-race";
}

const char* nameOf(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::Heap: return "heap";
    case ObjectKind::Stack: return "stack";
    case ObjectKind::ThreadLocal: return "tls";
    default: return "global";
  }
}

const RaceReport& findingOf(void* report) { return static_cast<KeptReport*>(report)->finding; }

bool isRace(const RaceReport& finding) { return finding.stepCount == 0; }
size_t accessesOf(const RaceReport& finding) { return isRace(finding) ? 2 : 0; }
size_t locationsOf(const RaceReport& finding) { return finding.object.kind == ObjectKind::Unknown ? 0 : 1; }

void copyTrace(const ReportStack& stack, void** trace, uintptr_t capacity) {
  for (size_t i = 0; i < capacity; ++i) {
    trace[i] = i < stack.count ? reinterpret_cast<void*>(stack.frames[i]) : nullptr;
    if (trace[i] == nullptr) return;
  }
}

// Each lock that the finding mentions, once.
class Locks {
 public:
  explicit Locks(const RaceReport& finding) {
    for (size_t i = 0; i < accessesOf(finding); ++i)
      for (size_t j = 0; j < finding.accesses[i].lockCount; ++j) add(finding.accesses[i].locks[j]);
    for (size_t i = 0; i < finding.stepCount; ++i) {
      add(finding.steps[i].object);
      add(finding.steps[i].held);
    }
  }
  size_t count() const { return count_; }
  const ReportLock& at(size_t index) const { return *locks_[index]; }

 private:
  void add(const ReportLock& lock) {
    if (lock.address == 0 || count_ == kMax) return;
    for (size_t i = 0; i < count_; ++i)
      if (locks_[i]->address == lock.address) return;
    locks_[count_++] = &lock;
  }

  static constexpr size_t kMax = 64;
  const ReportLock* locks_[kMax];
  size_t count_ = 0;
};

}  // namespace
}  // namespace snag

using namespace snag;

#pragma GCC visibility push(default)
extern "C" {

// The report that the calling thread is being told of; null if there is none.
void* __tsan_get_current_report() { return threadLocals.report; }

int __tsan_get_report_data(void* report, const char** description, int* count, int* stackCount, int* mopCount,
                           int* locCount, int* mutexCount, int* threadCount, int* uniqueTidCount, void** sleepTrace,
                           uintptr_t traceSize) {
  const RaceReport& finding = findingOf(report);
  *description = descriptionOf(finding.kind);
  *count = 1;
  *stackCount = static_cast<int>(finding.stepCount);
  *mopCount = static_cast<int>(accessesOf(finding));
  *locCount = static_cast<int>(locationsOf(finding));
  *mutexCount = static_cast<int>(Locks(finding).count());
  *threadCount = static_cast<int>(finding.threadCount);
  *uniqueTidCount = static_cast<int>(finding.threadCount);
  copyTrace({}, sleepTrace, traceSize);
  return 1;
}

// Kinds of races that a language defines itself; there are none.
int __tsan_get_report_tag(void*, uintptr_t* tag) {
  *tag = 0;
  return 1;
}

// The steps of a misuse.
int __tsan_get_report_stack(void* report, uintptr_t index, void** trace, uintptr_t traceSize) {
  const RaceReport& finding = findingOf(report);
  if (index >= finding.stepCount) return 0;
  copyTrace(finding.steps[index].stack, trace, traceSize);
  return finding.steps[index].stack.count > 0 ? 1 : 0;
}

int __tsan_get_report_mop(void* report, uintptr_t index, int* tid, void** address, int* size, int* write, int* atomic,
                          void** trace, uintptr_t traceSize) {
  const RaceReport& finding = findingOf(report);
  if (index >= accessesOf(finding)) return 0;
  const snag_report_access& access = static_cast<KeptReport*>(report)->shown.get().accesses[index];
  *tid = static_cast<int>(access.thread);
  *address = const_cast<void*>(access.address);
  *size = static_cast<int>(access.size);
  *write = access.is_write;
  *atomic = access.is_atomic;
  copyTrace(finding.accesses[index].stack, trace, traceSize);
  return 1;
}

int __tsan_get_report_loc(void* report, uintptr_t index, const char** type, void** address, uintptr_t* start,
                          uintptr_t* size, int* tid, int* descriptor, int* suppressable, void** trace,
                          uintptr_t traceSize) {
  const RaceReport& finding = findingOf(report);
  if (index >= locationsOf(finding)) return 0;
  const ReportObject& object = finding.object;
  const bool isHeap = object.kind == ObjectKind::Heap;
  *type = nameOf(object.kind);
  *address = reinterpret_cast<void*>(object.start);
  *start = isHeap ? object.start : 0;
  *size = isHeap ? object.size : 0;
  *tid = object.hasThread ? static_cast<int>(object.thread) : 0;
  *descriptor = 0;
  *suppressable = 0;
  copyTrace(object.allocation, trace, traceSize);
  return 1;
}

int __tsan_get_report_loc_object_type(void* report, uintptr_t index, const char** type) {
  if (index >= locationsOf(findingOf(report))) return 0;
  *type = "";
  return 1;
}

int __tsan_get_report_mutex(void* report, uintptr_t index, uintptr_t* id, void** address, int* destroyed, void** trace,
                            uintptr_t traceSize) {
  const RaceReport& finding = findingOf(report);
  const Locks locks(finding);
  if (index >= locks.count()) return 0;
  *id = locks.at(index).address;
  *address = reinterpret_cast<void*>(locks.at(index).address);
  *destroyed = finding.kind == FindingKind::UseAfterDestroy ? 1 : 0;
  copyTrace(locks.at(index).taken, trace, traceSize);
  return 1;
}

int __tsan_get_report_thread(void* report, uintptr_t index, int* tid, uint64_t* osId, int* running, const char** name,
                             int* parentTid, void** trace, uintptr_t traceSize) {
  const RaceReport& finding = findingOf(report);
  if (index >= finding.threadCount) return 0;
  const ReportThread& thread = finding.threads[index];
  *tid = static_cast<int>(thread.number);
  *osId = thread.osId;
  *running = thread.finished ? 0 : 1;
  *name = thread.name;
  *parentTid = static_cast<int>(thread.creator);
  copyTrace(thread.creation, trace, traceSize);
  return 1;
}

int __tsan_get_report_unique_tid(void* report, uintptr_t index, int* tid) {
  const RaceReport& finding = findingOf(report);
  if (index >= finding.threadCount) return 0;
  *tid = static_cast<int>(finding.threads[index].number);
  return 1;
}

}  // extern "C"
#pragma GCC visibility pop
