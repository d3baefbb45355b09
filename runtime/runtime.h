// What hooks and interceptors know of the runtime: who the calling thread is, whether they may act, and the detector.
#ifndef SNAG_RUNTIME_H
#define SNAG_RUNTIME_H

#include <atomic>

#include "core/detector.h"
#include "core/thread_state.h"
#include "options.h"

namespace snag {

struct HandlerFrame;
struct KeptReport;

struct ThreadLocals {
  ThreadState* state = nullptr;     // null before the thread is known and after its end
  bool isClosed = false;            // the thread is being made known, or has ended: its events are ignored
  uintptr_t startFrame = 0;         // a frame near the outer end of the stack; 0 if unknown
  uint32_t skippedAtomics = 0;      // atomic operations that were entered without the detector and not left yet
  uint32_t safePoints = 0;          // > 0: inside a call during which signals may arrive without interrupting any work
  HandlerFrame* handler = nullptr;  // the innermost signal handler that runs; interceptors/handler_frame.h
  KeptReport* reports = nullptr;    // findings that the program has not heard of yet, oldest first
  KeptReport* report = nullptr;     // the one that it hears of now
};
extern constinit thread_local ThreadLocals threadLocals;

// False before start-up and with enabled=0. Never becomes false again.
bool runtimeIsActive();

// Only while runtimeIsActive().
alignas(Detector) [[gnu::visibility("hidden")]] extern char detectorStorage[sizeof(Detector)];
inline Detector& detector() { return *reinterpret_cast<Detector*>(detectorStorage); }
const Options& options();

// Makes a thread known that Snag did not see start (created inside libc, or by clone). Null if it may not be.
ThreadState* adoptThread();

// The calling thread. Null: whatever it does is none of our business.
inline ThreadState* currentThread() {
  return __builtin_expect(threadLocals.state != nullptr, 1) ? threadLocals.state : adoptThread();
}

// What waited until the thread left the runtime: a signal that arrived meanwhile (interceptors/signal_delivery.cpp),
// and what the program wants to hear of findings (hooks/report_hooks.cpp).
void runDeferredWork(ThreadState& thread);
void runDeferredSignal();
void runReportCallbacks();

struct RaceReport;
// Keeps a copy of a finding of the calling thread for runReportCallbacks.
void keepForCallbacks(const RaceReport& report);

// Ends the thread's stay inside the runtime.
inline void leaveRuntime(ThreadState& thread) {
  std::atomic_signal_fence(std::memory_order_seq_cst);
  thread.inRuntime.store(WhereInRuntime::Outside, std::memory_order_relaxed);
  std::atomic_signal_fence(std::memory_order_seq_cst);
  if (__builtin_expect(thread.hasDeferredWork.load(std::memory_order_relaxed), 0)) runDeferredWork(thread);
}

// Permission to use the detector until the end of the block. Refused outside the life of runtime and thread, and inside
// the detector: that is what the runtime itself calls, or the handler of a fault inside it. Signals that come from
// outside wait meanwhile, so their handlers are never refused.
class RuntimeScope {
 public:
  RuntimeScope() : thread_(currentThread()) {
    if (__builtin_expect(thread_ == nullptr, 0)) return;
    if (__builtin_expect(thread_->isInRuntime(), 0))
      thread_ = nullptr;
    else
      thread_->enterRuntime();
    std::atomic_signal_fence(std::memory_order_seq_cst);
  }
  ~RuntimeScope() {
    if (thread_ != nullptr) leaveRuntime(*thread_);
  }
  RuntimeScope(const RuntimeScope&) = delete;
  RuntimeScope& operator=(const RuntimeScope&) = delete;

  explicit operator bool() const { return thread_ != nullptr; }
  ThreadState& thread() const { return *thread_; }
  // Leaves the thread inside the runtime when the block ends; whoever ends the operation calls leaveRuntime.
  void keep() { thread_ = nullptr; }

 private:
  ThreadState* thread_;
};

// libc may start a thread for the program, now or later.
inline void expectForeigner() {
  if (!runtimeIsActive()) return;
  if (RuntimeScope scope; scope) detector().expectForeigner(scope.thread());
}

// The end of the process, however it comes: the sink's last words, once. Returns the exit code to use instead of
// `status`.
int finishRun(int status);

// Around fork(), on the forking thread.
void runtimeBeforeFork();
void runtimeAfterForkInParent();
void runtimeAfterForkInChild();

// A module of the program has announced itself. Ends the process if it speaks another version of the hooks.
void registerModule(const SnagModule& module);

}  // namespace snag

// Where the function that uses this macro was called from: the place of an event that has no site.
#define SNAG_CALLER                                                                           \
  ::snag::Place {                                                                             \
    nullptr, __snag_thread.context, reinterpret_cast<uintptr_t>(__builtin_return_address(0)), \
        reinterpret_cast<uintptr_t>(__builtin_frame_address(0))                               \
  }

#endif  // SNAG_RUNTIME_H
