// Signal handlers that are running on a thread, and whether what they call may have been interrupted by them.
//
// A handler may call anything if it interrupted nothing: a signal that the thread sent itself, or that arrived while
// the thread was waiting in a call which leaves no work half done (sigsuspend, poll, sleep). Such calls are safe
// points. Everywhere else the handler may have interrupted malloc or printf as well, and must not call functions like
// them.
#ifndef SNAG_INTERCEPTORS_HANDLER_FRAME_H
#define SNAG_INTERCEPTORS_HANDLER_FRAME_H

#include <signal.h>

#include "runtime.h"

namespace snag {

// Lives on the stack of the runtime's own handler, around the call of the program's.
struct HandlerFrame {
  HandlerFrame* outer;
  int signal;
  bool mayInterruptWork;   // this one, or one that it interrupted
  uintptr_t stackPointer;  // of the handler
  stack_t alternate;       // the thread's alternate stack when the signal arrived
  uintptr_t pc, frame;     // where the signal arrived
};

// The calling thread leaves its handlers by a jump to a frame with this stack pointer.
void leaveHandlersByJump(uintptr_t stackPointer);

// The call in which the thread is leaves no work half done. Nests.
class SafePoint {
 public:
  SafePoint() { ++threadLocals.safePoints; }
  ~SafePoint() { --threadLocals.safePoints; }
  SafePoint(const SafePoint&) = delete;
  SafePoint& operator=(const SafePoint&) = delete;
};

void reportUnsafeCall(const char* function, const Place& place);

// The program calls a function that is not async-signal-safe. `function` is a literal.
inline void noteUnsafeCall(const char* function, const Place& place) {
  if (__builtin_expect(threadLocals.handler != nullptr, 0)) reportUnsafeCall(function, place);
}

}  // namespace snag

#endif  // SNAG_INTERCEPTORS_HANDLER_FRAME_H
