#include "core/thread_registry.h"

#include <algorithm>

namespace snag {

ThreadRegistry::~ThreadRegistry() {
  while (states_ != nullptr) unlinkAndFree(*states_);
}

// Looking at the oldest few suffices: threads that come and go in order find their predecessor's slot at once.
ThreadRegistry::FreeSlot ThreadRegistry::takeSlot(const ThreadState* creator) {
  constexpr size_t kCandidates = 16;
  for (size_t i = 0; creator != nullptr && i < freeSlots_.size() && i < kCandidates; ++i) {
    const FreeSlot candidate = freeSlots_[i];
    if (raw(creator->clock.get(candidate.slot)) < raw(candidate.last)) continue;
    freeSlots_.erase(freeSlots_.begin() + i);
    return candidate;
  }
  return {ThreadSlot{slots_++}, kEpochZero};
}

ThreadState* ThreadRegistry::create(const ThreadState* creator, ContextId creation) {
  auto* thread = arenaNew<ThreadState>();
  const uint32_t index = records_.create();
  SNAG_CHECK(index != 0);
  thread->record = &records_.at(index);
  SpinGuard guard(lock_);
  const FreeSlot slot = takeSlot(creator);
  thread->slot = thread->record->slot = slot.slot;
  thread->record->number = created_.fetch_add(1, std::memory_order_relaxed);
  thread->clockVersion = uint64_t{thread->record->number} << 32 | 1;
  thread->record->creation = creation;
  thread->record->createTime = time_.fetch_add(1, std::memory_order_relaxed) + 1;
  if (creator == nullptr && states_ != nullptr) hasForeigners_.store(true, std::memory_order_relaxed);
  if (creator != nullptr) {
    if (runsAlone(*creator)) raiseBehindAll(creator->clock);
    thread->clock = creator->clock;
    thread->record->creator = creator->record->number;
    thread->record->creatorRecord = creator->record->index();
  }
  thread->clock.set(slot.slot, Epoch{raw(slot.last) + 1});
  thread->show();
  thread->record->log.belongTo(index, logChunkEntries_);
  thread->next = states_;
  states_ = thread;
  return thread;
}

bool ThreadRegistry::runsAlone(const ThreadState& thread) const {
  for (const ThreadState* state = states_; state != nullptr; state = state->next)
    if (state != &thread && !state->ended) return false;
  return true;
}

bool ThreadRegistry::has(const ThreadState* thread) const {
  const ThreadState* state = states_;
  while (state != nullptr && state != thread) state = state->next;
  return state != nullptr;
}

// A thread that joins another, which may join a third, goes on with what that one knows: that counts `withJoins`.
Epoch ThreadRegistry::knownBy(const ThreadState& other, ThreadSlot slot, bool withJoins) const {
  constexpr int kMostJoins = 8;
  Epoch known = kEpochZero;
  const ThreadState* next = &other;
  for (int joins = 0; joins < kMostJoins; ++joins) {
    if (next->slot == slot) return Epoch{~0u};
    {
      SpinGuard guard(next->shownLock);
      known = std::max(known, next->shown.get(slot));
    }
    if (!withJoins) break;
    next = next->joins.load(std::memory_order_relaxed);
    if (SNAG_LIKELY(next == nullptr) || !has(next)) break;
  }
  return known;
}

Epoch ThreadRegistry::knownToOthers(const ThreadState& thread, Epoch least, bool withJoins) const {
  if (hasForeigners_.load(std::memory_order_relaxed)) return kEpochZero;
  Epoch known{raw(thread.clock.get(thread.slot)) - 1};
  for (const ThreadState* state = states_; state != nullptr && known >= least; state = state->next)
    if (state != &thread && !state->ended) known = std::min(known, knownBy(*state, thread.slot, withJoins));
  return known;
}

void ThreadRegistry::raiseBehindAll(const VectorClock& known) {
  for (uint32_t slot = 0; slot < known.size(); ++slot)
    behindAll_[slot].store(raw(known.get(ThreadSlot{slot})), std::memory_order_relaxed);
}

// Whoever interrupts a join knows what was known before it was prepared, so only what the others have learned before
// that may be counted: they have shown it before, too.
void ThreadRegistry::raiseBehindAll(ThreadState& thread) {
  constexpr uint32_t kThreadsACall = 16;
  if (thread.callsToSkip != 0) {
    --thread.callsToSkip;
    return;
  }
  SpinGuard guard(lock_);
  thread.callsToSkip = (slots_ - static_cast<uint32_t>(freeSlots_.size())) / kThreadsACall;
  std::atomic<uint32_t>& behind = behindAll_[raw(thread.slot)];
  const Epoch least{behind.load(std::memory_order_relaxed) + 1};
  Epoch known = kEpochZero;
  if (!joinsMayBeInterrupted_.load(std::memory_order_seq_cst)) known = knownToOthers(thread, least, true);
  if (joinsMayBeInterrupted_.load(std::memory_order_seq_cst)) known = knownToOthers(thread, least, false);
  if (known >= least) behind.store(raw(known), std::memory_order_relaxed);
}

void ThreadRegistry::considerAlone(ThreadState& thread) {
  SpinGuard guard(lock_);
  if (expectsForeigners_ || states_ != &thread || thread.next != nullptr || freeSlots_.size() + 1 != slots_) return;
  for (const FreeSlot& gone : freeSlots_)
    if (raw(thread.clock.get(gone.slot)) < raw(gone.last)) return;
  thread.alone.store(true, std::memory_order_relaxed);
}

void ThreadRegistry::expectForeigner(ThreadState& thread) {
  SpinGuard guard(lock_);
  expectsForeigners_ = true;
  thread.alone.store(false, std::memory_order_relaxed);
}

void ThreadRegistry::finish(ThreadState& thread) {
  SpinGuard guard(lock_);
  thread.ended = true;
  finishedCounts_ += thread.counts;
  thread.counts = {};
  thread.record->finished = true;
  if (thread.detached) unlinkAndFree(thread);
}

void ThreadRegistry::noteJoin(const ThreadState& joiner, ThreadState& joined) {
  joined.record->joiner = joiner.record->number;
  joined.record->joinerRecord = joiner.record->index();
  joined.record->joinTime = time_.fetch_add(1, std::memory_order_relaxed) + 1;
}

void ThreadRegistry::detach(ThreadState& thread) {
  SpinGuard guard(lock_);
  thread.detached = true;
  if (thread.ended) unlinkAndFree(thread);
}

void ThreadRegistry::free(ThreadState& thread) {
  SpinGuard guard(lock_);
  thread.record->finished = true;
  unlinkAndFree(thread);
}

void ThreadRegistry::keepOnly(ThreadState& survivor) {
  SpinGuard guard(lock_);
  for (ThreadState* state = states_; state != nullptr;) {
    ThreadState* next = state->next;
    state->joins.store(nullptr, std::memory_order_relaxed);
    if (state != &survivor) {
      state->record->finished = state->record->vanished = true;
      unlinkAndFree(*state);
    }
    state = next;
  }
}

void ThreadRegistry::unlinkAndFree(ThreadState& thread) {
  ThreadState** link = &states_;
  while (*link != &thread) link = &(*link)->next;
  *link = thread.next;
  freeSlots_.push_back({thread.slot, thread.clock.get(thread.slot)});
  arenaDelete(&thread);
}

}  // namespace snag
