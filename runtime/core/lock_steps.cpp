#include "core/lock_steps.h"

namespace snag {

LockStep& LockSteps::replace(uint64_t key, LockSetId held, ContextId context) {
  if (steps_ == nullptr || (displaced_ >> log_ != 0 && log_ < kLargestLog)) grow();
  put({key, held, context});
  return steps_[indexOf(key, held, context)];
}

void LockSteps::put(const LockStep& step) {
  const size_t index = indexOf(step.lock, step.held, step.context);
  displaced_ += steps_[index].lock != 0 && steps_[index ^ 1].lock != 0 ? 1 : 0;
  if (steps_[index].lock != 0) steps_[index ^ 1] = steps_[index];
  steps_[index] = step;
}

void LockSteps::grow() {
  LockStep* const old = steps_;
  const size_t oldBytes = bytes();
  log_ = old == nullptr ? kSmallestLog : log_ + 2 < kLargestLog ? log_ + 2 : kLargestLog;
  steps_ = static_cast<LockStep*>(arena().allocate(bytes()));
  for (size_t i = 0; i < size_t{1} << log_; ++i) new (&steps_[i]) LockStep();
  for (size_t i = 0; i < oldBytes / sizeof(LockStep); ++i)
    if (old[i].lock != 0) put(old[i]);
  displaced_ = 0;
  if (old != nullptr) arena().deallocate(old, oldBytes);
}

}  // namespace snag
