// The runtime's own handler in front of the program's. The kernel calls it with every signal blocked; it lets the
// program's handler run with the mask that was asked for, unless the signal has interrupted the runtime itself: then
// the signal waits until the thread leaves the runtime, which is soon.
#ifndef SNAG_INTERCEPTORS_SIGNAL_DELIVERY_H
#define SNAG_INTERCEPTORS_SIGNAL_DELIVERY_H

#include <signal.h>
#include <stdint.h>

namespace snag {

// sigaction() as the program sees it: `before` names the program's own handlers. Async-signal-safe.
int exchangeSignalAction(int signal, const struct sigaction* action, struct sigaction* before);

// The calling thread's mask, as the kernel has it.
uint64_t blockSignals();  // all but those of faults and of libc; returns the mask before
void setSignalMask(uint64_t mask);

}  // namespace snag

#endif  // SNAG_INTERCEPTORS_SIGNAL_DELIVERY_H
