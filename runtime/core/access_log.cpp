#include "core/access_log.h"

#include <algorithm>

#include "core/log_compaction.h"

namespace snag {

uint64_t* AccessLog::addChunk(LogPool& pool) {
  const uint32_t index = pool.create();
  if (index == 0) return nullptr;
  LogChunk& chunk = pool.at(index);
  chunk.epoch = epoch_;
  SpinGuard guard(lock_);
  chunk.owner.store(owner_, std::memory_order_relaxed);
  if (lastChunk_ != 0) {
    LogChunk& last = pool.at(lastChunk_);
    last.used = used(pool, lastChunk_);
    last.next = index;
  }
  if (firstChunk_ == 0) firstChunk_ = index;
  lastChunk_ = index;
  ++chunkCount_;
  cursor_.store(chunk.entries, std::memory_order_relaxed);
  limit_ = chunk.entries + chunkEntries_ - 1;
  longEnd_ = nullptr;
  endNeighbourhood();
  return chunk.entries;
}

void AccessLog::resumeSegment(LogPool& pool, SegmentTable& segments, SegmentId segment) {
  const Segment resumed = segments.segment(segment);
  if (!resumed.isInParts) {
    SpinGuard guard(lock_);
    segments.noteParts(segment);
  }
  beginSegment(pool, segment, resumed.epoch, lastLocks_);
}

bool AccessLog::noteLocks(LogPool& pool, LockSetId locks) {
  uint64_t* marker = room(pool, 1);
  if (marker == nullptr) return false;
  *marker = kLocks << kAddressBits | raw(locks);
  commit(1);
  lastLocks_ = locks;
  endRun();
  endNeighbourhood();
  return true;
}

void AccessLog::appendGroup(LogPool& pool, const uintptr_t* addresses, uint32_t count, ContextId context,
                            LockSetId locks) {
  if (count <= kGroup / 2) {
    for (uint32_t i = 0; i < count; ++i) append(pool, addresses[i], 0, 0, context, locks);
    return;
  }
  if (!setLocks(pool, locks)) return;
  uint64_t* const entry = room(pool, 2);
  if (entry == nullptr) return;
  uint64_t second = uint64_t{raw(context)} << (3 * kStepBits + 2) | uint64_t{count - 1} << 3 * kStepBits;
  for (uint32_t i = 1; i < count; ++i) second |= (addresses[i] - addresses[i - 1] + kHalfStep) << (i - 1) * kStepBits;
  entry[0] = kMany << kAddressBits | addresses[0];
  entry[1] = second;
  commit(2);
  endRun();
  endNeighbourhood();
}

uint64_t* AccessLog::appendRun(LogPool& pool, const LoggedAccess& access, uint32_t size) {
  endRun();
  const uint64_t* const before = cursor_.load(std::memory_order_relaxed);
  append(pool, access.address, size, 0, access.context, access.locks);
  endRun();
  uint64_t* const after = cursor_.load(std::memory_order_relaxed);
  return after != before ? after - 1 : nullptr;
}

bool AccessLog::lengthen(uint64_t* run, uint32_t size, uint32_t most) {
  if (isNear(*run)) {
    if (nearSize(*run) + size > std::min(most, kMostNear)) return false;
    *run = nearLonger(*run, size);
    return true;
  }
  const uint64_t longer = *run + (uint64_t{size} << 32);
  if (longer >> 32 > most || longer < *run) return false;
  *run = longer;
  return true;
}

// Sequential runs (a buffer filled byte by byte) become one entry. Readers may look on: an entry is widened only after
// its second word says so, and others have no second word.
bool AccessLog::lengthenLast(uintptr_t address, uint32_t size, ContextId context) {
  if (context != lastContext()) return false;
  const uint64_t before = address - last_, bytes = before + size;
  if (size == 0) return before == 0;  // the site's own size, while compacting: the same place again
  if (bytes > UINT32_MAX) return false;
  uint64_t* const entry = lastEntry();
  const uint64_t second = bytes << 32 | raw(context);
  if (lastIsLong()) {
    __atomic_store_n(&entry[1], second, __ATOMIC_RELAXED);
  } else if (const uint64_t near = nearEntryFor(beforeLast_, last_, bytes, context); near != 0) {
    __atomic_store_n(&entry[0], near, __ATOMIC_RELAXED);
  } else if (isNear(entry[0])) {
    return false;
  } else {
    // Becoming long needs a second word right behind, which nobody has used yet; a search in progress sees either form.
    entry[1] = second;
    SpinGuard guard(lock_);
    __atomic_store_n(&entry[0], kLong << kAddressBits | last_, __ATOMIC_RELAXED);
    longEnd_ = entry + 2;
    commit(1);
  }
  runEnd_ = address + size;
  return true;
}

bool AccessLog::dropKnown(LogPool& pool, Epoch known, size_t most) {
  SpinGuard guard(lock_);
  const uint32_t before = firstChunk_;
  while (bytes() > most && firstChunk_ != lastChunk_ && leastKnown(pool) <= known) dropFirstChunk(pool);
  return firstChunk_ != before;
}

// A segment that goes on in the next chunk keeps nothing there either: nobody looks for it without its beginning.
void AccessLog::dropFirstChunk(LogPool& pool) {
  const uint32_t oldest = firstChunk_;
  firstChunk_ = pool.at(oldest).next;
  --chunkCount_;
  free(pool, oldest);
}

void AccessLog::free(LogPool& pool, uint32_t chunk) {
  pool.at(chunk).owner.store(0, std::memory_order_relaxed);
  pool.destroy(chunk);
}

uint32_t AccessLog::freeUpTo(LogPool& pool, uint32_t chunk, uint32_t end) {
  while (chunk != end) {
    const uint32_t next = pool.at(chunk).next;
    free(pool, chunk);
    chunk = next;
  }
  return end;
}

void AccessLog::clear(LogPool& pool) {
  SpinGuard guard(lock_);
  freeUpTo(pool, firstChunk_, 0);
  firstChunk_ = lastChunk_ = chunkCount_ = 0;
  cursor_.store(nullptr, std::memory_order_relaxed);
  limit_ = longEnd_ = nullptr;
  endRun();
  endNeighbourhood();
  lastLocks_ = kNoLocks;
}

}  // namespace snag
