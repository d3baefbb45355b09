// Locks on whole files and their parts: flock, lockf and the two kinds of fcntl locks.
#ifndef SNAG_INTERCEPTORS_FILE_LOCK_H
#define SNAG_INTERCEPTORS_FILE_LOCK_H

namespace snag {

// The program has locked files: a close may unlock one.
bool releasesFileLocks();
// Right before the file behind the descriptor is unlocked.
void noteFileUnlocking(int descriptor);

}  // namespace snag

#endif  // SNAG_INTERCEPTORS_FILE_LOCK_H
