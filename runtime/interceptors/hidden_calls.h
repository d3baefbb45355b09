// While one of these lives, what the calling thread does inside a system library is none of the detector's business:
// the caller notes by itself what the call as a whole means. For short calls and for waits; handlers of signals that
// arrive meanwhile go unseen too.
#ifndef SNAG_INTERCEPTORS_HIDDEN_CALLS_H
#define SNAG_INTERCEPTORS_HIDDEN_CALLS_H

#include "runtime.h"

namespace snag {

class HiddenCalls {
 private:
  RuntimeScope scope_;
};

}  // namespace snag

#endif  // SNAG_INTERCEPTORS_HIDDEN_CALLS_H
