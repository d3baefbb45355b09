#include "core/access_check.h"

#include <algorithm>

#include "core/word_range.h"

namespace snag {
namespace {

// The same function on equal neighbouring ids is computed once a word, not once a byte.
struct Memo {
  SegmentId key = SegmentId{~0u};
  SegmentId value = kNoSegment;
};

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
      rules_{detector, thread, kNoSegment, (kind & (SNAG_SITE_WRITE | SNAG_SITE_FREE | SNAG_SITE_ALLOCATE)) != 0} {}

// Before anything is published, so that whoever finds this segment in a word finds the place in the log.
inline void AccessCheck::logOnce() {
  if (logged_) return;
  logged_ = true;
  detector_.log(thread_, place_, address_, size_);
}

inline bool AccessCheck::quickWord(uintptr_t wordAddress, ByteMask bytes) {
  ShadowCell& cell = detector_.cell(wordAddress);
  const ShadowWord word(cell.load(std::memory_order_acquire));
  if (lastWholeNext_.bits() != 0 && bytes == 0xff && word == lastWhole_)
    return rules_.publish(cell, word, lastWholeNext_);
  ShadowWord next;
  if (!rules_.transition(word, bytes, &next)) return false;
  if (next == word) return true;
  logOnce();
  if (bytes == 0xff) {
    lastWhole_ = word;
    lastWholeNext_ = next;
  }
  return rules_.publish(cell, word, next);
}

void AccessCheck::run() {
  detector_.compactIfLarge(thread_);
  rules_.own = detector_.openSegment(thread_);
  forEachWord(address_, size_, [this](uintptr_t word, ByteMask bytes) {
    if (SNAG_UNLIKELY(!quickWord(word, bytes))) checkWord(word, bytes);
  });
}

void AccessCheck::checkWord(uintptr_t wordAddress, ByteMask bytes) {
  ShadowCell& cell = detector_.cell(wordAddress);
  PendingRaces races;
  for (;;) {
    races.clear();
    const ShadowWord word(cell.load(std::memory_order_acquire));
    if (word.isEscaped() ? checkEscaped(cell, wordAddress, bytes, races)
                         : checkInline(cell, word, wordAddress, bytes, races))
      break;
  }
  if (races.empty()) return;
  races.deliver(detector_, {&thread_, place_, address_, static_cast<uint32_t>(size_), kind_, 0, 0, {}}, wordAddress);
}

bool AccessCheck::checkInline(ShadowCell& cell, ShadowWord word, uintptr_t wordAddress, ByteMask bytes,
                              PendingRaces& races) {
  const HalfWord reader = word.reader();
  if (!rules_.isWrite && (reader.bytes & bytes) == bytes && detector_.segments.contains(reader.id, rules_.own)) {
    const uint32_t generation = detector_.segments.generation();
    const SegmentId canonical = detector_.segments.canonical(reader.id);
    thread_.survivors.remember(reader.id, canonical, generation);
    rules_.rememberShared({canonical, reader.bytes}, bytes);
    return canonical == reader.id || rules_.publish(cell, word, ShadowWord(word.writer(), {canonical, reader.bytes}));
  }
  if (gatherCrowd(cell, word, wordAddress, bytes)) return true;
  WordHistory history = WordHistory::fromWord(word), next;
  prune(history);
  if (!quickRules(history, bytes & ~doneBefore(history), &next)) {
    if (applyRules(history, bytes, races) == 0) return true;
    next = history;
  }
  logOnce();
  ShadowWord packed;
  if (next.toWord(&packed)) return rules_.publish(cell, word, packed);
  return escapeWith(cell, word, wordAddress, next);
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
    const SegmentId readers = reader == kNoSegment ? rules_.own : rules_.joinReaders(reader);
    if (readers == kNoSegment) return false;
    next->setReader(alike, readers);
  }
  return true;
}

bool AccessCheck::checkEscaped(ShadowCell& cell, uintptr_t wordAddress, ByteMask bytes, PendingRaces& races) {
  WordLock& lock = detector_.wordLocks.of(wordAddress);
  SpinGuard guard(lock);
  const ShadowWord word(cell.load(std::memory_order_acquire));
  if (!word.isEscaped()) return false;
  DetailBlock& block = detector_.details.at(word.detail());
  const ByteMask left = bytes & static_cast<ByteMask>(~doneBefore(block.history));
  if (left == 0) return true;
  WordHistory next;
  if (const SegmentId crowd = crowdFor(block, bytes); crowd != kNoSegment) {
    if (joinCrowd(crowd)) return true;
    next = block.history;
    next.setReader(0xff, survivors(crowd, true));
  } else if (block.atomicRecord != 0 || !quickRules(block.history, left, &next)) {
    next = block.history;
    const ByteMask changed = applyRules(next, left, races);
    if (changed == 0) return true;
    applyToAtomics(block, changed, races);
  }
  logOnce();
  ShadowWord packed;
  prune(next);
  const SegmentId readers = block.history.readers[0];
  if (detector_.segments.isCrowd(readers) && next.readBy(readers) == 0) detector_.segments.retireCrowd(readers);
  if (block.holdsOnlyHistory() && !detector_.namesCrowd(next) && next.toWord(&packed)) {
    cell.store(packed.bits(), std::memory_order_release);
    detector_.details.destroy(word.detail());
  } else {
    block.history = next;
    cell.store(detector_.escapedWord(word.detail(), next).bits(), std::memory_order_release);
    if (block.atomicRecord != 0) lock.noteChange();
  }
  return true;
}

SegmentId AccessCheck::crowdFor(const DetailBlock& block, ByteMask bytes) const {
  const SegmentId readers = block.history.readers[0];
  const bool isCrowd = detector_.segments.isCrowd(readers) && block.history.readBy(readers) == 0xff;
  return isCrowd && bytes == 0xff && !rules_.isWrite && block.atomicRecord == 0 && isOrdered(block.history)
             ? readers
             : kNoSegment;
}

// What was written, that is.
bool AccessCheck::isOrdered(const WordHistory& history) const {
  SegmentId known = kNoSegment;
  for (const SegmentId writer : history.writers) {
    if (writer == known) continue;
    if (!rules_.isOrdered(writer)) return false;
    known = writer;
  }
  return true;
}

bool AccessCheck::joinCrowd(SegmentId id) {
  SegmentTable& segments = detector_.segments;
  const uint32_t generation = segments.generation();
  Crowd& crowd = segments.crowd(id);
  if (!crowd.holds(rules_.own, thread_.slot)) {
    if (crowd.isPruneDue()) {
      crowd.prune([&](SegmentId each) { return rules_.isOrdered(each); });
      if (crowd.size() < detector_.config.crowdSize / 2) return false;
    }
    logOnce();
    crowd.join(rules_.own, thread_.slot);
  } else if (crowd.isSettled()) {
    return false;
  }
  thread_.crowds.remember(id, generation);
  rules_.rememberShared({id, 0xff}, 0xff);
  return true;
}

bool AccessCheck::gatherCrowd(ShadowCell& cell, ShadowWord word, uintptr_t wordAddress, ByteMask bytes) {
  SegmentTable& segments = detector_.segments;
  const HalfWord reader = word.reader();
  const uint32_t size = detector_.config.crowdSize;
  if (rules_.isWrite || bytes != 0xff || reader.bytes != 0xff || segments.sizeOf(reader.id) < size ||
      thread_.churn.note(wordAddress) < detector_.config.crowdChurn)
    return false;
  WordHistory history = WordHistory::fromWord(word);
  if (!isOrdered(history)) return false;
  Members members;
  findSurvivors(reader.id, true, members);
  if (members.size() < size) return false;
  const SegmentId crowd = segments.makeCrowd(members.data(), static_cast<uint32_t>(members.size()));
  if (crowd == kNoSegment) return false;
  logOnce();
  history.setReader(0xff, crowd);
  if (escapeWith(cell, word, wordAddress, history)) return true;
  segments.retireCrowd(crowd);
  return false;
}

bool AccessCheck::escapeWith(ShadowCell& cell, ShadowWord old, uintptr_t wordAddress, const WordHistory& history) {
  SpinGuard guard(detector_.wordLocks.of(wordAddress));
  const uint32_t index = detector_.details.create();
  SNAG_CHECK(index != 0);
  detector_.details.at(index).history = history;
  uint64_t expected = old.bits();
  if (cell.compare_exchange_strong(expected, detector_.escapedWord(index, history).bits(), std::memory_order_acq_rel))
    return true;
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
      thread_.survivors.remember(reader, reader, segments.generation());
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

void AccessCheck::applyToAtomics(const DetailBlock& block, ByteMask bytes, PendingRaces& races) {
  const auto ordered = [&](const AtomicAccess& access) { return detector_.isOrdered(thread_, access); };
  detector_.forEachAtomic(block, [&](AtomicRecord& record) {
    const ByteMask overlap = record.bytes & bytes;
    if (overlap == 0) return;
    for (const bool isWrite : {true, false})  // a race with a write tells more
      for (const AtomicAccess& access : record.accesses)
        if (access.isWrite() == isWrite && (isWrite || rules_.isWrite) && !ordered(access)) races.add(access, overlap);
    // A plain write stands for the atomic accesses that happen before it.
    if (rules_.isWrite && overlap == record.bytes) record.accesses.eraseIf(ordered);
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
