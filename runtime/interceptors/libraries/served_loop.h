// Which main loop of a library the calling thread serves. The library polls for it, and what was handed over to the
// loop before is in order with what is called back after.
#ifndef SNAG_INTERCEPTORS_LIBRARIES_SERVED_LOOP_H
#define SNAG_INTERCEPTORS_LIBRARIES_SERVED_LOOP_H

namespace snag::library {

// Stands for the loop in the detector; null outside any.
inline constinit thread_local const void* servedLoop = nullptr;

}  // namespace snag::library

#endif  // SNAG_INTERCEPTORS_LIBRARIES_SERVED_LOOP_H
