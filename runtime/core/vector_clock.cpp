#include "core/vector_clock.h"

namespace snag {

void VectorClock::growTo(ThreadSlot slot) { components_.grow(raw(slot) + 1); }

namespace {

// own[i] becomes the larger of the two; all bits of what that differs from compared[i] in, for all i.
SNAG_ALWAYS_INLINE uint32_t joinComponents(uint32_t* own, const uint32_t* theirs, const uint32_t* compared, size_t i) {
  const uint32_t before = compared[i], both = own[i] < theirs[i] ? theirs[i] : own[i];
  own[i] = both;
  return both ^ before;
}

// Of few components: most programs have few threads at a time, and what a vectorised loop does first takes longer.
SNAG_ALWAYS_INLINE uint32_t joinFew(uint32_t* own, const uint32_t* theirs, const uint32_t* compared, size_t count) {
  uint32_t different = 0;
#pragma clang loop vectorize(disable) unroll(disable)
  for (size_t i = 0; i < count; ++i) different |= joinComponents(own, theirs, compared, i);
  return different;
}

// The loop is plain so that the compiler vectorises it.
uint32_t joinMany(uint32_t* own, const uint32_t* theirs, const uint32_t* compared, size_t count) {
  uint32_t different = 0;
  for (size_t i = 0; i < count; ++i) different |= joinComponents(own, theirs, compared, i);
  return different;
}

SNAG_ALWAYS_INLINE uint32_t joinAll(uint32_t* own, const uint32_t* theirs, const uint32_t* compared, size_t count) {
  constexpr size_t kFew = 8;
  return count <= kFew ? joinFew(own, theirs, compared, count) : joinMany(own, theirs, compared, count);
}

}  // namespace

bool VectorClock::join(const VectorClock& other) {
  const size_t count = other.components_.size();
  if (components_.size() < count) components_.grow(static_cast<uint32_t>(count));
  uint32_t* const own = components_.data();
  return joinAll(own, other.components_.data(), own, count) != 0;
}

bool VectorClock::becomes(const VectorClock& other) {
  const size_t count = other.components_.size(), before = components_.size();
  if (before < count) components_.grow(static_cast<uint32_t>(count));
  uint32_t* const own = components_.data();
  const uint32_t* const theirs = other.components_.data();
  uint32_t more = joinAll(own, theirs, theirs, count);
  for (size_t i = count; i < before; ++i) more |= own[i];
  return more == 0;
}

bool VectorClock::lessOrEqual(const VectorClock& other) const {
  for (uint32_t i = 0; i < components_.size(); ++i)
    if (components_[i] > raw(other.get(ThreadSlot(i)))) return false;
  return true;
}

}  // namespace snag
