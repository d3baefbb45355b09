// What the shadow word of an atomic location points to, and what atomic operations left there.
//
// There may be as many of these as variables of the program, and most operations are the first of their thread for a
// while on their location: so what they look at and change stands in one place, two cache lines beside each other.
#ifndef SNAG_CORE_ATOMIC_BLOCK_H
#define SNAG_CORE_ATOMIC_BLOCK_H

#include "core/detail_block.h"
#include "core/held_locks.h"
#include "core/vector_clock.h"

namespace snag {

// A remembered atomic access. It needs no segment: an atomic location keeps these itself, one a thread and kind.
struct AtomicAccess {
  Epoch epoch;
  ContextId context;
  LockSetId locks;
  uint32_t who;  // twice the number of the ThreadRecord in its pool, and 1 for a write

  static uint32_t whoFor(uint32_t record, bool isWrite) { return record * 2 + isWrite; }
  uint32_t record() const { return who / 2; }
  bool isWrite() const { return who % 2 != 0; }
};

// What an atomic location tells those who acquire from it.
struct AtomicClock {
  VectorClock released;  // L: clock of the current release sequence
  // What stores have put an end to since the record's `isRemembered`: who hears of a read-modify-write only when it is
  // over, and that stores have come in between, cannot tell which of all this it has read. Null: nothing.
  VectorClock* overwritten = nullptr;

  AtomicClock() = default;
  AtomicClock(const AtomicClock&) = delete;
  AtomicClock& operator=(const AtomicClock&) = delete;
  ~AtomicClock() { arenaDelete(overwritten); }
};
static_assert(sizeof(AtomicClock) == 32);

// What atomic operations left on some bytes of one word, for one (offset, size) at which they were done.
class AtomicRecord {
 public:
  uint32_t clock = 0;         // number of its AtomicClock, 0 as long as nothing was released
  ByteMask bytes = 0;         // 0: unused
  bool isRemembered = false;  // a thread may do read-modify-writes that we learn of late; see AtomicClock

  AtomicRecord() {}
  ~AtomicRecord() {
    if (isSpilled()) arenaDelete(many_);
  }
  AtomicRecord(const AtomicRecord&) = delete;
  AtomicRecord& operator=(const AtomicRecord&) = delete;

  // The last atomic write and the last atomic read of each thread.
  AtomicAccess* begin() { return isSpilled() ? many_->begin() : few_; }
  AtomicAccess* end() { return isSpilled() ? many_->end() : few_ + count_; }
  const AtomicAccess* begin() const { return const_cast<AtomicRecord*>(this)->begin(); }
  const AtomicAccess* end() const { return const_cast<AtomicRecord*>(this)->end(); }
  void add(AtomicAccess access) {
    if (SNAG_UNLIKELY(count_ >= kFew)) return addToMany(access);
    few_[count_++] = access;
  }
  template <typename Goes>
  void eraseIf(Goes&& goes) {
    releaser_ = 0;
    if (isSpilled()) return many_->eraseIf(goes);
    uint8_t kept = 0;
    for (const AtomicAccess& each : *this)
      if (!goes(each)) few_[kept++] = each;
    count_ = kept;
  }

  // The access whose thread has released, in that access's epoch or before, all that the release sequence says. Null if
  // there is no such thread, or it is not known.
  const AtomicAccess* releaser() const { return releaser_ != 0 ? begin() + releaser_ - 1 : nullptr; }
  void setReleaser(const AtomicAccess* access) {
    const ptrdiff_t number = access != nullptr ? access - begin() + 1 : 0;
    releaser_ = number <= UINT8_MAX ? static_cast<uint8_t>(number) : uint8_t{0};
  }

 private:
  static constexpr uint8_t kFew = 3, kSpilled = 0xff;
  using Many = SmallArray<AtomicAccess, 8>;

  bool isSpilled() const { return SNAG_UNLIKELY(count_ == kSpilled); }
  SNAG_RARE void addToMany(AtomicAccess access) {
    if (!isSpilled()) {
      Many* const many = arenaNew<Many>();
      for (const AtomicAccess& each : few_) many->add(each);
      many_ = many;
      count_ = kSpilled;
    }
    many_->add(access);
  }

  uint8_t count_ = 0;  // of few_, or kSpilled
  uint8_t releaser_ = 0;
  union {
    AtomicAccess few_[kFew];
    Many* many_;
  };
};
static_assert(sizeof(AtomicRecord) == 56);

struct alignas(128) AtomicBlock : WordBlock {
  static constexpr uint32_t kRecords = 2;

  ShadowWord plain;  // history of plain accesses, as if no atomic lived here: it may be escaped to a DetailBlock
  AtomicRecord records[kRecords];
};
static_assert(sizeof(AtomicBlock) == 128);

}  // namespace snag

#endif  // SNAG_CORE_ATOMIC_BLOCK_H
