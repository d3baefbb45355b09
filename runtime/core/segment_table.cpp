#include "core/segment_table.h"

#include <algorithm>
#include <bit>

#include "core/arena.h"

namespace snag {
namespace {

uint32_t hashMembers(const SegmentId* members, uint32_t count) {
  uint64_t hash = count;
  for (uint32_t i = 0; i < count; ++i) hash = (hash ^ raw(members[i])) * 0x9e37'79b9'7f4a'7c15;
  return static_cast<uint32_t>(hash >> 32);
}

bool sameMembers(const SegmentId* a, const SegmentId* b, uint32_t count) {
  for (uint32_t i = 0; i < count; ++i)
    if (a[i] != b[i]) return false;
  return true;
}

}  // namespace

SegmentTable::SegmentTable(uint32_t limit)
    : limit_(limit < kMaxSegmentIds ? limit : kMaxSegmentIds),
      entries_(limit_),
      rows_(limit_ / kRow + 1),
      marks_(limit_),
      states_(limit_),
      freeIds_(limit_),
      freeRows_(limit_ / kRow + 1),
      bucketCount_(std::bit_ceil(limit_ / 16 + 1)),
      buckets_(bucketCount_) {}

SegmentTable::~SegmentTable() {
  for (uint32_t id = 1; id < end(); ++id)
    if (states_[id] != Unused && isSet(SegmentId{id})) free(id);
}

uint32_t SegmentTable::take(uint32_t* ids, uint32_t count) {
  SpinGuard guard(lock_);
  uint32_t taken = 0;
  while (taken < count) {
    if (freeCount_ == 0) takeMore();
    if (freeCount_ == 0) break;
    const uint32_t id = freeIds_[--freeCount_];
    rows_[id / kRow].store(0, std::memory_order_relaxed);
    beginUse(id);
    ids[taken++] = id;
  }
  return taken;
}

SegmentId SegmentTable::takeRow(ThreadSlot slot, Epoch epoch) {
  SpinGuard guard(lock_);
  const uint32_t first = unusedRow();
  if (first == 0) return kNoSegment;
  for (uint32_t id = first; id < first + kRow; ++id) beginUse(id);
  rows_[first / kRow].store(raw(slot) | uint64_t{raw(epoch)} << 32, std::memory_order_relaxed);
  return SegmentId{first};
}

void SegmentTable::beginUse(uint32_t id) {
  states_[id] = Taken;
  marks_[id].store(1, std::memory_order_relaxed);  // born marked: the collector may be running
  entries_[id].slotOrCount = 0;
  entries_[id].record = entries_[id].logChunk = 0;  // not yet a segment: the collector asks
  inUse_.store(inUse_.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
}

// Whole rows of what is unused are left for last.
void SegmentTable::takeMore() {
  uint32_t first = next_.load(std::memory_order_relaxed);
  uint32_t count = std::min(kRow - first % kRow, limit_ - first);
  if (freeRowCount_ > 0) {
    first = freeRows_[--freeRowCount_];
    count = kRow;
  } else {
    next_.store(first + count, std::memory_order_release);
  }
  while (count-- > 0) freeIds_[freeCount_++] = first + count;
}

// The first id of one, 0 if there is none. Those of the first row go one by one: 0 is nobody's.
uint32_t SegmentTable::unusedRow() {
  if (freeRowCount_ > 0) return freeRows_[--freeRowCount_];
  const uint32_t first = std::max(next_.load(std::memory_order_relaxed), kRow);
  if (first + kRow > limit_) return 0;
  next_.store(first + kRow, std::memory_order_release);
  return first;
}

void SegmentTable::giveBack(const uint32_t* ids, uint32_t count) {
  SpinGuard guard(lock_);
  for (uint32_t i = 0; i < count; ++i) {
    states_[ids[i]] = Unused;
    freeIds_[freeCount_++] = ids[i];
  }
  inUse_.fetch_sub(count, std::memory_order_relaxed);
}

bool SegmentTable::contains(SegmentId id, SegmentId member) const {
  if (!isSet(id)) return id == member && id != kNoSegment;
  const Entry& e = entry(id);
  if ((e.slotOrCount & kCrowdFlag) != 0) return hasJoined(id, time(member).slot, member);
  const SegmentId* members = membersOf(e);
  return std::binary_search(members, members + (e.slotOrCount & ~kSetFlag), member);
}

// The collector may be looking at the id as one of the thread's unused ones: it must never see half a set as a segment.
void SegmentTable::definePair(SegmentId id, SegmentId first, SegmentId second) {
  Entry& e = entry(id);
  __atomic_store_n(&e.slotOrCount, 2 | kSetFlag, __ATOMIC_RELEASE);
  e.pair[0] = first;
  e.pair[1] = second;
  if (marking_.load(std::memory_order_relaxed))
    mark(id);
  else
    latestPair(first, second).store(raw(id), std::memory_order_release);
}

// Not while there is a marking: then nobody uses the latest pairs, and sweep() can forget them. Whoever has seen none
// and goes on is waited for when one begins.
SegmentId SegmentTable::findPair(SegmentId first, SegmentId second) {
  if (marking_.load(std::memory_order_acquire)) return kNoSegment;
  const SegmentId id{latestPair(first, second).load(std::memory_order_acquire)};
  const Entry& e = entry(id);
  if (id == kNoSegment || e.slotOrCount != (2 | kSetFlag) || e.pair[0] != first || e.pair[1] != second)
    return kNoSegment;
  return id;
}

SegmentId SegmentTable::intern(const SegmentId* members, uint32_t count) {
  if (count == 0) return kNoSegment;
  if (count == 1) return members[0];
  if (count == 2) {
    if (const SegmentId known = findPair(members[0], members[1]); known != kNoSegment) return known;
    uint32_t pair;
    if (take(&pair, 1) == 0) return kNoSegment;
    definePair(SegmentId{pair}, members[0], members[1]);
    return SegmentId{pair};
  }
  SpinGuard guard(internLock_);
  uint32_t& bucket = buckets_[hashMembers(members, count) % bucketCount_];
  for (uint32_t id = bucket; id != 0; id = entries_[id].epochOrNext) {
    const Entry& e = entries_[id];
    if (e.slotOrCount == (count | kSetFlag) && sameMembers(e.members, members, count)) {
      // The set may be reachable from nowhere but here, and the collector may already have passed the words that named
      // its members.
      if (marking_.load(std::memory_order_relaxed)) mark(SegmentId{id});
      return SegmentId{id};
    }
  }
  uint32_t id;
  if (take(&id, 1) == 0) return kNoSegment;
  auto* copy = static_cast<SegmentId*>(arena().allocate(count * sizeof(SegmentId)));
  for (uint32_t i = 0; i < count; ++i) copy[i] = members[i];
  Entry& e = entries_[id];
  __atomic_store_n(&e.slotOrCount, count | kSetFlag, __ATOMIC_RELEASE);
  e.epochOrNext = bucket;
  e.members = copy;
  bucket = id;
  if (marking_.load(std::memory_order_relaxed)) mark(SegmentId{id});
  return SegmentId{id};
}

SegmentId SegmentTable::makeCrowd(const SegmentId* members, uint32_t count, SegmentId writer) {
  uint32_t id;
  if (take(&id, 1) == 0) return kNoSegment;
  uint32_t number = Crowds::kMost;
  {
    SpinGuard guard(lock_);
    if (!crowds_.isFull()) number = crowds_.take();
  }
  if (number == Crowds::kMost) {
    giveBack(&id, 1);
    return kNoSegment;
  }
  Entry& e = entries_[id];
  __atomic_store_n(&e.slotOrCount, kSetFlag | kCrowdFlag, __ATOMIC_RELEASE);  // first: see definePair
  e.crowd = {writer, number};
  for (uint32_t i = 0; i < count; ++i) placeIn(SegmentId{id}, time(members[i]).slot).join(members[i]);
  if (marking_.load(std::memory_order_relaxed)) markNamed(SegmentId{id});
  return SegmentId{id};
}

void SegmentTable::startMarking() {
  SpinGuard interning(internLock_);
  SpinGuard guard(lock_);
  const uint32_t last = next_.load(std::memory_order_relaxed);
  for (uint32_t id = 1; id < last; ++id) marks_[id].store(0, std::memory_order_relaxed);
  marking_.store(true, std::memory_order_relaxed);
  endAnswers();
}

void SegmentTable::mark(SegmentId id) {
  if (id == kNoSegment) return;
  marks_[raw(id)].store(1, std::memory_order_relaxed);
  if (!isSet(id)) return;
  const Entry& e = entry(id);
  if ((e.slotOrCount & kCrowdFlag) != 0) return;
  const uint32_t count = e.slotOrCount & ~kSetFlag;
  const SegmentId* members = membersOf(e);
  for (uint32_t i = 0; i < count; ++i) marks_[raw(members[i])].store(1, std::memory_order_relaxed);
}

void SegmentTable::markNamed(SegmentId id) {
  mark(id);
  if (SNAG_LIKELY(!isCrowd(id))) return;
  mark(writerOfCrowd(id));
  forEach(id, [this](SegmentId each) { mark(each); });
}

bool SegmentTable::isMarked(SegmentId id) const { return marks_[raw(id)].load(std::memory_order_relaxed) != 0; }

bool SegmentTable::isDefined(SegmentId id) const {
  SpinGuard guard(lock_);
  return states_[raw(id)] == Taken;
}

uint32_t SegmentTable::sweep() {
  SpinGuard interning(internLock_);
  for (std::atomic<uint32_t>& pair : latestPairs_) pair.store(0, std::memory_order_relaxed);
  marking_.store(false, std::memory_order_release);
  for (uint32_t i = 0; i < bucketCount_; ++i) {
    for (uint32_t* link = &buckets_[i]; *link != 0;) {
      if (isMarked(SegmentId{*link})) {
        link = &entries_[*link].epochOrNext;
      } else {
        *link = entries_[*link].epochOrNext;  // the entry itself stays readable until releaseLimbo
      }
    }
  }
  SpinGuard guard(lock_);
  uint32_t swept = 0;
  const uint32_t last = next_.load(std::memory_order_relaxed);
  for (uint32_t id = 1; id < last; ++id) {
    if (states_[id] != Taken || isMarked(SegmentId{id})) continue;
    states_[id] = Limbo;
    ++swept;
  }
  return swept;
}

void SegmentTable::releaseLimbo() {
  SpinGuard guard(lock_);
  endAnswers();
  const uint32_t last = next_.load(std::memory_order_relaxed);
  uint32_t freed = 0;
  for (uint32_t id = 1; id < last; ++id) {
    if (states_[id] != Limbo) continue;
    free(id);
    ++freed;
  }
  inUse_.store(inUse_.load(std::memory_order_relaxed) - freed, std::memory_order_relaxed);
  rebuildFree();
}

bool SegmentTable::isUnusedRow(uint32_t row) const {
  const uint32_t first = row * kRow, last = first + kRow;
  if (row == 0 || last > next_.load(std::memory_order_relaxed)) return false;
  for (uint32_t id = first; id < last; ++id)
    if (states_[id] != Unused) return false;
  return true;
}

// What is unused, to be handed out from the lowest on: rows as such, if they are unused as a whole. Of the other ids
// those go first whose rows are none any more.
void SegmentTable::rebuildFree() {
  const uint32_t last = next_.load(std::memory_order_relaxed);
  freeCount_ = freeRowCount_ = 0;
  for (const bool isRow : {true, false}) {
    for (uint32_t row = (last - 1) / kRow + 1; row-- > 0;) {
      if ((rows_[row].load(std::memory_order_relaxed) != 0) != isRow || isUnusedRow(row)) continue;
      for (uint32_t id = std::min(row * kRow + kRow, last); id-- > std::max(row * kRow, 1u);)
        if (states_[id] == Unused) freeIds_[freeCount_++] = id;
    }
  }
  for (uint32_t row = last / kRow; row-- > 0;)
    if (isUnusedRow(row)) freeRows_[freeRowCount_++] = row * kRow;
}

void SegmentTable::free(uint32_t id) {
  Entry& e = entries_[id];
  if ((e.slotOrCount & kSetFlag) != 0 && (e.slotOrCount & kCrowdFlag) != 0) {
    crowds_.giveBack(e.crowd.number);
    e.slotOrCount = 0;
  } else if ((e.slotOrCount & kSetFlag) != 0) {
    const uint32_t count = e.slotOrCount & ~kSetFlag;
    if (count > 2) arena().deallocate(const_cast<SegmentId*>(e.members), count * sizeof(SegmentId));
    e.slotOrCount = 0;
  }
  states_[id] = Unused;
}

}  // namespace snag
