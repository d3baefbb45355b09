#include "core/shadow_readahead.h"

#include "platform/platform.h"

namespace snag {

void ShadowReadahead::note(uintptr_t shadow) {
  const uintptr_t page = shadow - shadow % kPage;
  for (Run& run : runs_)
    if (run.end == page) return goOn(run);
  for (const Run& run : runs_)
    if (run.made <= page && page < run.end) return;
  runs_[oldest_] = {page, page, page + kPage};
  oldest_ = (oldest_ + 1) % kRuns;
}

void ShadowReadahead::goOn(Run& run) {
  const uintptr_t known = (run.end - run.begin) / kPage / kPagesForOne;
  const uintptr_t ahead = known < kMostAhead ? known : kMostAhead;
  run.made = run.end;
  run.end += (1 + ahead) * kPage;
  if (ahead != 0) platform::makePages(run.made, run.end - run.made);
}

}  // namespace snag
