#include "interceptors/handler_frame.h"

#include "core/misuse.h"
#include "interceptors/quiet_modules.h"

namespace snag {
namespace {

bool isOn(const stack_t& stack, uintptr_t address) {
  const uintptr_t start = reinterpret_cast<uintptr_t>(stack.ss_sp);
  return (stack.ss_flags & SS_DISABLE) == 0 && start <= address && address < start + stack.ss_size;
}

// Stacks grow down: what lies below the target is left behind, and so is an alternate stack when the target is not on
// it.
bool isLeft(const HandlerFrame& handler, uintptr_t target) {
  const bool wasAlternate = isOn(handler.alternate, handler.stackPointer);
  if (wasAlternate != isOn(handler.alternate, target)) return wasAlternate;
  return handler.stackPointer < target;
}

// --- said once for each place ---------------------------------------------------------------------------

constexpr size_t kSaid = 1024;
constinit std::atomic<uintptr_t> said[kSaid];  // 0: free

bool isFirst(uintptr_t pc) {
  for (size_t i = 0; i < kSaid; ++i) {
    std::atomic<uintptr_t>& entry = said[(pc + i) % kSaid];
    uintptr_t known = 0;
    if (entry.compare_exchange_strong(known, pc, std::memory_order_relaxed)) return true;
    if (known == pc) return false;
  }
  return false;  // full: enough has been said
}

// Where the signal arrived, as a stack whose innermost frame is the interrupted function. A walk goes from a frame to
// its caller's, so it starts at one that claims to have been called there. Places lie just after what they mean.
ContextId interruptedContext(ThreadState& thread, const HandlerFrame& handler) {
  const uintptr_t callee[2] = {handler.frame, handler.pc + 1};
  const uint64_t context = handler.pc * 0x9e37'79b9'7f4a'7c15 ^ __snag_thread.context;
  return detector().contextFor(thread, {nullptr, context, handler.pc + 1, reinterpret_cast<uintptr_t>(callee)});
}

}  // namespace

void leaveHandlersByJump(uintptr_t stackPointer) {
  while (threadLocals.handler != nullptr && isLeft(*threadLocals.handler, stackPointer))
    threadLocals.handler = threadLocals.handler->outer;
  threadLocals.safePoints = 0;
}

void reportUnsafeCall(const char* function, const Place& place) {
  const HandlerFrame& handler = *threadLocals.handler;
  if (!handler.mayInterruptWork || isInLibc(place.pc)) return;
  RuntimeScope scope;
  if (!scope || !isFirst(place.pc)) return;
  Misuse misuse;
  misuse.kind = MisuseKind::SignalUnsafeCall;
  misuse.text = function;
  MisuseStep step;
  step.thread = scope.thread().record;
  step.context = detector().contextFor(scope.thread(), place);
  misuse.add(step);
  step.role = MisuseRole::Interrupted;
  step.context = interruptedContext(scope.thread(), handler);
  misuse.add(step);
  detector().reportMisuse(scope.thread(), misuse);
}

}  // namespace snag
