#include "core/vector_clock.h"

namespace snag {

void VectorClock::set(ThreadSlot slot, Epoch epoch) {
  if (raw(slot) >= components_.size()) components_.grow(raw(slot) + 1);
  components_[raw(slot)] = raw(epoch);
}

// The loops are plain so that the compiler vectorises them.
bool VectorClock::join(const VectorClock& other) {
  const size_t count = other.components_.size();
  if (components_.size() < count) components_.grow(static_cast<uint32_t>(count));
  uint32_t* own = components_.data();
  const uint32_t* theirs = other.components_.data();
  uint32_t changed = 0;
  for (size_t i = 0; i < count; ++i) {
    const uint32_t both = own[i] < theirs[i] ? theirs[i] : own[i];
    changed |= both ^ own[i];
    own[i] = both;
  }
  return changed != 0;
}

bool VectorClock::becomes(const VectorClock& other) {
  const size_t count = other.components_.size(), before = components_.size();
  if (before < count) components_.grow(static_cast<uint32_t>(count));
  uint32_t* own = components_.data();
  const uint32_t* theirs = other.components_.data();
  uint32_t more = 0;
  for (size_t i = 0; i < count; ++i) {
    const uint32_t both = own[i] < theirs[i] ? theirs[i] : own[i];
    more |= both ^ theirs[i];
    own[i] = both;
  }
  for (size_t i = count; i < before; ++i) more |= own[i];
  return more == 0;
}

bool VectorClock::lessOrEqual(const VectorClock& other) const {
  for (uint32_t i = 0; i < components_.size(); ++i)
    if (components_[i] > raw(other.get(ThreadSlot(i)))) return false;
  return true;
}

}  // namespace snag
