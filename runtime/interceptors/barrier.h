// What fork does to the memory of POSIX barriers.
#ifndef SNAG_INTERCEPTORS_BARRIER_H
#define SNAG_INTERCEPTORS_BARRIER_H

namespace snag {

// Around fork(): in the child nobody waits at a barrier.
void barriersBeforeFork();
void barriersAfterForkInParent();
void barriersAfterForkInChild();

}  // namespace snag

#endif  // SNAG_INTERCEPTORS_BARRIER_H
