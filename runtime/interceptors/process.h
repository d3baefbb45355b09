// The end of the process and its multiplication.
#ifndef SNAG_INTERCEPTORS_PROCESS_H
#define SNAG_INTERCEPTORS_PROCESS_H

namespace snag {

// At start-up, before anybody else registers such handlers: ours then run last at exit and closest to the fork.
void installProcessHandlers();

}  // namespace snag

#endif  // SNAG_INTERCEPTORS_PROCESS_H
