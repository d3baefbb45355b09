// What signals order: whoever sent one, installed its handler or armed its timer comes before the handler, and before
// whoever waits for the signal (sigwait, signalfd).
#ifndef SNAG_INTERCEPTORS_SIGNAL_EDGES_H
#define SNAG_INTERCEPTORS_SIGNAL_EDGES_H

#include <signal.h>

namespace snag {

// Right before the calling thread makes the signal come.
void noteSignalSending(int signal);
void noteTimerArming();

// The signal has come to the calling thread. `info` may be null.
void noteSignalArrived(int signal, const siginfo_t* info);

// The program has a signalfd: signals are then messages too.
void noteSignalDescriptor();

}  // namespace snag

#endif  // SNAG_INTERCEPTORS_SIGNAL_EDGES_H
