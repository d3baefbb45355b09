// How to tell that a primitive was destroyed where libc leaves no trace of it: a mark in bytes that libc does not use.
// Whatever makes the memory something new, an initialiser or an assignment, overwrites the mark.
#ifndef SNAG_INTERCEPTORS_DESTROYED_MARK_H
#define SNAG_INTERCEPTORS_DESTROYED_MARK_H

#include <pthread.h>
#include <semaphore.h>
#include <string.h>

#include "interceptors/sync_events.h"

namespace snag {

// The address is part of it, so that a copy of a destroyed primitive has no mark.
inline uint64_t destroyedMark(const volatile void* primitive) { return 0x6b1d'93c7'52e8'f40a ^ addressOf(primitive); }

template <typename Primitive>
struct MarkPlace;
template <>
struct MarkPlace<pthread_rwlock_t> {
  static constexpr size_t kOffset = offsetof(pthread_rwlock_t, __data.__pad2);
};
template <>
struct MarkPlace<pthread_barrier_t> {
  static constexpr size_t kOffset = 24;  // of 32 bytes, libc uses 20
};
template <>
struct MarkPlace<sem_t> {
  static constexpr size_t kOffset = 24;  // of 32 bytes, libc uses 16
};

template <typename Primitive>
void* markPlace(const Primitive* primitive) {
  static_assert(MarkPlace<Primitive>::kOffset + sizeof(uint64_t) <= sizeof(Primitive));
  return reinterpret_cast<char*>(const_cast<Primitive*>(primitive)) + MarkPlace<Primitive>::kOffset;
}

template <typename Primitive>
void setDestroyedMark(Primitive* primitive) {
  const uint64_t mark = destroyedMark(primitive);
  memcpy(markPlace(primitive), &mark, sizeof mark);
}

template <typename Primitive>
void clearDestroyedMark(Primitive* primitive) {
  memset(markPlace(primitive), 0, sizeof(uint64_t));
}

template <typename Primitive>
bool hasDestroyedMark(const Primitive* primitive) {
  uint64_t found = 0;
  memcpy(&found, markPlace(primitive), sizeof found);
  return found == destroyedMark(primitive);
}

// Before a use. True, and reported, if the primitive was destroyed.
template <typename Primitive>
bool reportIfDestroyed(const Primitive* primitive, const Place& place) {
  if (__builtin_expect(!hasDestroyedMark(primitive), 1)) return false;
  if (RuntimeScope scope; scope)
    detector().reportLockMisuse(scope.thread(), place, MisuseKind::UseAfterDestroy, addressOf(primitive));
  return true;
}

}  // namespace snag

#endif  // SNAG_INTERCEPTORS_DESTROYED_MARK_H
