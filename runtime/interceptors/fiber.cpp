#include "interceptors/fiber.h"

#include "core/arena.h"
#include "interceptors/handler_frame.h"
#include "runtime.h"

namespace snag {

// What belongs to a flow of control rather than to the thread that it runs on. While the fiber runs, the thread has the
// rest of it.
struct Fiber {
  ThreadState* state = nullptr;
  bool isThread = false;  // the flow with which a thread began
  SnagThread abi = SNAG_UNKNOWN_THREAD;
  platform::StackBounds stack;
  uintptr_t startFrame = 0;
  uint32_t safePoints = 0;
  HandlerFrame* handler = nullptr;
};

namespace {

constinit thread_local Fiber* running = nullptr;  // null until the thread first asks

// Both states stay inside the runtime while the thread is between them, so a signal waits; it must not be left with the
// one that stops.
void exchangeStates(ThreadState& from, ThreadState& to) {
  to.enterRuntime();
  std::atomic_signal_fence(std::memory_order_seq_cst);
  threadLocals.state = &to;
  std::atomic_signal_fence(std::memory_order_seq_cst);
  if (from.hasDeferredWork.load(std::memory_order_relaxed)) {
    from.hasDeferredWork.store(false, std::memory_order_relaxed);
    to.hasDeferredWork.store(true, std::memory_order_relaxed);
  }
  from.inRuntime.store(WhereInRuntime::Outside, std::memory_order_relaxed);
}

void putAside(Fiber& fiber) {
  fiber.abi = __snag_thread;
  fiber.state->abi = &fiber.abi;
  fiber.stack = platform::stackBounds;
  fiber.startFrame = threadLocals.startFrame;
  fiber.safePoints = threadLocals.safePoints;
  fiber.handler = threadLocals.handler;
}

void takeUp(Fiber& fiber, uint32_t osId) {
  __snag_thread = fiber.abi;
  fiber.state->abi = &__snag_thread;
  fiber.state->record->osId = osId;
  platform::stackBounds = fiber.stack;
  threadLocals.startFrame = fiber.startFrame;
  threadLocals.safePoints = fiber.safePoints;
  threadLocals.handler = fiber.handler;
  running = &fiber;
}

}  // namespace

Fiber* currentFiber() {
  ThreadState* thread = currentThread();
  if (thread == nullptr) return nullptr;
  // After a fork, or when a thread's memory is used again, what is remembered may be another's.
  if (running != nullptr && running->state == thread) return running;
  running = arenaNew<Fiber>();
  running->state = thread;
  running->isThread = true;
  return running;
}

Fiber* createFiber(const Place& place, platform::StackBounds stack) {
  RuntimeScope scope;
  if (!scope) return nullptr;
  Fiber* fiber = arenaNew<Fiber>();
  fiber->state = detector().createThread(&scope.thread(), place);
  fiber->stack = stack;
  detector().startThread(*fiber->state, &fiber->abi, scope.thread().record->osId);
  fiber->state->record->stackStart = stack.start;
  fiber->state->record->stackEnd = stack.end;
  return fiber;
}

void switchToFiber(Fiber* fiber, Switch how) {
  Fiber* from = currentFiber();
  if (from == nullptr || fiber == nullptr || from == fiber) return;
  RuntimeScope scope;
  if (!scope) return;
  scope.keep();
  ThreadState& stopping = *from->state;
  const uintptr_t edge = reinterpret_cast<uintptr_t>(fiber);
  if (how == Switch::Ordered) detector().release(stopping, edge);
  putAside(*from);
  exchangeStates(stopping, *fiber->state);
  takeUp(*fiber, stopping.record->osId);
  if (how == Switch::Ordered) detector().acquire(*fiber->state, edge);
  leaveRuntime(*fiber->state);
}

void destroyFiber(Fiber* fiber) {
  if (fiber == nullptr || fiber == running || fiber->isThread) return;
  {
    RuntimeScope scope;
    if (!scope) return;
    fiber->state->enterRuntime();
    detector().lockDestroyed(scope.thread(), reinterpret_cast<uintptr_t>(fiber));
    detector().detachThread(fiber->state);
    detector().finishThread(*fiber->state);
  }
  arenaDelete(fiber);
}

void nameFiber(Fiber* fiber, const char* name) {
  if (fiber == nullptr || name == nullptr) return;
  char* out = fiber->state->record->name;
  constexpr size_t kRoom = sizeof(ThreadRecord::name);
  size_t i = 0;
  for (; i + 1 < kRoom && name[i] != 0; ++i) out[i] = name[i];
  out[i] = 0;
}

}  // namespace snag
