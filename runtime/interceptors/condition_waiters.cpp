#include "interceptors/condition_waiters.h"

#include "core/arena.h"

namespace snag {
namespace {

constinit ConditionWaiters theWaiters;

}  // namespace

ConditionWaiters& conditionWaiters() { return theWaiters; }

ConditionWaiters::Entry* ConditionWaiters::find(uintptr_t condition) {
  for (Entry* entry = bucket(condition); entry != nullptr; entry = entry->next)
    if (entry->condition == condition) return entry;
  return nullptr;
}

bool ConditionWaiters::enter(uintptr_t condition, const ConditionWaiter& waiter, ConditionWaiter* other) {
  SpinGuard guard(lock_);
  Entry* entry = find(condition);
  if (entry == nullptr) {
    entry = arenaNew<Entry>(Entry{condition, waiter, 0, 0, bucket(condition)});
    bucket(condition) = entry;
  }
  *other = entry->first;
  const bool conflict = entry->blocked != 0 && entry->first.mutex != waiter.mutex;
  if (entry->blocked == 0) entry->first = waiter;
  ++entry->blocked;
  return conflict;
}

void ConditionWaiters::leave(uintptr_t condition) {
  SpinGuard guard(lock_);
  for (Entry** link = &bucket(condition); *link != nullptr; link = &(*link)->next) {
    Entry* entry = *link;
    if (entry->condition != condition) continue;
    --(entry->woken != 0 ? entry->woken : entry->blocked);
    if (entry->woken + entry->blocked != 0) return;
    *link = entry->next;
    arenaDelete(entry);
    return;
  }
}

void ConditionWaiters::signalled(uintptr_t condition, bool all) {
  SpinGuard guard(lock_);
  Entry* entry = find(condition);
  if (entry == nullptr || entry->blocked == 0) return;
  const uint32_t woken = all ? entry->blocked : 1;
  entry->blocked -= woken;
  entry->woken += woken;
}

bool ConditionWaiters::isAwaited(uintptr_t condition, ConditionWaiter* one) {
  SpinGuard guard(lock_);
  const Entry* entry = find(condition);
  if (entry == nullptr || entry->blocked == 0) return false;
  *one = entry->first;
  return true;
}

void ConditionWaiters::afterForkInChild() {
  for (Entry*& head : buckets_) {
    while (head != nullptr) {
      Entry* next = head->next;
      arenaDelete(head);
      head = next;
    }
  }
  lock_.unlock();
}

}  // namespace snag
