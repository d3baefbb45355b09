// From pthread_t to ThreadState, for joins. A pthread_t means one thread from its creation until it is joined or
// detached (glibc then uses it again), so an entry is removed with the state it was found with.
#ifndef SNAG_INTERCEPTORS_THREAD_MAP_H
#define SNAG_INTERCEPTORS_THREAD_MAP_H

#include <pthread.h>

#include "core/spin_lock.h"
#include "core/thread_state.h"

namespace snag {

// Thread-safe. Memory from the arena.
class ThreadMap {
 public:
  void add(pthread_t thread, ThreadState* state);
  // Null if unknown.
  ThreadState* find(pthread_t thread);
  // True if the pair was there.
  bool remove(pthread_t thread, ThreadState* state);

  // Calls visit(ThreadState&) for each, with the map locked.
  template <typename Visit>
  void forEach(Visit&& visit) {
    SpinGuard guard(lock_);
    for (const Entry* head : buckets_)
      for (const Entry* entry = head; entry != nullptr; entry = entry->next) visit(*entry->state);
  }

  // Around fork(): a child has one thread.
  void beforeFork() { lock_.lock(); }
  void afterForkInParent() { lock_.unlock(); }
  void afterForkInChild(ThreadState* survivor);

 private:
  struct Entry {
    pthread_t thread;
    ThreadState* state;
    Entry* next;
  };
  static constexpr size_t kBuckets = 1024;
  // A pthread_t is the address of a control block: page numbers tell them apart.
  Entry*& bucket(pthread_t thread) { return buckets_[(thread >> 12) % kBuckets]; }

  SpinLock lock_;  // protects the rest
  Entry* buckets_[kBuckets] = {};
};

ThreadMap& threadMap();

}  // namespace snag

#endif  // SNAG_INTERCEPTORS_THREAD_MAP_H
