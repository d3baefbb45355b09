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

void NaiveModel::perform(const Event& event) {
  now_ = static_cast<uint32_t>(past_.size());
  past_.emplace_back();
  Thread& thread = threads_[event.thread];
  segments_.push_back(thread.segment);
  after(thread.last);
  thread.last = {now_};
  const auto sync = [&]() -> Sync& { return syncs_[event.address]; };
  const auto release = [&](Events& published) {
    published.insert(now_);
    ++thread.segment;
  };

  switch (event.kind) {
    case EventKind::Lock: after(sync().byWriters); after(sync().byReaders); break;
    case EventKind::ReadLock:
    case EventKind::Acquire: after(sync().byWriters); break;
    case EventKind::Unlock:
    case EventKind::Release: release(sync().byWriters); break;
    case EventKind::ReadUnlock: release(sync().byReaders); break;
    case EventKind::Load:
    case EventKind::FailedCas:
    case EventKind::Store:
    case EventKind::Rmw: performAtomic(event, thread); break;
    case EventKind::Fence:
      if (acquires(event.order)) after(thread.acquireFence);
      if (releases(event.order)) release(thread.releaseFence = {});
      break;
    case EventKind::Create: release(threads_[event.other].last); break;
    case EventKind::Finish: ++thread.segment; break;
    case EventKind::Join: after(threads_[event.other].last); break;
    case EventKind::Detach: break;
    case EventKind::IgnoreBegin: ++thread.ignoring; break;
    case EventKind::IgnoreEnd: --thread.ignoring; break;
    case EventKind::Allocate:
      for (uint32_t i = 0; i < event.size; ++i) memory_.erase(event.address + i);
      dropSync(event.address, event.address + event.size);
      access(event, thread);
      break;
    case EventKind::Free:
      access(event, thread);
      dropSync(event.address, event.address + event.size);
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
  if (releases(event.order)) ++thread.segment;
}

void NaiveModel::access(const Event& event, const Thread& thread) {
  if (thread.ignoring > 0) return;
  const bool isWrite = event.kind != EventKind::Read && event.kind != EventKind::Load && event.kind != EventKind::FailedCas;
  const Access now{now_, event.thread, thread.segment, isWrite, isAtomic(event.kind)};
  for (uint32_t i = 0; i < event.size; ++i) checkByte(event.address + i, now);
}

void NaiveModel::checkByte(uint32_t address, const Access& now) {
  std::vector<Access>& history = memory_[address];
  // The same-epoch rule: this segment has done at least this to this byte.
  const bool repeated = std::any_of(history.begin(), history.end(), [&](const Access& a) {
    return !a.isAtomic && a.thread == now.thread && a.segment == now.segment && (a.isWrite || !now.isWrite);
  });
  if (repeated && !now.isAtomic) return;
  for (const Access& earlier : history) {
    const bool conflict = (earlier.isWrite || now.isWrite) && !(earlier.isAtomic && now.isAtomic);
    if (conflict && !happensBefore(earlier.event, now_)) countRace(address, earlier);
  }
  now.isAtomic ? rememberAtomic(history, now) : rememberPlain(history, now);
}

// A thread's later atomic access stands for its earlier ones of the same kind.
void NaiveModel::rememberAtomic(std::vector<Access>& history, const Access& now) {
  std::erase_if(history, [&](const Access& earlier) {
    return earlier.isAtomic && earlier.thread == now.thread && earlier.isWrite == now.isWrite;
  });
  history.push_back(now);
}

// Whoever races with something ordered before `now`, races with `now` as well, if `now` is at least as strong.
void NaiveModel::rememberPlain(std::vector<Access>& history, const Access& now) {
  std::erase_if(history, [&](const Access& earlier) {
    const bool weaker = now.isWrite || (!earlier.isWrite && !earlier.isAtomic);
    return weaker && happensBefore(earlier.event, now_);
  });
  history.push_back(now);
}

void NaiveModel::dropSync(uint32_t start, uint32_t end) {
  syncs_.erase(syncs_.lower_bound(start), syncs_.lower_bound(end));
  messages_.erase(messages_.lower_bound(start), messages_.lower_bound(end));
}

// Several bytes of one word that race with the same segment's accesses of one kind are one race.
void NaiveModel::countRace(uint32_t address, const Access& earlier) {
  const uint32_t word = address & ~7u, byte = address & 7u;
  TraceRace race{now_, word, earlier.thread, earlier.segment, earlier.isWrite, earlier.isAtomic, byte, byte};
  const auto same = std::find_if(races_.begin(), races_.end(), [&](const TraceRace& other) {
    return other.event == race.event && other.word == race.word && other.thread == race.thread &&
           other.segment == race.segment && other.isWrite == race.isWrite && other.isAtomic == race.isAtomic;
  });
  if (same != races_.end()) {
    race.firstByte = std::min(race.firstByte, same->firstByte);
    races_.erase(same);
  }
  races_.insert(race);
}

}  // namespace snag::model
