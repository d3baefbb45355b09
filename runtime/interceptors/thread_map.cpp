#include "interceptors/thread_map.h"

#include "core/arena.h"

namespace snag {
namespace {

constinit ThreadMap theMap;

}  // namespace

ThreadMap& threadMap() { return theMap; }

void ThreadMap::add(pthread_t thread, ThreadState* state) {
  SpinGuard guard(lock_);
  bucket(thread) = arenaNew<Entry>(Entry{thread, state, bucket(thread)});
}

ThreadState* ThreadMap::find(pthread_t thread) {
  SpinGuard guard(lock_);
  for (const Entry* entry = bucket(thread); entry != nullptr; entry = entry->next)
    if (entry->thread == thread) return entry->state;
  return nullptr;
}

bool ThreadMap::remove(pthread_t thread, ThreadState* state) {
  SpinGuard guard(lock_);
  for (Entry** link = &bucket(thread); *link != nullptr; link = &(*link)->next) {
    Entry* entry = *link;
    if (entry->thread != thread || entry->state != state) continue;
    *link = entry->next;
    arenaDelete(entry);
    return true;
  }
  return false;
}

void ThreadMap::afterForkInChild(ThreadState* survivor) {
  for (Entry*& head : buckets_) {
    for (Entry** link = &head; *link != nullptr;) {
      Entry* entry = *link;
      if (entry->state == survivor) {
        link = &entry->next;
      } else {
        *link = entry->next;
        arenaDelete(entry);
      }
    }
  }
  lock_.unlock();
}

}  // namespace snag
