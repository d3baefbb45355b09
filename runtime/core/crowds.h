// Crowds: the readers of words that are read in ever new segments, where a new immutable set for each read would cost
// more than the read.
//
// A crowd is a number; for each crowd and each thread slot there is a place for the last segment that has read the
// crowd's word. Of one thread only the last segment counts, since it is ordered after the earlier ones, as it is after
// those of the slot's previous owner. A slot's places lie side by side, and only its thread writes there: readers that
// come at the same time do not pull a cache line out of each other's hands.
//
// Nobody needs a lock to join. A reader stores its segment and then looks whether the shadow word still shows the
// crowd; whoever takes the crowd off the word does that first and looks at the places afterwards. Both are sequentially
// consistent (Dekker's handshake), so one of the two sees the other.
#ifndef SNAG_CORE_CROWDS_H
#define SNAG_CORE_CROWDS_H

#include <atomic>

#include "core/check.h"
#include "core/reserved_array.h"
#include "core/types.h"

namespace snag {

class Crowds {
  struct Member;

 public:
  static constexpr uint32_t kMost = 1 << 14;       // crowds; beyond so many words, sets do
  static constexpr uint32_t kMostSlots = 1 << 17;  // threads that can join: all that a system lets live

  static constexpr bool admits(ThreadSlot slot) { return raw(slot) < kMostSlots; }

  // --- any thread; the crowd is one that a word shows, or has shown since the thread came inside the detector
  bool holds(uint32_t crowd, ThreadSlot slot, SegmentId segment) const {
    return admits(slot) && member(crowd, slot).last.load(std::memory_order_relaxed) == segment;
  }
  // What stands there for a slot that they admit.
  class Place {
   public:
    bool holds(SegmentId segment) const { return its_.last.load(std::memory_order_relaxed) == segment; }
    // By the slot's thread, or before the crowd is shown.
    SNAG_ALWAYS_INLINE void join(SegmentId segment) const {
      if (SNAG_UNLIKELY(its_.last.load(std::memory_order_relaxed) == kNoSegment)) crowds_.admit(crowd_, slot_);
      its_.last.exchange(segment, std::memory_order_seq_cst);
      const uint32_t repeats = its_.repeats.load(std::memory_order_relaxed);
      its_.repeats.store(repeats < kJoinOutweighs ? 0 : repeats - kJoinOutweighs, std::memory_order_relaxed);
    }
    // By the slot's thread, which has found itself there; returns how often that was so, without those reads that joins
    // outweigh.
    uint32_t noteRepeat() const {
      const uint32_t repeats = its_.repeats.load(std::memory_order_relaxed) + 1;
      its_.repeats.store(repeats, std::memory_order_relaxed);
      return repeats;
    }

   private:
    friend Crowds;
    Place(Crowds& crowds, uint32_t crowd, ThreadSlot slot)
        : crowds_(crowds), its_(crowds.member(crowd, slot)), crowd_(crowd), slot_(slot) {}

    Crowds& crowds_;
    Member& its_;
    const uint32_t crowd_;
    const ThreadSlot slot_;
  };
  Place place(uint32_t crowd, ThreadSlot slot) { return {*this, crowd, slot}; }
  // Calls visit(SegmentId) for each member, in no order.
  template <typename Visit>
  void forEach(uint32_t crowd, Visit&& visit) const {
    forEachMember(crowd, [&](const Member& each) {
      const SegmentId segment = each.last.load(std::memory_order_seq_cst);
      if (segment != kNoSegment) visit(segment);
    });
  }

  // --- with the segment table's lock
  bool isFull() const { return unused_ == 0 && next_.load(std::memory_order_relaxed) == kMost; }
  // A number without members. Not if they are full.
  uint32_t take() {
    if (unused_ == 0) return next_.fetch_add(1, std::memory_order_relaxed);
    return numbers_[--unused_];
  }
  // Nobody can be about to join any more.
  void giveBack(uint32_t crowd) {
    forEachMember(crowd, [](Member& each) {
      each.last.store(kNoSegment, std::memory_order_relaxed);
      each.repeats.store(0, std::memory_order_relaxed);
    });
    groups_[crowd].store(0, std::memory_order_relaxed);
    numbers_[unused_++] = crowd;
  }

 private:
  // A bit for every 64th slot: whoever looks for the members passes over the other slots.
  static constexpr uint32_t kGroups = 64;
  // A join costs as much as so many calls for reads that change nothing.
  static constexpr uint32_t kJoinOutweighs = 32;
  struct Member {
    std::atomic<SegmentId> last;
    std::atomic<uint32_t> repeats;  // written by the slot's thread
  };

  Member& member(uint32_t crowd, ThreadSlot slot) const { return members_[size_t{raw(slot)} * kMost + crowd]; }
  SNAG_RARE void admit(uint32_t crowd, ThreadSlot slot) {
    uint32_t slots = slots_.load(std::memory_order_relaxed);
    while (slots <= raw(slot) && !slots_.compare_exchange_weak(slots, raw(slot) + 1, std::memory_order_seq_cst)) {
    }
    groups_[crowd].fetch_or(uint64_t{1} << raw(slot) % kGroups, std::memory_order_seq_cst);
  }
  template <typename Visit>
  void forEachMember(uint32_t crowd, Visit&& visit) const {
    const uint32_t slots = slots_.load(std::memory_order_seq_cst);
    for (uint64_t left = groups_[crowd].load(std::memory_order_seq_cst); left != 0; left &= left - 1)
      for (uint32_t slot = static_cast<uint32_t>(__builtin_ctzll(left)); slot < slots; slot += kGroups)
        visit(member(crowd, ThreadSlot{slot}));
  }

  const ReservedArray<Member> members_{size_t{kMostSlots} * kMost};
  const ReservedArray<std::atomic<uint64_t>> groups_{kMost};
  const ReservedArray<uint32_t> numbers_{kMost};  // a stack of those that are unused
  uint32_t unused_ = 0;
  std::atomic<uint32_t> next_{0};   // no number from here on was ever taken
  std::atomic<uint32_t> slots_{0};  // no slot from here on has ever joined
};

}  // namespace snag

#endif  // SNAG_CORE_CROWDS_H
