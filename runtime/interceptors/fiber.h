// Fibers: flows of control that take turns on a thread, each with a stack of its own. In the detector's eyes each is a
// thread of its own, and so is the flow with which an operating system's thread began.
#ifndef SNAG_INTERCEPTORS_FIBER_H
#define SNAG_INTERCEPTORS_FIBER_H

#include "core/types.h"
#include "platform/linux/stack_bounds.h"

namespace snag {

struct Fiber;

// The one that runs. Null outside the life of runtime and thread.
Fiber* currentFiber();

// A fiber that has not run yet; what was done so far happens before its first action. Null if it may not be. `stack`
// may be unknown.
Fiber* createFiber(const Place& place, platform::StackBounds stack);

enum class Switch : bool { Ordered, Unordered };

// To be called right before the real switch. An ordered one is an edge from the fiber that stops to the one that goes
// on. A fiber may go on on another thread than the one where it stopped.
void switchToFiber(Fiber* fiber, Switch how);

// Ends a fiber that does not run.
void destroyFiber(Fiber* fiber);

void nameFiber(Fiber* fiber, const char* name);

}  // namespace snag

#endif  // SNAG_INTERCEPTORS_FIBER_H
