// Where a thread's accesses happened: a log that forgets only what can no longer be asked for.
//
// Shadow words say which segment touched the bytes; the log says at which site and stack, holding which locks. Eight
// bytes for each access that reached the detector, grouped by segment:
//
//    63          47 46                                0
//   +--------------+-----------------------------------+
//   | context (17) | address (47)                      |   an access in one word, of its site's size and kind
//   | 0x1ffff      | address (47)                      |   then size (32) | context (32): all other accesses
//   | 0x1fffe      | segment id (24)                   |   then locks (32) | epoch (32): a segment begins
//   | 0x1fffd      | lock set id (32)                  |   the locks held from here on
//   | 0x1fffc      | context (17) size (10) way (20)   |   an access so many bytes (less 2^19) from the
//   |              |                                   |   address of the one right before it in the chunk
//   | 0x1fffb      | address (47)                      |   then context (17) | count - 1 (2) | 3 steps (15):
//   |              |                                   |   accesses of their site's size, each in one word, and
//   +--------------+-----------------------------------+   each so many bytes (less 2^14) from the one before
//
// Only the owning thread appends and compacts; any thread may search. An access entry is live while the shadow of one
// of its words still names its segment. compact() drops what is not; only if live entries alone exceed the budget are
// the oldest dropped, and a report then says so.
#ifndef SNAG_CORE_ACCESS_LOG_H
#define SNAG_CORE_ACCESS_LOG_H

#include <algorithm>

#include "core/indexed_pool.h"
#include "core/segment_table.h"
#include "core/types.h"

namespace snag {

struct LogChunk {
  static constexpr uint32_t kEntries = 510;

  uint32_t next = 0;
  uint32_t used = 0;               // entries written, once another chunk follows: see AccessLog::used()
  std::atomic<uint32_t> owner{0};  // whose log it is part of, as AccessLog::belongTo() has said; 0: of none
  Epoch epoch = kEpochZero;        // the latest of the segments that began in a chunk before
  uint64_t entries[kEntries];

  LogChunk() {}  // entries stay uninitialised: they are written before the cursor passes them
};
static_assert(sizeof(LogChunk) == 4096);

using LogPool = IndexedPool<LogChunk>;

struct LoggedAccess {
  SegmentId segment;
  Epoch epoch;
  LockSetId locks;
  ContextId context;
  uintptr_t address;
  uint32_t size;  // 0: the site's, and all its bytes are in one word
};

class AccessLog {
 public:
  // To be called first, with the number of the owner's record, as its segments name it. Of each chunk so many entries
  // are used, at least four.
  void belongTo(uint32_t record, uint32_t chunkEntries = LogChunk::kEntries) {
    owner_ = record;
    chunkEntries_ = chunkEntries;
  }
  uint32_t owner() const { return owner_; }
  // --- owner only ---------------------------------------------------------------------------------------
  // A new segment; its id's logChunk must be set to what is returned. 0 if there is no memory for logs left: entries
  // are then dropped.
  SNAG_ALWAYS_INLINE uint32_t beginSegment(LogPool& pool, SegmentId segment, Epoch epoch, LockSetId locks);
  // An earlier segment goes on, under the locks that the log says last.
  void resumeSegment(LogPool& pool, SegmentTable& segments, SegmentId segment);
  // size 0 if the context's site tells it, and then siteSize is that. Entries of the same context that continue the
  // last one's bytes extend it.
  SNAG_ALWAYS_INLINE void append(LogPool& pool, uintptr_t address, uint32_t size, uint32_t siteSize, ContextId context,
                                 LockSetId locks);
  // The same for an access in one word, of its site's size, with a short context (isShort), that fits behind the last
  // entry, or into a run that has begun, while the locks are those that the log says last. False, and nothing done, if
  // append() must see to it.
  bool appendShort(uintptr_t address, uint32_t size, ContextId context);
  static bool isShort(ContextId context) { return raw(context) < kFirstCode; }
  // The locks held, as the log says at its end.
  LockSetId lastLocks() const { return lastLocks_; }
  // The next access may begin a chunk.
  bool isFull() const { return cursor_.load(std::memory_order_relaxed) + 1 >= limit_; }
  size_t bytes() const { return size_t{chunkCount_} * sizeof(LogChunk); }
  uint32_t lastChunk() const { return lastChunk_; }
  // What must be known for dropKnown() to drop anything.
  Epoch leastKnown(const LogPool& pool) const {
    return firstChunk_ == lastChunk_ ? Epoch{~0u} : pool.at(pool.at(firstChunk_).next).epoch;
  }
  // Drops the oldest entries, until no more than `most` bytes are left, or what comes next may be of a segment after
  // `known`. True if any were dropped.
  bool dropKnown(LogPool& pool, Epoch known, size_t most);
  // Drops dead entries, and the oldest chunks beyond `maxBytes`. Tells the table where segments' parts now begin. In
  // log_compaction.h. Liveness:
  //   isLive(access)     the shadow still names access.segment on a byte of it
  //   sizeOf(access)     its bytes; if its size is 0, they are its site's
  //   willAsk(address)   an access there will be asked about soon; may be no address at all
  template <typename Liveness>
  void compact(LogPool& pool, SegmentTable& segments, Liveness& liveness, size_t maxBytes);
  void clear(LogPool& pool);

  // Accesses of one place, a short context's, that are of their site's size, each in one word: up to kGroup that
  // fitsGroup(), one after the other.
  static constexpr uint32_t kGroup = 4;
  void appendGroup(LogPool& pool, const uintptr_t* addresses, uint32_t count, ContextId context, LockSetId locks);
  // Whether an access there may be the next one of a group.
  static bool fitsGroup(uintptr_t last, uintptr_t address) { return address - last + kHalfStep < 2 * kHalfStep; }

  // An entry with a size of its own, which lengthen() may enlarge while nobody else sees this log. Returns what
  // lengthen() wants, or null if there is no memory for logs left. The entry does not extend the last one.
  uint64_t* appendRun(LogPool& pool, const LoggedAccess& access, uint32_t size);
  // False if it would be longer than `most` bytes.
  static bool lengthen(uint64_t* run, uint32_t size, uint32_t most);

  // --- any thread -----------------------------------------------------------------------------------------
  // Calls visit(const LoggedAccess&) for the entries of one segment, oldest first.
  template <typename Visit>
  void forSegment(const LogPool& pool, const SegmentTable& segments, SegmentId segment, Visit&& visit);
  // The same for all entries.
  template <typename Visit>
  void forAll(const LogPool& pool, Visit&& visit);
  SpinLock& lock() { return lock_; }

 private:
  static constexpr uint64_t kAddressBits = 47;
  static constexpr uint64_t kAddressMask = (uint64_t{1} << kAddressBits) - 1;
  static constexpr uint64_t kLong = 0x1ffff, kSegment = 0x1fffe, kLocks = 0x1fffd, kNear = 0x1fffc, kMany = 0x1fffb;
  static constexpr uint64_t kFirstCode = kMany;
  static constexpr bool hasSecond(uint64_t code) { return code == kLong || code == kSegment || code == kMany; }

  // The second word of kMany: steps from access to access, lowest bits first, the count and the context.
  static constexpr uint32_t kStepBits = 15;
  static constexpr uint64_t kHalfStep = uint64_t{1} << (kStepBits - 1);

  // An entry of kNear, and what it says.
  static constexpr uint32_t kWayBits = 20, kNearSizeBits = 10;
  static constexpr uint32_t kMostNear = (1u << kNearSizeBits) - 1;
  static constexpr uint64_t kHalfWay = uint64_t{1} << (kWayBits - 1);
  static constexpr bool isNear(uint64_t entry) { return entry >> kAddressBits == kNear; }
  static constexpr uint64_t nearEntry(uint64_t way, uint32_t size, ContextId context) {
    return kNear << kAddressBits | uint64_t{raw(context)} << (kWayBits + kNearSizeBits) | uint64_t{size} << kWayBits |
           way;
  }
  static constexpr uintptr_t nearAddress(uint64_t entry, uintptr_t before) {
    return before + (entry & ((uint64_t{1} << kWayBits) - 1)) - kHalfWay;
  }
  static constexpr uint32_t nearSize(uint64_t entry) { return entry >> kWayBits & kMostNear; }
  static constexpr ContextId nearContext(uint64_t entry) {
    return ContextId{static_cast<uint32_t>(entry >> (kWayBits + kNearSizeBits) & 0x1ffff)};
  }
  static constexpr uint64_t nearLonger(uint64_t entry, uint32_t size) { return entry + (uint64_t{size} << kWayBits); }
  // 0 if the access does not fit behind one at `before`.
  static uint64_t nearEntryFor(uintptr_t before, uintptr_t address, uint64_t size, ContextId context) {
    const uint64_t way = address - before + kHalfWay;
    return before != kNowhere && way < 2 * kHalfWay && size - 1 < kMostNear && isShort(context)
               ? nearEntry(way, static_cast<uint32_t>(size), context)
               : 0;
  }

  // Null if there is no memory for logs left.
  uint64_t* room(LogPool& pool, uint32_t entries) {
    uint64_t* const next = cursor_.load(std::memory_order_relaxed);
    const bool hasRoom = next < limit_ || (entries == 1 && next == limit_ && next != nullptr);
    return SNAG_LIKELY(hasRoom) ? next : addChunk(pool);
  }
  SNAG_RARE uint64_t* addChunk(LogPool& pool);
  // What follows is held under these; false if that cannot be written.
  bool setLocks(LogPool& pool, LockSetId locks) { return SNAG_LIKELY(locks == lastLocks_) || noteLocks(pool, locks); }
  SNAG_RARE bool noteLocks(LogPool& pool, LockSetId locks);
  void commit(uint32_t entries) {
    cursor_.store(cursor_.load(std::memory_order_relaxed) + entries, std::memory_order_release);
  }
  // Entries written in a chunk of the chain.
  uint32_t used(const LogPool& pool, uint32_t chunk) const;
  bool extendLast(uintptr_t address, uint32_t size, ContextId context) {
    return SNAG_UNLIKELY(address == runEnd_) && lengthenLast(address, size, context);
  }
  SNAG_RARE bool lengthenLast(uintptr_t address, uint32_t size, ContextId context);
  // Visitor: visit(const LoggedAccess&, uint32_t chunk, bool isSegmentHeader); ends when it returns false. ahead() is
  // told the address bits of an entry some way on.
  template <typename Visit, typename Ahead>
  void scan(const LogPool& pool, uint32_t chunk, Visit&& visit, Ahead&& ahead) const;
  template <typename Visit>
  void scan(const LogPool& pool, uint32_t chunk, Visit&& visit) const {
    scan(pool, chunk, visit, [](uintptr_t) {});
  }
  void dropFirstChunk(LogPool& pool);
  static void free(LogPool& pool, uint32_t chunk);
  // Frees the chunks of a chain from one to another, which stays (0: to its end), and returns that.
  static uint32_t freeUpTo(LogPool& pool, uint32_t chunk, uint32_t end);

  SpinLock lock_;  // held by compact() and by searches: protects the chain
  uint32_t firstChunk_ = 0;
  uint32_t lastChunk_ = 0;
  uint32_t chunkCount_ = 0;
  uint32_t owner_ = 0, chunkEntries_ = LogChunk::kEntries;
  Epoch epoch_ = kEpochZero;        // the latest of any segment
  LockSetId lastLocks_ = kNoLocks;  // as the log says at its end
  // Where the last chunk's next entry goes. Published by the owner, who goes on to another chunk under lock_.
  std::atomic<uint64_t*> cursor_{nullptr};
  uint64_t* limit_ = nullptr;  // a cursor before it has room for two
  // Where the bytes of the last entry end, if it is an access: what comes next may extend it.
  uintptr_t runEnd_ = kNoRun;
  // Addresses of the last access and of the one before it, if they are in the last chunk, right behind each other and
  // behind the last segment header or lock marker.
  uintptr_t last_ = kNowhere, beforeLast_ = kNowhere;
  uint64_t* longEnd_ = nullptr;  // behind the last long entry in the last chunk, which may be the last one of all

  static constexpr uintptr_t kNoRun = ~uintptr_t{0}, kNowhere = ~uintptr_t{0};
  void endRun() { runEnd_ = kNoRun; }
  // Of the last entry, if that is an access.
  bool lastIsLong() const { return longEnd_ != nullptr && longEnd_ == cursor_.load(std::memory_order_relaxed); }
  void endNeighbourhood() { last_ = beforeLast_ = kNowhere; }
  void noteAddress(uintptr_t address) {
    beforeLast_ = last_;
    last_ = address;
  }
  uint64_t* lastEntry() const { return cursor_.load(std::memory_order_relaxed) - (lastIsLong() ? 2 : 1); }
  ContextId lastContext() const {
    const uint64_t* entry = lastEntry();
    if (lastIsLong()) return ContextId{static_cast<uint32_t>(entry[1])};
    return isNear(*entry) ? nearContext(*entry) : ContextId{static_cast<uint32_t>(*entry >> kAddressBits)};
  }
  // appendShort() where the last entry ends.
  enum class Extension { Done, Other, Refused };
  Extension extendRun(uint64_t* cursor, uint32_t size, ContextId context);
};

SNAG_ALWAYS_INLINE bool AccessLog::appendShort(uintptr_t address, uint32_t size, ContextId context) {
  uint64_t* const entry = cursor_.load(std::memory_order_relaxed);
  if (SNAG_UNLIKELY(address == runEnd_)) {
    const Extension extension = extendRun(entry, size, context);
    if (extension != Extension::Other) return extension == Extension::Done;
  }
  if (SNAG_UNLIKELY(entry >= limit_)) return false;
  *entry = uint64_t{raw(context)} << kAddressBits | address;
  cursor_.store(entry + 1, std::memory_order_release);
  runEnd_ = address + size;
  noteAddress(address);
  return true;
}

SNAG_ALWAYS_INLINE uint32_t AccessLog::beginSegment(LogPool& pool, SegmentId segment, Epoch epoch, LockSetId locks) {
  uint64_t* entry = room(pool, 2);
  endRun();
  endNeighbourhood();
  if (entry == nullptr) return 0;
  entry[0] = kSegment << kAddressBits | raw(segment);
  entry[1] = uint64_t{raw(locks)} << 32 | raw(epoch);
  commit(2);
  epoch_ = std::max(epoch_, epoch);
  lastLocks_ = locks;
  return lastChunk_;
}

SNAG_ALWAYS_INLINE void AccessLog::append(LogPool& pool, uintptr_t address, uint32_t size, uint32_t siteSize,
                                          ContextId context, LockSetId locks) {
  if (!setLocks(pool, locks)) return;
  const uint32_t bytes = size != 0 ? size : siteSize;
  if (extendLast(address, bytes, context)) return;
  // A short entry may grow into a long one when the next access continues it, so it never is the last of its chunk.
  uint64_t* entry = room(pool, 2);
  if (entry == nullptr) return;
  const bool isSiteSized = bytes == siteSize && isShort(context) && address % kCellBytes + bytes <= kCellBytes;
  const uint64_t oneEntry =
      isSiteSized ? uint64_t{raw(context)} << kAddressBits | address : nearEntryFor(last_, address, bytes, context);
  if (oneEntry != 0) {
    entry[0] = oneEntry;
    commit(1);
  } else {
    entry[0] = kLong << kAddressBits | address;
    entry[1] = uint64_t{bytes} << 32 | raw(context);
    longEnd_ = entry + 2;
    commit(2);
  }
  runEnd_ = address + bytes;
  noteAddress(address);
}

SNAG_ALWAYS_INLINE AccessLog::Extension AccessLog::extendRun(uint64_t* cursor, uint32_t size, ContextId context) {
  const uint64_t last = cursor[-1];
  uint64_t extended;
  if (longEnd_ == cursor) {
    if (static_cast<uint32_t>(last) != raw(context)) return Extension::Other;
    if (__builtin_add_overflow(last, uint64_t{size} << 32, &extended)) return Extension::Refused;
  } else if (isNear(last)) {
    if (nearContext(last) != context || nearSize(last) + size > kMostNear) return Extension::Other;
    extended = nearLonger(last, size);
  } else {
    if (last >> kAddressBits != raw(context)) return Extension::Other;
    extended = nearEntryFor(beforeLast_, last_, runEnd_ - last_ + size, context);
    if (extended == 0) return Extension::Refused;  // it has to become long: append() does that
  }
  __atomic_store_n(&cursor[-1], extended, __ATOMIC_RELAXED);
  runEnd_ += size;
  return Extension::Done;
}

inline uint32_t AccessLog::used(const LogPool& pool, uint32_t chunk) const {
  if (chunk != lastChunk_) return pool.at(chunk).used;
  return static_cast<uint32_t>(cursor_.load(std::memory_order_acquire) - pool.at(chunk).entries);
}

template <typename Visit, typename Ahead>
void AccessLog::scan(const LogPool& pool, uint32_t chunkIndex, Visit&& visit, Ahead&& ahead) const {
  constexpr uint32_t kAhead = 16;
  LoggedAccess access{};
  for (; chunkIndex != 0; chunkIndex = pool.at(chunkIndex).next) {
    const LogChunk& chunk = pool.at(chunkIndex);
    const uint32_t end = used(pool, chunkIndex);
    uint32_t next = 0;
    uintptr_t nextAddress = 0;
    const auto lookAhead = [&] {
      if (next >= end) return;
      const uint64_t word = chunk.entries[next];
      nextAddress = isNear(word) ? nearAddress(word, nextAddress) : word & kAddressMask;
      next += 1 + hasSecond(word >> kAddressBits);
      ahead(nextAddress);
    };
    for (uint32_t i = 0; i < kAhead; ++i) lookAhead();
    for (uint32_t i = 0; i < end; ++i) {
      lookAhead();
      const uint64_t word = __atomic_load_n(&chunk.entries[i], __ATOMIC_RELAXED);
      const uint64_t code = word >> kAddressBits;
      if (code == kLocks) {
        access.locks = LockSetId{static_cast<uint32_t>(word)};
        continue;
      }
      if (code == kSegment) {
        const uint64_t second = chunk.entries[++i];
        access.segment = SegmentId{static_cast<uint32_t>(word) & 0xffffff};
        access.epoch = Epoch{static_cast<uint32_t>(second)};
        access.locks = LockSetId{static_cast<uint32_t>(second >> 32)};
        if (!visit(access, chunkIndex, true)) return;
        continue;
      }
      access.address = isNear(word) ? nearAddress(word, access.address) : word & kAddressMask;
      if (code == kMany) {
        uint64_t steps = chunk.entries[++i];
        access.context = ContextId{static_cast<uint32_t>(steps >> (3 * kStepBits + 2))};
        access.size = 0;
        for (uint64_t left = steps >> 3 * kStepBits & 3;; --left, steps >>= kStepBits) {
          if (!visit(access, chunkIndex, false)) return;
          if (left == 0) break;
          access.address += (steps & (2 * kHalfStep - 1)) - kHalfStep;
        }
        continue;
      }
      if (code == kNear) {
        access.context = nearContext(word);
        access.size = nearSize(word);
      } else if (code == kLong) {
        const uint64_t second = __atomic_load_n(&chunk.entries[++i], __ATOMIC_RELAXED);
        access.context = ContextId{static_cast<uint32_t>(second)};
        access.size = static_cast<uint32_t>(second >> 32);
      } else {
        access.context = ContextId{static_cast<uint32_t>(code)};
        access.size = 0;
      }
      if (!visit(access, chunkIndex, false)) return;
    }
  }
}

template <typename Visit>
void AccessLog::forSegment(const LogPool& pool, const SegmentTable& segments, SegmentId segment, Visit&& visit) {
  SpinGuard guard(lock_);
  const Segment sought = segments.segment(segment);
  const uint32_t begin = sought.isInParts ? firstChunk_ : sought.logChunk;
  // Chunks are dropped without telling the table.
  if (begin == 0 || pool.at(begin).owner.load(std::memory_order_relaxed) != owner_ ||
      (!sought.isInParts && pool.at(begin).epoch >= sought.epoch))
    return;
  bool inside = false;
  scan(pool, begin, [&](const LoggedAccess& access, uint32_t, bool begins) {
    if (begins) {
      if (inside && !sought.isInParts) return false;
      inside = access.segment == segment && access.epoch == sought.epoch;
    } else if (inside) {
      visit(access);
    }
    return true;
  });
}

template <typename Visit>
void AccessLog::forAll(const LogPool& pool, Visit&& visit) {
  SpinGuard guard(lock_);
  scan(pool, firstChunk_, [&](const LoggedAccess& access, uint32_t, bool begins) { return begins || visit(access); });
}

}  // namespace snag

#endif  // SNAG_CORE_ACCESS_LOG_H
