// Makes a failing trace small enough to read.
#ifndef SNAG_TESTS_MODEL_TRACE_SHRINKER_H
#define SNAG_TESTS_MODEL_TRACE_SHRINKER_H

#include <functional>

#include "trace.h"

namespace snag::model {

// A valid part of `trace` for which `fails` still holds, and no longer does when any one event (or a thread with all
// its events) is taken out. `fails(trace)` must hold.
Trace shrink(Trace trace, const std::function<bool(const Trace&)>& fails);

}  // namespace snag::model

#endif  // SNAG_TESTS_MODEL_TRACE_SHRINKER_H
