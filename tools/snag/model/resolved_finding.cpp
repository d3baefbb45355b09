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

}  // namespace snag::model
