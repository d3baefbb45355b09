// Tells the program of findings: snag_on_report, the listeners, and ThreadSanitizer's __tsan_on_report.
//
// A finding is made deep inside the runtime. What the program does about it is ordinary code of its own, so it runs
// when the thread has left the runtime: its locks and allocations are then followed like any others.
#include <errno.h>

#include <new>

#include "core/spin_lock.h"
#include "hooks/kept_report.h"
#include "platform/platform.h"
#include "runtime.h"

extern "C" {
__attribute__((weak)) void snag_on_report(const snag_report* report);

// Debuggers stop here, so it exists in every program; a program's own takes its place.
__attribute__((weak, noinline, visibility("default"))) void __tsan_on_report(void*) { __asm__ volatile(""); }
}

namespace snag {
namespace {

struct Listener {
  snag_report_listener function = nullptr;
  void* argument = nullptr;
};

constexpr size_t kMaxListeners = 16;
constinit Listener listeners[kMaxListeners];  // by listenersLock, without gaps
constinit SpinLock listenersLock;

bool isSame(const Listener& one, const Listener& other) {
  return one.function == other.function && one.argument == other.argument;
}

// Signals wait while the list is locked.
class ListGuard {
 public:
  ListGuard() { listenersLock.lock(); }
  ~ListGuard() { listenersLock.unlock(); }
  ListGuard(const ListGuard&) = delete;
  ListGuard& operator=(const ListGuard&) = delete;

 private:
  RuntimeScope scope_;
};

// The program's code runs as if nothing had been interrupted, and leaves no trace in the thread that was caught.
class CallbackScope {
 public:
  explicit CallbackScope(KeptReport* report)
      : errno_(errno), context_(__snag_thread.context), handler_(threadLocals.handler) {
    threadLocals.report = report;
    threadLocals.handler = nullptr;
    if (threadLocals.state != nullptr) threadLocals.state->ignoreAccesses();
  }
  ~CallbackScope() {
    if (threadLocals.state != nullptr) threadLocals.state->stopIgnoring();
    threadLocals.handler = handler_;
    threadLocals.report = nullptr;
    __snag_thread.context = context_;
    errno = errno_;
  }
  CallbackScope(const CallbackScope&) = delete;
  CallbackScope& operator=(const CallbackScope&) = delete;

 private:
  const int errno_;
  const uint64_t context_;
  HandlerFrame* const handler_;
};

void callListeners(const snag_report& report) {
  Listener called[kMaxListeners];
  {
    ListGuard guard;
    for (size_t i = 0; i < kMaxListeners; ++i) called[i] = listeners[i];
  }
  for (const Listener& listener : called)
    if (listener.function != nullptr) listener.function(&report, listener.argument);
}

void tell(KeptReport& report) {
  CallbackScope scope(&report);
  if (snag_on_report != nullptr) snag_on_report(&report.shown.get());
  callListeners(report.shown.get());
  __tsan_on_report(&report);
}

// Rules are applied by the tool: where there are any, nobody here knows what will count.
int exitCodeOfFinding() { return options().suppressions.text[0] != 0 ? 0 : static_cast<int>(options().exitcode); }

}  // namespace

void keepForCallbacks(const RaceReport& report) {
  KeptReport** end = &threadLocals.reports;
  while (*end != nullptr) end = &(*end)->next;
  *end = new (platform::reserve(sizeof(KeptReport), 4096)) KeptReport(report, exitCodeOfFinding());
  if (threadLocals.state != nullptr) threadLocals.state->hasDeferredWork.store(true, std::memory_order_relaxed);
}

void runReportCallbacks() {
  if (threadLocals.report != nullptr) return;  // inside a callback: the outer call goes on with the rest
  while (KeptReport* report = threadLocals.reports) {
    threadLocals.reports = report->next;
    tell(*report);
    platform::release(report, sizeof(KeptReport));
  }
}

}  // namespace snag

int snag_add_report_listener(snag_report_listener function, void* argument) {
  snag::ListGuard guard;
  for (snag::Listener& entry : snag::listeners) {
    if (entry.function != nullptr) continue;
    entry = {function, argument};
    return 1;
  }
  return 0;
}

int snag_remove_report_listener(snag_report_listener function, void* argument) {
  snag::ListGuard guard;
  bool isFound = false;
  for (size_t i = 0; i < snag::kMaxListeners; ++i) {
    isFound = isFound || isSame(snag::listeners[i], {function, argument});
    if (isFound) snag::listeners[i] = i + 1 < snag::kMaxListeners ? snag::listeners[i + 1] : snag::Listener{};
  }
  return isFound ? 1 : 0;
}
