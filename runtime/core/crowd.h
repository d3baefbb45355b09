// The many readers of one word, changed in place: for words that many threads read in ever new segments, where a new
// immutable set for each read would cost as much as there are readers.
//
// A table by thread slot: of one thread only the last segment counts, since it is ordered after the earlier ones, as it
// is after those of the slot's previous owner. Protected by the lock of the word that names the crowd, except where
// noted.
#ifndef SNAG_CORE_CROWD_H
#define SNAG_CORE_CROWD_H

#include <bit>

#include "core/arena.h"
#include "core/types.h"

namespace snag {

class Crowd {
 public:
  explicit Crowd(uint32_t expected) { reserve(expected); }
  ~Crowd() { clear(); }
  Crowd(const Crowd&) = delete;
  Crowd& operator=(const Crowd&) = delete;

  uint32_t size() const { return size_; }
  bool holds(SegmentId segment, ThreadSlot slot) const { return capacity_ != 0 && place(slot)->segment == segment; }
  // In the place of what the slot's thread read before. Not if prune() is due.
  void join(SegmentId segment, ThreadSlot slot) {
    Member* const member = place(slot);
    size_ += member->segment == kNoSegment;
    *member = {segment, slot};
    joinsLeft_ -= joinsLeft_ != 0;
    repeats_.store(0, std::memory_order_relaxed);
  }
  // Calls visit(SegmentId) for each member, in no order.
  template <typename Visit>
  void forEach(Visit&& visit) const {
    for (uint32_t i = 0; i < capacity_; ++i)
      if (members_[i].segment != kNoSegment) visit(members_[i].segment);
  }
  // As many joins as make looking at all members cheap, or no room for another.
  bool isPruneDue() const { return joinsLeft_ == 0 || size_ + 1 > capacity_ / 4 * 3; }
  // Drops those that goes(SegmentId) tells, and makes room for as many as are left.
  template <typename Goes>
  void prune(Goes&& goes) {
    Member* const before = members_;
    const uint32_t count = capacity_;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; ++i) {
      if (before[i].segment != kNoSegment && goes(before[i].segment)) before[i].segment = kNoSegment;
      kept += before[i].segment != kNoSegment;
    }
    reserve(kept + 1);
    for (uint32_t i = 0; i < count; ++i)
      if (before[i].segment != kNoSegment) join(before[i].segment, before[i].slot);
    joinsLeft_ = 2 * capacity_;
    arena().deallocate(before, count * sizeof(Member));
  }
  // Nothing names it any more: the id may stay for a while.
  void clear() {
    arena().deallocate(members_, capacity_ * sizeof(Member));
    members_ = nullptr;
    size_ = capacity_ = 0;
  }

  // --- any thread, without the lock
  // Somebody found itself among the readers. An immutable set would serve words better that are read again and again:
  // many words can carry the same.
  void noteRepeats(uint32_t count) {
    repeats_.store(repeats_.load(std::memory_order_relaxed) + count, std::memory_order_relaxed);
  }
  bool isSettled() const { return repeats_.load(std::memory_order_relaxed) > kManyRepeats; }

 private:
  static constexpr uint32_t kManyRepeats = 4096;
  struct Member {
    SegmentId segment;
    ThreadSlot slot;
  };

  void reserve(uint32_t expected) {
    capacity_ = std::bit_ceil(2 * expected + 2);
    members_ = static_cast<Member*>(arena().allocate(capacity_ * sizeof(Member)));
    for (uint32_t i = 0; i < capacity_; ++i) members_[i] = {kNoSegment, ThreadSlot{}};
    size_ = 0;
    joinsLeft_ = 2 * capacity_;
  }
  // The slot's own, or a free one: slots are small numbers without gaps, so they mostly do not collide.
  Member* place(ThreadSlot slot) const {
    for (uint32_t i = raw(slot);; ++i) {
      Member* const member = &members_[i & (capacity_ - 1)];
      if (member->segment == kNoSegment || member->slot == slot) return member;
    }
  }

  Member* members_ = nullptr;
  uint32_t size_ = 0, capacity_ = 0;  // capacity: a power of two
  uint32_t joinsLeft_ = 0;            // until pruning is due
  std::atomic<uint32_t> repeats_{0};  // since the last join; counts roughly
};

}  // namespace snag

#endif  // SNAG_CORE_CROWD_H
