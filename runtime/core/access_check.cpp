#include "core/access_check.h"

#include <algorithm>

#include "core/same_epoch.h"

#if defined(__SSE2__) && !defined(__SANITIZE_THREAD__)
#include <immintrin.h>
#endif

namespace snag {
namespace {

// The same function on equal neighbouring ids is computed once a word, not once a byte.
struct Memo {
  SegmentId key = SegmentId{~0u};
  SegmentId value = kNoSegment;
};

constexpr size_t kShortRead = 4 * kCellBytes;  // see WordRules::isShortRead
constexpr size_t kWorthSweeping = 3;           // words: below that, a claim costs more than it saves

bool isWrite(uint8_t kind) { return (kind & (SNAG_SITE_WRITE | SNAG_SITE_FREE | SNAG_SITE_ALLOCATE)) != 0; }

// Where the address's page ends, or the range.
uintptr_t endInPage(uintptr_t address, uintptr_t end) {
  return std::min(end, (address / SweepClaims::kPageBytes + 1) * SweepClaims::kPageBytes);
}

// Replaces words that are all alike, up to the first that is not; how many there were.
size_t replaceAlike(ShadowCell* cells, size_t words, ShadowWord alike, ShadowWord next) {
  constexpr size_t kAhead = 64;  // words: far enough for a cache line to come from the other processor
  const auto store = [&](size_t index) { cells[index].store(next.bits(), std::memory_order_release); };
  size_t done = 0;
#if defined(__SSE2__) && !defined(__SANITIZE_THREAD__)
  const __m128i old = _mm_set1_epi64x(static_cast<long long>(alike.bits()));
  for (; done + 4 <= words; done += 4) {
    const auto* const at = reinterpret_cast<const __m128i*>(cells + done);
    const __m128i first = _mm_cmpeq_epi32(_mm_loadu_si128(at), old);
    const __m128i second = _mm_cmpeq_epi32(_mm_loadu_si128(at + 1), old);
    if (_mm_movemask_epi8(_mm_and_si128(first, second)) != 0xffff) break;
    if (done % 8 == 0) __builtin_prefetch(cells + done + kAhead, 1);
    for (size_t i = 0; i < 4; ++i) store(done + i);
  }
#endif
  for (; done < words && cells[done].load(std::memory_order_acquire) == alike.bits(); ++done) store(done);
  return done;
}

}  // namespace

void PendingRaces::add(SegmentId earlier, bool isWrite, ByteMask bytes) {
  for (Pending& pending : races_) {
    if (pending.segment != earlier || pending.isWrite != isWrite || earlier == kNoSegment) continue;
    pending.bytes |= bytes;
    return;
  }
  races_.push_back({earlier, {}, isWrite, bytes});
}

void PendingRaces::add(const AtomicAccess& earlier, ByteMask bytes) {
  races_.push_back({kNoSegment, earlier, earlier.isWrite(), bytes});
}

void PendingRaces::deliver(DetectorImpl& detector, Race race, uintptr_t wordAddress) {
  const Race whole = race;
  for (const Pending& pending : races_) {
    const unsigned first = __builtin_ctz(pending.bytes);
    const unsigned last = 31 - __builtin_clz(static_cast<unsigned>(pending.bytes));
    race.racingAddress = wordAddress + first;
    race.racingSize = last - first + 1;
    race.address = whole.address;
    race.size = whole.size;
    narrowToElement(race.place.site, race.racingAddress, &race.address, &race.size);
    race.racingSize = std::min(race.racingSize, static_cast<uint32_t>(race.address + race.size - race.racingAddress));
    detector.races.fetch_add(1, std::memory_order_relaxed);
    if (pending.segment != kNoSegment && detector.logIsLarge(pending.segment) &&
        !race.thread->throttle.admits(race.place, pending.segment))
      continue;
    if (pending.segment != kNoSegment) {
      race.earlier = detector.findEarlier(pending.segment, pending.isWrite, race.racingAddress, race.racingSize);
    } else {
      const SnagSite* site = detector.contexts.entry(pending.atomic.context).site;
      race.earlier = {&detector.registry.records().at(pending.atomic.record()),
                      pending.atomic.epoch,
                      pending.isWrite,
                      true,
                      pending.atomic.context,
                      race.racingAddress,
                      site != nullptr ? site->size : race.racingSize,
                      pending.atomic.locks};
    }
    detector.sink.onRace(race);
  }
  races_.clear();
}

AccessCheck::AccessCheck(DetectorImpl& detector, ThreadState& thread, const Place& place, uintptr_t address,
                         size_t size, uint8_t kind)
    : detector_(detector),
      thread_(thread),
      place_(place),
      address_(address),
      size_(size),
      kind_(kind),
      rules_{detector, thread, kNoSegment, isWrite(kind), !isWrite(kind) && size <= kShortRead} {
  detector_.compactIfLarge(thread_);
  rules_.own = detector_.openSegment(thread_);
}

// Before anything is published, so that whoever finds this segment in a word finds the place in the log.
inline void AccessCheck::logOnce() {
  if (logged_) return;
  logged_ = true;
  detector_.log(thread_, place_, address_, size_);
}

inline bool AccessCheck::quickWord(uintptr_t wordAddress, ByteMask bytes) {
  const SeenWord seen = detector_.seeToWrite(thread_, wordAddress);
  if (lastWholeNext_.bits() != 0 && bytes == 0xff && seen.word == lastWhole_)
    return rules_.publish(seen, lastWholeNext_);
  if (SNAG_UNLIKELY(seen.word.showsCrowd())) return rules_.joinCrowd(seen, bytes, [this] { return logOnce(), true; });
  ShadowWord next;
  if (!rules_.transition(seen.word, bytes, &next)) return false;
  if (next == seen.word) return true;
  logOnce();
  if (bytes == 0xff) {
    lastWhole_ = seen.word;
    lastWholeNext_ = next;
  }
  return rules_.publish(seen, next);
}

// Not while ids are being marked: what a word said before somebody else changed it would be stored again, and may have
// been passed over.
uintptr_t AccessCheck::sweep(uintptr_t start, uintptr_t end) {
  ShadowCell* const cells = &detector_.cell(start);
  detector_.seeToWrite(thread_, start);  // makes pages before others may have to wait for the claim
  if (detector_.segments.isMarking() || !detector_.sweepClaims.tryClaim(*cells)) return start;
  uintptr_t at = start;
  if (at % kCellBytes == 0 || sweepPart(at, kCellBytes - at % kCellBytes)) {
    at = (at + kCellBytes - 1) / kCellBytes * kCellBytes;
    at += sweepWords(&detector_.cell(at), (end - at) / kCellBytes) * kCellBytes;
    if (end - at < kCellBytes && end != at && sweepPart(at, end - at)) at = end;
  }
  detector_.sweepClaims.giveBack(*cells);
  return at;
}

bool AccessCheck::sweepPart(uintptr_t address, size_t bytes) {
  ShadowCell& cell = detector_.cell(address);
  const ShadowWord word(cell.load(std::memory_order_acquire));
  ShadowWord next;
  if (!rules_.transition(word, byteMask(address % kCellBytes, bytes), &next)) return false;
  if (next == word) return true;
  logOnce();
  cell.store(next.bits(), std::memory_order_release);
  return true;
}

size_t AccessCheck::sweepWords(ShadowCell* cells, size_t words) {
  const SameEpoch own(*thread_.abi, rules_.isWrite);
  size_t done = 0;
  for (;;) {
    if (lastWholeNext_.bits() != 0) done += replaceAlike(cells + done, words - done, lastWhole_, lastWholeNext_);
    if (done == words) break;
    const ShadowWord word(cells[done].load(std::memory_order_acquire));
    ShadowWord next;
    if (!rules_.transition(word, 0xff, &next)) break;
    if (next == word) {
      ++done;
      done += own.passing(cells + done, words - done);
      continue;
    }
    logOnce();
    lastWhole_ = word;
    lastWholeNext_ = next;
  }
  return done;
}

void AccessCheck::run(AddressRange part) {
  const uintptr_t end = part.end;
  for (uintptr_t address = part.start; address < end;) {
    if (const uintptr_t pageEnd = endInPage(address, end); pageEnd - address > (kWorthSweeping - 1) * kCellBytes) {
      address = sweep(address, pageEnd);
      if (address == pageEnd) continue;
    }
    const size_t offset = address % kCellBytes;
    const size_t bytes = std::min(end - address, kCellBytes - offset);
    const ByteMask mask = byteMask(offset, bytes);
    if (SNAG_UNLIKELY(!quickWord(address - offset, mask))) checkWord(address - offset, mask);
    address += bytes;
  }
}

void AccessCheck::checkWord(uintptr_t wordAddress, ByteMask bytes) {
  ShadowCell& cell = detector_.cell(wordAddress);
  ++thread_.counts.careful;
  PendingRaces races;
  for (;;) {
    races.clear();
    const SeenWord seen = detector_.see(cell);
    if (seen.word.isEscaped() ? checkEscaped(cell, wordAddress, bytes, races)
                              : checkInline(seen, wordAddress, bytes, races))
      break;
  }
  if (races.empty()) return;
  races.deliver(detector_, {&thread_, place_, address_, static_cast<uint32_t>(size_), kind_, 0, 0, {}}, wordAddress);
}

bool AccessCheck::checkInline(const SeenWord& seen, uintptr_t wordAddress, ByteMask bytes, PendingRaces& races) {
  const HalfWord reader = seen.word.reader();
  if (!rules_.isWrite && (reader.bytes & bytes) == bytes && detector_.segments.contains(reader.id, rules_.own)) {
    const uint32_t generation = detector_.segments.generation();
    const SegmentId canonical = detector_.segments.canonical(reader.id);
    thread_.survivors.remember(reader.id, canonical, generation);
    rules_.rememberShared({canonical, reader.bytes}, bytes);
    return canonical == reader.id || rules_.publish(seen, ShadowWord(seen.word.writer(), {canonical, reader.bytes}));
  }
  if (gatherCrowd(seen, wordAddress, bytes)) return true;
  WordHistory history = WordHistory::fromWord(seen.word), next;
  prune(history);
  if (!quickRules(history, bytes & ~doneBefore(history), &next)) {
    if (applyRules(history, bytes, races) == 0) return true;
    next = history;
  }
  logOnce();
  ShadowWord packed;
  if (next.toWord(&packed)) return rules_.publish(seen, packed);
  return escapeWith(seen, wordAddress, next);
}

void AccessCheck::prune(WordHistory& history) const {
  const auto forget = [&](SegmentId(&ids)[kCellBytes]) {
    SegmentId known = kNoSegment;
    for (SegmentId& id : ids) {
      if (id == kNoSegment || id == rules_.own || id == known) continue;
      if (detector_.isBehindAll(id))
        id = kNoSegment;
      else
        known = id;
    }
  };
  forget(history.writers);
  forget(history.readers);
}

bool AccessCheck::quickRules(const WordHistory& history, ByteMask bytes, WordHistory* next) const {
  *next = history;
  for (ByteMask left = bytes; left != 0;) {
    const unsigned first = __builtin_ctz(left);
    const SegmentId writer = history.writers[first], reader = history.readers[first];
    const auto alike = static_cast<ByteMask>(left & history.writtenBy(writer) & history.readBy(reader));
    left &= static_cast<ByteMask>(~alike);
    if (writer != kNoSegment && !rules_.isOrdered(writer)) return false;
    if (rules_.isWrite) {
      if (reader != kNoSegment && !rules_.isOrdered(reader)) return false;
      next->setWriter(alike, rules_.own);
      next->setReader(alike, kNoSegment);
      continue;
    }
    const SegmentId readers = reader == kNoSegment ? rules_.own : rules_.joinReaders(reader, false);
    if (readers == kNoSegment) return false;
    next->setReader(alike, readers);
  }
  return true;
}

bool AccessCheck::checkEscaped(ShadowCell& cell, uintptr_t wordAddress, ByteMask bytes, PendingRaces& races) {
  WordLock& lock = detector_.wordLocks.of(wordAddress);
  SpinGuard guard(lock);
  const SeenWord seen = detector_.see(cell);
  const ShadowWord word = seen.word;
  if (!word.isEscaped()) return false;
  // Readers that come at the same time: one of them has just given the word its crowd. That is no reason to end it.
  if (word.showsCrowd() && rules_.joinCrowd(seen, bytes, [this] { return logOnce(), true; })) return true;
  // Who joins the crowd from now on finds the word changed, and comes here.
  if (word.showsCrowd()) cell.exchange(ShadowWord::escapedTo(word.detail()).bits(), std::memory_order_seq_cst);
  const WordHistory history = detector_.historyOf(word);
  const ByteMask left = bytes & static_cast<ByteMask>(~doneBefore(history));
  WordHistory next = history;
  ByteMask changed = left;
  if (left != 0 && (word.isAtomic() || !quickRules(history, left, &next))) {
    next = history;
    changed = applyRules(next, left, races);
    applyToAtomics(word, changed, races);
  }
  // Read again and again in one segment: many words can carry the same set, and then pass inline.
  const bool isSettled = changed == 0 && word.showsCrowd() && detector_.segments.contains(word.reader().id, rules_.own);
  if (changed == 0 && !isSettled) {
    if (word.showsCrowd()) cell.store(word.bits(), std::memory_order_release);
    return true;
  }
  if (isSettled) next.setReader(0xff, survivors(history.readers[0], true));
  logOnce();
  prune(next);
  detector_.setHistory(wordAddress, word, next);
  if (word.isAtomic()) lock.noteChange();
  return true;
}

bool AccessCheck::gatherCrowd(const SeenWord& seen, uintptr_t wordAddress, ByteMask bytes) {
  SegmentTable& segments = detector_.segments;
  const HalfWord writer = seen.word.writer(), reader = seen.word.reader();
  const uint32_t size = segments.sizeOf(reader.id);
  if (!rules_.mayGather() || bytes != 0xff || reader.bytes != 0xff || size == 0 || !Crowds::admits(thread_.slot) ||
      (size > WordRules::kFew && !rules_.isCrowdDue()) || !rules_.isOrdered(writer.id))
    return false;
  bool wasAmong = false;
  segments.forEach(reader.id, [&](SegmentId each) { wasAmong |= segments.time(each).slot == thread_.slot; });
  Members members;
  findSurvivors(reader.id, true, members);
  if (!wasAmong || members.size() < 2) return false;
  // A writer that nothing can race with is not to be asked for by each reader.
  const HalfWord asked = detector_.isBehindAll(writer.id) ? HalfWord{kNoSegment, 0} : writer;
  const SegmentId crowd = segments.makeCrowd(members.data(), static_cast<uint32_t>(members.size()), asked.id);
  if (crowd == kNoSegment) return false;
  logOnce();
  WordHistory history = WordHistory::fromWord(ShadowWord(asked, reader));
  history.setReader(0xff, crowd);
  return escapeWith(seen, wordAddress, history);
}

bool AccessCheck::escapeWith(const SeenWord& seen, uintptr_t wordAddress, const WordHistory& history) {
  SpinGuard guard(detector_.wordLocks.of(wordAddress));
  const uint32_t index = detector_.details.create();
  SNAG_CHECK(index != 0);
  detector_.details.at(index).history = history;
  if (detector_.replace(seen, detector_.escapedWord(index, history))) return true;
  detector_.details.destroy(index);
  return false;
}

ByteMask AccessCheck::applyRules(WordHistory& history, ByteMask bytes, PendingRaces& races) {
  const SegmentTable& segments = detector_.segments;
  ByteMask changed = 0;
  Memo writers, readers;
  for (size_t i = 0; i < kCellBytes; ++i) {
    const auto bit = static_cast<ByteMask>(1u << i);
    if ((bytes & bit) == 0) continue;
    SegmentId &writer = history.writers[i], &reader = history.readers[i];
    if (segments.contains(writer, rules_.own)) continue;
    if (!rules_.isWrite && segments.contains(reader, rules_.own)) {
      if (!segments.isCrowd(reader)) thread_.survivors.remember(reader, reader, segments.generation());
      continue;
    }
    changed |= bit;
    report(writer, true, bit, races);
    if (rules_.isWrite) report(reader, false, bit, races);
    SegmentId& replaced = rules_.isWrite ? writer : reader;
    if (writers.key != replaced) writers = {replaced, survivors(replaced, true)};
    replaced = writers.value;
    if (!rules_.isWrite) continue;
    if (readers.key != reader) readers = {reader, survivors(reader, false)};
    reader = readers.value;
  }
  return changed;
}

void AccessCheck::applyToAtomics(ShadowWord word, ByteMask bytes, PendingRaces& races) {
  const auto ordered = [&](const AtomicAccess& access) { return detector_.isOrdered(thread_, access); };
  detector_.forEachAtomic(word, [&](AtomicRecord& record) {
    const ByteMask overlap = record.bytes & bytes;
    if (overlap == 0) return;
    for (const bool isWrite : {true, false})  // a race with a write tells more
      for (const AtomicAccess& access : record)
        if (access.isWrite() == isWrite && (isWrite || rules_.isWrite) && !ordered(access)) races.add(access, overlap);
    // A plain write stands for the atomic accesses that happen before it.
    if (rules_.isWrite && overlap == record.bytes) record.eraseIf(ordered);
  });
}

void AccessCheck::report(SegmentId id, bool isWrite, ByteMask bytes, PendingRaces& races) {
  detector_.segments.forEach(id, [&](SegmentId each) {
    if (!rules_.isOrdered(each)) races.add(each, isWrite, bytes);
  });
}

void AccessCheck::findSurvivors(SegmentId id, bool withOwn, Members& members) const {
  detector_.segments.forEach(id, [&](SegmentId each) {
    if (!rules_.isOrdered(each)) members.push_back(each);
  });
  if (SNAG_UNLIKELY(detector_.segments.isCrowd(id))) std::sort(members.begin(), members.end());
  if (withOwn) members.insert(std::lower_bound(members.begin(), members.end(), rules_.own), rules_.own);
}

SegmentId AccessCheck::survivors(SegmentId id, bool withOwn) {
  const uint32_t generation = detector_.segments.generation();
  Members members;
  findSurvivors(id, withOwn, members);
  const SegmentId set = makeSet(members.data(), static_cast<uint32_t>(members.size()));
  const bool isKept = withOwn && !rules_.isWrite && !detector_.segments.isCrowd(id);  // others may join a crowd
  if (set != kNoSegment && isKept) thread_.survivors.remember(id, set, generation);
  if (set != kNoSegment || members.empty()) return set;
  detector_.forgotten.fetch_add(1, std::memory_order_relaxed);
  return withOwn ? rules_.own : kNoSegment;
}

SegmentId AccessCheck::makeSet(const SegmentId* members, uint32_t count) {
  const SegmentId pair = count == 2 ? rules_.pairOf(members[0], members[1]) : kNoSegment;
  return pair != kNoSegment ? pair : detector_.segments.intern(members, count);
}

}  // namespace snag
