#include "model/resolved_finding.h"

#include <algorithm>

namespace snag::model {

size_t ResolvedStack::userIndex() const {
  return static_cast<size_t>(std::ranges::find(frames, FrameKind::User, &ResolvedFrame::kind) - frames.begin());
}

const ResolvedFrame* ResolvedStack::userFrame() const {
  if (frames.empty()) return nullptr;
  const size_t user = userIndex();
  return &frames[user < frames.size() ? user : 0];
}

size_t ResolvedFinding::explainingStep() const {
  for (size_t i = 1; i < steps.size(); ++i)
    if (!steps[i].stack.frames.empty()) return i;
  return 0;
}

const ResolvedFrame* ResolvedFinding::place(int side) const {
  if (steps.empty()) return accesses[side].stack.userFrame();
  return steps[side == 0 ? 0 : explainingStep()].stack.userFrame();
}

}  // namespace snag::model
