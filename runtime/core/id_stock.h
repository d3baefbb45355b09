// The segment ids that a thread has taken from the table in advance.
//
// For its segments a thread mostly takes rows (SegmentTable::takeRow). It begins without, because it may not live long,
// and goes on without for a while where its segments leave most of a row unused: other releases have come in between.
#ifndef SNAG_CORE_ID_STOCK_H
#define SNAG_CORE_ID_STOCK_H

#include "core/segment_table.h"

namespace snag {

// Touched by its thread only, but for forEach.
class IdStock {
 public:
  // An id for whatever the thread likes; kNoSegment if there is none at hand.
  SegmentId takeAny() { return count_ == 0 ? kNoSegment : SegmentId{ids_[--count_].load(std::memory_order_relaxed)}; }
  // One for the segment that begins with this epoch. Likewise.
  SegmentId takeFor(Epoch epoch) {
    const SegmentId row = row_.load(std::memory_order_relaxed);
    if (SNAG_UNLIKELY(row == kNoSegment)) return takeAny();
    const uint32_t index = raw(epoch) - raw(rowEpoch_);
    if (SNAG_UNLIKELY(index >= SegmentTable::kRow)) return kNoSegment;
    rowNext_ = index + 1;
    ++rowUsed_;
    return SegmentId{raw(row) + index};
  }
  // Takes more, so that takeFor() finds one if the table has any: a row, if the thread is to have one, and up to
  // `count` others if there are none at hand.
  void refill(SegmentTable& segments, uint32_t count, bool withRow, ThreadSlot slot, Epoch epoch) {
    giveBackRow(segments);
    if (withRow) {
      row_.store(segments.takeRow(slot, epoch), std::memory_order_relaxed);
      rowEpoch_ = epoch;
      rowNext_ = rowUsed_ = 0;
    }
    isFirst_ = false;
    if (count_ != 0) return;
    uint32_t ids[kMost];
    const uint32_t taken = segments.take(ids, count);
    for (; count_ < taken; ++count_) ids_[count_].store(ids[count_], std::memory_order_relaxed);
  }
  // The thread has come to use many, and has used what there was of the last row.
  bool isWorthARow() const {
    return row_.load(std::memory_order_relaxed) == kNoSegment ? !isFirst_ : rowUsed_ >= kWorthARow;
  }
  void giveBack(SegmentTable& segments) {
    giveBackRow(segments);
    uint32_t ids[kMost];
    for (uint32_t i = 0; i < count_; ++i) ids[i] = ids_[i].load(std::memory_order_relaxed);
    segments.giveBack(ids, count_);
    count_ = 0;
  }

  // For the collector: all that may be here, and some that were.
  template <typename Visit>
  void forEach(Visit&& visit) const {
    for (const std::atomic<uint32_t>& id : ids_) visit(SegmentId{id.load(std::memory_order_relaxed)});
    const SegmentId row = row_.load(std::memory_order_relaxed);
    for (uint32_t i = 0; row != kNoSegment && i < SegmentTable::kRow; ++i) visit(SegmentId{raw(row) + i});
  }

  static constexpr uint32_t kMost = 32;

 private:
  static constexpr uint32_t kWorthARow = SegmentTable::kRow / 4;

  // The ids that come after the last one used: a row keeps its meaning while others use none of them alone.
  void giveBackRow(SegmentTable& segments) {
    const SegmentId row = row_.exchange(kNoSegment, std::memory_order_relaxed);
    if (row == kNoSegment || rowUsed_ >= kWorthARow) return;
    uint32_t ids[SegmentTable::kRow], count = 0;
    for (uint32_t i = rowNext_; i < SegmentTable::kRow; ++i) ids[count++] = raw(row) + i;
    segments.giveBack(ids, count);
  }

  std::atomic<uint32_t> ids_[kMost] = {};
  uint32_t count_ = 0;
  std::atomic<SegmentId> row_{kNoSegment};  // its first id
  Epoch rowEpoch_{};                        // that one's
  uint32_t rowNext_ = 0, rowUsed_ = 0;
  bool isFirst_ = true;
};

}  // namespace snag

#endif  // SNAG_CORE_ID_STOCK_H
