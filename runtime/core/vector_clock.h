// A vector clock (Mattern 1989): for each thread slot, how much of its past is known. Components that are not stored
// are 0.
//
// Not thread-safe: a thread's clocks belong to the thread, an object's to whoever holds the object's lock.
#ifndef SNAG_CORE_VECTOR_CLOCK_H
#define SNAG_CORE_VECTOR_CLOCK_H

#include "core/check.h"
#include "core/small_array.h"
#include "core/types.h"

namespace snag {

class VectorClock {
 public:
  Epoch get(ThreadSlot slot) const {
    return raw(slot) < components_.size() ? Epoch{components_[raw(slot)]} : kEpochZero;
  }
  void set(ThreadSlot slot, Epoch epoch) {
    if (SNAG_UNLIKELY(raw(slot) >= components_.size())) growTo(slot);
    components_[raw(slot)] = raw(epoch);
  }
  // Componentwise maximum. True if that changed anything.
  bool join(const VectorClock& other);
  // The same. True if both are equal then: nothing was known here that the other did not know.
  bool becomes(const VectorClock& other);
  bool lessOrEqual(const VectorClock& other) const;
  void clear() { components_.clear(); }
  bool empty() const { return components_.empty(); }
  size_t size() const { return components_.size(); }
  // False for clocks that differ only in stored zeros, too.
  // Not by memcmp, which the program's calls have interceptors for; two clocks mostly differ in their first components.
  bool isSameAs(const VectorClock& other) const {
    if (size() != other.size()) return false;
    const uint32_t *own = components_.data(), *theirs = other.components_.data(), *const end = own + size();
    while (own != end && *own == *theirs) ++own, ++theirs;
    return own == end;
  }

 private:
  SNAG_RARE void growTo(ThreadSlot slot);

  SmallArray<uint32_t, 4> components_;
};

}  // namespace snag

#endif  // SNAG_CORE_VECTOR_CLOCK_H
