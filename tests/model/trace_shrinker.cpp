#include "trace_shrinker.h"

#include <algorithm>

namespace snag::model {
namespace {

using Fails = std::function<bool(const Trace&)>;

bool replaceIfStillFailing(Trace& trace, Trace candidate, const Fails& fails) {
  if (candidate.size() == trace.size() || !isValid(candidate) || !fails(candidate)) return false;
  trace = std::move(candidate);
  return true;
}

bool dropThreads(Trace& trace, const Fails& fails) {
  uint32_t count = 0;
  for (const Event& event : trace) count = std::max({count, event.thread, event.other});
  bool dropped = false;
  for (uint32_t thread = count; thread > 0; --thread) {
    Trace candidate = trace;
    std::erase_if(candidate, [&](const Event& event) { return event.thread == thread || event.other == thread; });
    dropped |= replaceIfStillFailing(trace, std::move(candidate), fails);
  }
  return dropped;
}

// Runs of `length` events, from the end, where cutting seldom makes the rest invalid.
bool dropRuns(Trace& trace, size_t length, const Fails& fails) {
  bool dropped = false;
  for (size_t end = trace.size(); end >= length; --end) {
    if (end > trace.size()) continue;
    Trace candidate = trace;
    const auto last = candidate.begin() + static_cast<ptrdiff_t>(end);
    candidate.erase(last - static_cast<ptrdiff_t>(length), last);
    dropped |= replaceIfStillFailing(trace, std::move(candidate), fails);
  }
  return dropped;
}

// Two events that only make sense together, such as lock and unlock.
bool dropPairs(Trace& trace, const Fails& fails) {
  for (size_t second = trace.size(); second-- > 1;) {
    for (size_t first = second; first-- > 0;) {
      if (trace[first].thread != trace[second].thread) continue;
      Trace candidate = trace;
      candidate.erase(candidate.begin() + static_cast<ptrdiff_t>(second));
      candidate.erase(candidate.begin() + static_cast<ptrdiff_t>(first));
      if (replaceIfStillFailing(trace, std::move(candidate), fails)) return true;
    }
  }
  return false;
}

}  // namespace

Trace shrink(Trace trace, const Fails& fails) {
  for (bool progress = true; progress;) {
    progress = dropThreads(trace, fails);
    for (size_t length = std::max<size_t>(trace.size() / 2, 1); length > 0; length /= 2)
      progress |= dropRuns(trace, length, fails);
    if (!progress && trace.size() < 40) progress = dropPairs(trace, fails);
  }
  return trace;
}

}  // namespace snag::model
