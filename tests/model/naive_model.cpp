#include "naive_model.h"

#include <algorithm>

namespace snag::model {
namespace {

bool acquires(MemoryOrder order) { return order != MemoryOrder::Relaxed && order != MemoryOrder::Release; }
bool releases(MemoryOrder order) { return order >= MemoryOrder::Release; }

}  // namespace

// Adds edges from `sources` to the current event.
void NaiveModel::after(const Events& sources) {
  for (const uint32_t source : sources) {
    past_[now_] |= past_[source];
    past_[now_].set(source);
  }
}

void NaiveModel::learn(const Events& releases) {
  after(releases);
  learned_.insert(releases.begin(), releases.end());
}

void NaiveModel::takeBack(Thread& thread, const Events& releases) {
  if (thread.givenBack.empty()) return;
  const uint32_t release = *thread.givenBack.begin();
  if (!releases.contains(release) || learned_.contains(release)) return;
  thread.segment = segments_[release];
  if (!thread.hasActed) thread.epoch = epochs_[release];
  thread.hasActed = thread.hasAccessed = true;
  thread.givenBack.clear();
}

void NaiveModel::perform(const Event& event) {
  now_ = static_cast<uint32_t>(past_.size());
  past_.emplace_back();
  Thread& thread = threads_[event.thread];
  segments_.push_back(thread.segment);
  epochs_.push_back(thread.epoch);
  after(thread.last);
  thread.last = {now_};
  const auto sync = [&]() -> Sync& { return syncs_[event.address]; };
  const auto release = [&](Events& published) {
    published.insert(now_);
    beginSegment(thread);
  };
  const auto releaseLock = [&](Events& published) {
    const Events released = thread.hasAccessed ? Events{now_} : Events{};
    release(published);
    thread.givenBack = released;
  };

  switch (event.kind) {
    case EventKind::Lock:
      takeBack(thread, sync().byWriters);
      takeBack(thread, sync().byReaders);
      learn(sync().byWriters);
      learn(sync().byReaders);
      break;
    case EventKind::ReadLock:
      takeBack(thread, sync().byReaders);
      learn(sync().byWriters);
      break;
    case EventKind::Acquire: learn(sync().byWriters); break;
    case EventKind::Release: release(sync().byWriters); break;
    case EventKind::Unlock: releaseLock(sync().byWriters); break;
    case EventKind::ReadUnlock: releaseLock(sync().byReaders); break;
    case EventKind::Load:
    case EventKind::FailedCas:
    case EventKind::Store:
    case EventKind::Rmw: performAtomic(event, thread); break;
    case EventKind::Fence:
      if (acquires(event.order)) after(thread.acquireFence);
      if (releases(event.order)) release(thread.releaseFence = {});
      break;
    case EventKind::Create: release(threads_[event.other].last); break;
    case EventKind::Finish: beginSegment(thread); break;
    case EventKind::Join: after(threads_[event.other].last); break;
    case EventKind::Detach: break;
    case EventKind::IgnoreBegin: ++thread.ignoring; break;
    case EventKind::IgnoreEnd: --thread.ignoring; break;
    case EventKind::Allocate:
      forget(event.address, event.address + event.size);
      access(event, thread);
      break;
    case EventKind::Free:
      access(event, thread);
      giveBack(event.address, event.address + event.size);
      break;
    case EventKind::Read:
    case EventKind::Write: access(event, thread); break;
  }
}

// The load part first, so that the access itself is ordered after what it acquires.
void NaiveModel::performAtomic(const Event& event, Thread& thread) {
  const bool stores = event.kind == EventKind::Store || event.kind == EventKind::Rmw;
  if (event.kind != EventKind::Store) {
    for (uint32_t i = 0; i < event.size; ++i) {
      const Events& message = messages_[event.address + i];
      if (acquires(event.order)) after(message);
      thread.acquireFence.insert(message.begin(), message.end());
    }
  }
  access(event, thread);
  if (!stores) return;
  const Events published = releases(event.order) ? Events{now_} : thread.releaseFence;
  for (uint32_t i = 0; i < event.size; ++i) {
    Events& message = messages_[event.address + i];
    if (event.kind == EventKind::Store) message.clear();  // else the release sequence goes on
    message.insert(published.begin(), published.end());
  }
  if (releases(event.order)) beginSegment(thread);
}

void NaiveModel::beginSegment(Thread& thread) {
  thread.segment = thread.epoch = ++thread.segments;
  thread.hasActed = thread.hasAccessed = false;
  thread.givenBack.clear();
}

void NaiveModel::access(const Event& event, Thread& thread) {
  if (thread.ignoring > 0) return;
  thread.hasActed = true;
  thread.hasAccessed |= !isAtomic(event.kind);
  const bool isWrite =
      event.kind != EventKind::Read && event.kind != EventKind::Load && event.kind != EventKind::FailedCas;
  const uint32_t end = event.address + event.size;
  for (uint32_t byte = event.address; byte < end; ++byte) {
    const uint32_t word = byte & ~7u, first = std::max(event.address, word), last = std::min(end, word + 8);
    const auto bytes = static_cast<uint8_t>(((1u << (last - first)) - 1) << (first - word));
    const uint32_t segment = isAtomic(event.kind) ? thread.epoch : thread.segment;
    checkByte(byte, {now_, event.thread, segment, isWrite, isAtomic(event.kind), bytes});
  }
}

void NaiveModel::checkByte(uint32_t address, const Access& now) {
  std::vector<Access>& history = memory_[address];
  // The same-epoch rule: this segment has done at least this to this byte.
  const bool repeated = std::any_of(history.begin(), history.end(), [&](const Access& a) {
    return !a.isAtomic && !a.redundant && a.thread == now.thread && a.segment == now.segment &&
           (a.isWrite || !now.isWrite);
  });
  if (repeated && !now.isAtomic) return repeat(history, now);
  for (const Access& earlier : history) {
    const bool conflict = (earlier.isWrite || now.isWrite) && !(earlier.isAtomic && now.isAtomic);
    if (conflict && !happensBefore(earlier.event, now_)) countRace(address, earlier);
  }
  now.isAtomic ? rememberAtomic(history, now) : rememberPlain(history, now);
}

// What the segment's first such access raced with may have become ordered since; a detector may or may not look again.
void NaiveModel::repeat(std::vector<Access>& history, const Access& now) {
  for (Access& earlier : history) {
    const bool own = earlier.thread == now.thread && earlier.segment == now.segment;
    if (!own && (now.isWrite || !earlier.isWrite)) earlier.redundant |= happensBefore(earlier.event, now_);
  }
  history.push_back(now);
  history.back().redundant = true;
}

// A thread's later atomic access to the same location stands for its earlier ones of the same kind; so does anyone's
// for what happens before it, but a detector need not notice.
void NaiveModel::rememberAtomic(std::vector<Access>& history, const Access& now) {
  const auto sameKind = [&](const Access& earlier) { return earlier.isAtomic && earlier.isWrite == now.isWrite; };
  std::erase_if(history, [&](const Access& earlier) {
    return sameKind(earlier) && earlier.thread == now.thread && earlier.bytes == now.bytes;
  });
  for (Access& earlier : history)
    if (sameKind(earlier)) earlier.redundant |= happensBefore(earlier.event, now_);
  history.push_back(now);
}

// Whoever races with something ordered before `now`, races with `now` as well, if `now` is at least as strong. Atomic
// locations that the write covers only in part may keep theirs.
void NaiveModel::rememberPlain(std::vector<Access>& history, const Access& now) {
  const auto weaker = [&](const Access& earlier) {
    return (now.isWrite || (!earlier.isWrite && !earlier.isAtomic)) && happensBefore(earlier.event, now_);
  };
  if (now.isWrite || noticesReads_)
    std::erase_if(history, [&](const Access& earlier) { return !earlier.isAtomic && weaker(earlier); });
  for (Access& earlier : history) earlier.redundant |= weaker(earlier);
  history.push_back(now);
}

// A word belongs to one block, even if the block does not fill it.
void NaiveModel::forget(uint32_t start, uint32_t end) {
  memory_.erase(memory_.lower_bound(start & ~7u), memory_.lower_bound((end + 7) & ~7u));
  dropSync(start, end);
}

// Synchronisation ends with the block; so may the memory of atomic accesses to it, since the free is remembered as a
// write.
void NaiveModel::giveBack(uint32_t start, uint32_t end) {
  dropSync(start, end);
  for (auto byte = memory_.lower_bound(start & ~7u); byte != memory_.lower_bound((end + 7) & ~7u); ++byte)
    for (Access& earlier : byte->second) earlier.redundant |= earlier.isAtomic;
}

void NaiveModel::dropSync(uint32_t start, uint32_t end) {
  start &= ~7u;
  end = (end + 7) & ~7u;
  syncs_.erase(syncs_.lower_bound(start), syncs_.lower_bound(end));
  messages_.erase(messages_.lower_bound(start), messages_.lower_bound(end));
}

// Several bytes of one word that race with the same segment's accesses of one kind are one race.
void NaiveModel::countRace(uint32_t address, const Access& earlier) {
  const auto bit = static_cast<uint8_t>(1u << (address & 7));
  RacingBytes& bytes =
      races_[{now_, address & ~7u, earlier.thread, earlier.segment, earlier.isWrite, earlier.isAtomic}];
  bytes.allowed |= bit;
  if (!earlier.redundant) bytes.required |= bit;
}

}  // namespace snag::model
