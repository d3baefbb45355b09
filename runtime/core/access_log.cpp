#include "core/access_log.h"

#include "core/log_compaction.h"

namespace snag {

uint64_t* AccessLog::room(LogPool& pool, uint32_t entries) {
  uint64_t* const next = cursor_.load(std::memory_order_relaxed);
  if (next < limit_ || (entries == 1 && next == limit_ && next != nullptr)) return next;
  const uint32_t index = pool.create();
  if (index == 0) return nullptr;
  LogChunk& chunk = pool.at(index);
  SpinGuard guard(lock_);
  if (lastChunk_ != 0) {
    LogChunk& last = pool.at(lastChunk_);
    last.used = used(pool, lastChunk_);
    last.next = index;
  }
  if (firstChunk_ == 0) firstChunk_ = index;
  lastChunk_ = index;
  ++chunkCount_;
  cursor_.store(chunk.entries, std::memory_order_relaxed);
  limit_ = chunk.entries + LogChunk::kEntries - 1;
  longEnd_ = nullptr;
  return chunk.entries;
}

void AccessLog::commit(uint32_t entries) {
  cursor_.store(cursor_.load(std::memory_order_relaxed) + entries, std::memory_order_release);
}

uint32_t AccessLog::beginSegment(LogPool& pool, SegmentId segment, Epoch epoch, LockSetId locks) {
  uint64_t* entry = room(pool, 2);
  endRun();
  if (entry == nullptr) return 0;
  entry[0] = kSegment << kAddressBits | raw(segment);
  entry[1] = uint64_t{raw(locks)} << 32 | raw(epoch);
  commit(2);
  lastLocks_ = locks;
  return lastChunk_;
}

void AccessLog::append(LogPool& pool, uintptr_t address, uint32_t size, uint32_t siteSize, ContextId context,
                       LockSetId locks) {
  if (locks != lastLocks_) {
    uint64_t* marker = room(pool, 1);
    if (marker == nullptr) return;
    *marker = kLocks << kAddressBits | raw(locks);
    commit(1);
    lastLocks_ = locks;
    endRun();
  }
  const uint32_t bytes = size != 0 ? size : siteSize;
  if (extendLast(address, bytes, context)) return;
  const bool isOneEntry = bytes == siteSize && isShort(context) && address % kCellBytes + bytes <= kCellBytes;
  const uint32_t entries = isOneEntry ? 1 : 2;
  // A short entry may grow into a long one when the next access continues it, so it never is the last of its chunk.
  uint64_t* entry = room(pool, 2);
  if (entry == nullptr) return;
  if (isOneEntry) {
    entry[0] = uint64_t{raw(context)} << kAddressBits | address;
  } else {
    entry[0] = kLong << kAddressBits | address;
    entry[1] = uint64_t{bytes} << 32 | raw(context);
    longEnd_ = entry + 2;
  }
  commit(entries);
  runEnd_ = address + bytes;
}

uint64_t* AccessLog::appendRun(LogPool& pool, const LoggedAccess& access, uint32_t size) {
  endRun();
  uint64_t* const before = longEnd_;
  append(pool, access.address, size, 0, access.context, access.locks);
  endRun();
  return longEnd_ != before ? longEnd_ - 1 : nullptr;
}

bool AccessLog::lengthen(uint64_t* run, uint32_t size, uint32_t most) {
  const uint64_t longer = *run + (uint64_t{size} << 32);
  if (longer >> 32 > most || longer < *run) return false;
  *run = longer;
  return true;
}

// Sequential runs (a buffer filled byte by byte) become one entry. Readers may look on: the entry is widened only after
// its second word says so.
bool AccessLog::extendLast(uintptr_t address, uint32_t size, ContextId context) {
  if (address != runEnd_ || context != lastContext()) return false;
  const uint64_t before = address - lastAddress(), bytes = before + size;
  if (size == 0) return before == 0;  // the site's own size, while compacting: the same place again
  if (bytes > UINT32_MAX) return false;
  const uint64_t second = bytes << 32 | raw(context);
  if (lastIsLong()) {
    __atomic_store_n(&lastEntry()[1], second, __ATOMIC_RELAXED);
  } else {
    // Becoming long needs a second word right behind, which nobody has used yet; a search in progress sees either form.
    uint64_t* const entry = lastEntry();
    entry[1] = second;
    SpinGuard guard(lock_);
    __atomic_store_n(&entry[0], kLong << kAddressBits | lastAddress(), __ATOMIC_RELAXED);
    longEnd_ = entry + 2;
    commit(1);
  }
  runEnd_ = address + size;
  return true;
}

// The segments that begin in the oldest chunk are found no more; one that goes on in the next keeps nothing either.
void AccessLog::dropFirstChunk(LogPool& pool, SegmentTable& segments, uint32_t record) {
  const uint32_t oldest = firstChunk_;
  scan(pool, oldest, [&](const LoggedAccess& access, uint32_t chunk, bool begins) {
    if (chunk != oldest) return false;
    if (begins && isSegmentOf(segments, record, access)) segments.moveLog(access.segment, 0);
    return true;
  });
  firstChunk_ = pool.at(oldest).next;
  --chunkCount_;
  pool.destroy(oldest);
}

uint32_t AccessLog::freeUpTo(LogPool& pool, uint32_t chunk, uint32_t end) {
  while (chunk != end) {
    const uint32_t next = pool.at(chunk).next;
    pool.destroy(chunk);
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
  lastLocks_ = kNoLocks;
}

}  // namespace snag
