// GLib: its locks are futexes of its own (recursive mutexes and read-write locks are POSIX ones, and seen there), and
// queues and pools hand data over under locks that it takes inside. Main loops are in glib_main_loop.cpp.
#include "interceptors/libraries/library_model.h"

using namespace snag;
using namespace snag::library;

using GlibWork = void (*)(void* data, void* userData);

extern "C" {
void g_mutex_lock(void* mutex);
int g_mutex_trylock(void* mutex);
void g_mutex_unlock(void* mutex);
void g_mutex_clear(void* mutex);
void g_cond_wait(void* condition, void* mutex);
void g_cond_signal(void* condition);
void g_cond_broadcast(void* condition);
int g_cond_wait_until(void* condition, void* mutex, int64_t end);
void* g_once_impl(void* once, void* (*routine)(void*), void* argument);
int g_once_init_enter(void* location);
void g_once_init_leave(void* location, size_t result);
void g_atomic_ref_count_inc(int* count);
int g_atomic_ref_count_dec(int* count);
void g_object_unref(void* object);
void g_bytes_unref(void* bytes);
void g_async_queue_push(void* queue, void* data);
void g_async_queue_push_front(void* queue, void* data);
void g_async_queue_push_unlocked(void* queue, void* data);
void* g_async_queue_pop(void* queue);
void* g_async_queue_pop_unlocked(void* queue);
void* g_async_queue_try_pop(void* queue);
void* g_async_queue_try_pop_unlocked(void* queue);
void* g_async_queue_timeout_pop(void* queue, uint64_t timeout);
void g_async_queue_lock(void* queue);
void g_async_queue_unlock(void* queue);
void* g_thread_pool_new(GlibWork work, void* userData, int threads, int isExclusive, void** error);
int g_thread_pool_push(void* pool, void* data, void** error);
void g_thread_pool_free(void* pool, int isImmediate, int waits);
}

namespace {

SNAG_REAL(g_mutex_lock);
SNAG_REAL(g_mutex_trylock);
SNAG_REAL(g_mutex_unlock);
SNAG_REAL(g_mutex_clear);
SNAG_REAL(g_cond_wait);
SNAG_REAL(g_cond_signal);
SNAG_REAL(g_cond_broadcast);
SNAG_REAL(g_cond_wait_until);
SNAG_REAL(g_once_impl);
SNAG_REAL(g_once_init_enter);
SNAG_REAL(g_once_init_leave);
SNAG_REAL(g_atomic_ref_count_inc);
SNAG_REAL(g_atomic_ref_count_dec);
SNAG_REAL(g_object_unref);
SNAG_REAL(g_bytes_unref);
SNAG_REAL(g_async_queue_push);
SNAG_REAL(g_async_queue_push_front);
SNAG_REAL(g_async_queue_push_unlocked);
SNAG_REAL(g_async_queue_pop);
SNAG_REAL(g_async_queue_pop_unlocked);
SNAG_REAL(g_async_queue_try_pop);
SNAG_REAL(g_async_queue_try_pop_unlocked);
SNAG_REAL(g_async_queue_timeout_pop);
SNAG_REAL(g_async_queue_lock);
SNAG_REAL(g_async_queue_unlock);
SNAG_REAL(g_thread_pool_new);
SNAG_REAL(g_thread_pool_push);
SNAG_REAL(g_thread_pool_free);

// --- pools ----------------------------------------------------------------------------------------------

struct Pool {
  GlibWork work;
  void* userData;
  void* pool;  // GThreadPool, once it is known
};

void runWork(void* data, void* argument) {
  auto* pool = static_cast<Pool*>(argument);
  noteAcquire(pool);
  pool->work(data, pool->userData);
  noteRelease(pool);
}

// The first two fields of a GThreadPool are public: its function and that function's second argument.
struct PublicPool {
  GlibWork work;
  void* userData;
};
Pool* poolOf(void* pool) {
  auto* shown = static_cast<PublicPool*>(pool);
  return shown->work == runWork ? static_cast<Pool*>(shown->userData) : nullptr;
}

}  // namespace

// --- locks ----------------------------------------------------------------------------------------------

SNAG_INTERCEPTOR void g_mutex_lock(void* mutex) {
  real_g_mutex_lock(mutex);
  noteLocked(mutex, LockMode::Write, SNAG_CALLER);
}
SNAG_INTERCEPTOR int g_mutex_trylock(void* mutex) {
  const int isTaken = real_g_mutex_trylock(mutex);
  if (isTaken != 0) noteLocked(mutex, LockMode::Write, SNAG_CALLER);
  return isTaken;
}
SNAG_INTERCEPTOR void g_mutex_unlock(void* mutex) {
  noteUnlocking(mutex, LockMode::Write, SNAG_CALLER);
  real_g_mutex_unlock(mutex);
}
SNAG_INTERCEPTOR void g_mutex_clear(void* mutex) {
  noteInitialised(mutex);
  real_g_mutex_clear(mutex);
}
SNAG_INTERCEPTOR void g_cond_signal(void* condition) {
  noteSignalling(condition);
  real_g_cond_signal(condition);
}
SNAG_INTERCEPTOR void g_cond_broadcast(void* condition) {
  noteSignalling(condition);
  real_g_cond_broadcast(condition);
}
SNAG_INTERCEPTOR void g_cond_wait(void* condition, void* mutex) {
  noteSignalling(condition);
  noteUnlocking(mutex, LockMode::Write, SNAG_CALLER);
  real_g_cond_wait(condition, mutex);
  noteAwaited(condition);
  noteLocked(mutex, LockMode::Write, SNAG_CALLER);
}
SNAG_INTERCEPTOR int g_cond_wait_until(void* condition, void* mutex, int64_t end) {
  noteSignalling(condition);
  noteUnlocking(mutex, LockMode::Write, SNAG_CALLER);
  const int isSignalled = real_g_cond_wait_until(condition, mutex, end);
  noteAwaited(condition);
  noteLocked(mutex, LockMode::Write, SNAG_CALLER);
  return isSignalled;
}

// --- once -----------------------------------------------------------------------------------------------

namespace {
struct OnceCall {
  void* (*routine)(void*);
  void* argument;
  void* once;
  Place place;
};
void* runOnce(void* argument) {
  const OnceCall call = *static_cast<OnceCall*>(argument);
  void* result = call.routine(call.argument);
  noteRelease(call.once);
  // The macro in the header reads the state, a GOnce's first field, atomically, and does not call us when it is done.
  noteAtomic(call.once, sizeof(int), AtomicOperation::Store, MemoryOrder::Release, call.place);
  return result;
}
}  // namespace

SNAG_INTERCEPTOR void* g_once_impl(void* once, void* (*routine)(void*), void* argument) {
  OnceCall call{routine, argument, once, SNAG_CALLER};
  void* result = real_g_once_impl(once, runOnce, &call);
  noteAcquire(once);
  return result;
}
// Who finds the location set by the macro in the header reads it atomically: it learns from an atomic store.
SNAG_INTERCEPTOR int g_once_init_enter(void* location) {
  const int isFirst = real_g_once_init_enter(location);
  if (isFirst == 0) noteAtomic(location, sizeof(void*), AtomicOperation::Load, MemoryOrder::SeqCst, SNAG_CALLER);
  return isFirst;
}
SNAG_INTERCEPTOR void g_once_init_leave(void* location, size_t result) {
  noteAtomic(location, sizeof(void*), AtomicOperation::Store, MemoryOrder::SeqCst, SNAG_CALLER);
  real_g_once_init_leave(location, result);
}

// --- reference counts -----------------------------------------------------------------------------------

SNAG_INTERCEPTOR void g_atomic_ref_count_inc(int* count) {
  noteAtomic(count, sizeof *count, AtomicOperation::Rmw, MemoryOrder::Relaxed, SNAG_CALLER);
  real_g_atomic_ref_count_inc(count);
}
// What the others released before they dropped theirs is learnt after the drop.
SNAG_INTERCEPTOR int g_atomic_ref_count_dec(int* count) {
  noteRelease(count);
  const int isLast = real_g_atomic_ref_count_dec(count);
  if (isLast != 0) noteAcquire(count);
  return isLast;
}

// GObject begins with its class and its count, GBytes with address, size and count.
SNAG_INTERCEPTOR void g_object_unref(void* object) {
  if (object == nullptr || !runtimeIsActive()) return real_g_object_unref(object);
  dropReference(object, static_cast<int*>(object) + 2, [=] { real_g_object_unref(object); });
}
SNAG_INTERCEPTOR void g_bytes_unref(void* bytes) {
  if (bytes == nullptr || !runtimeIsActive()) return real_g_bytes_unref(bytes);
  dropReference(bytes, static_cast<int*>(bytes) + 4, [=] { real_g_bytes_unref(bytes); });
}

// --- queues ---------------------------------------------------------------------------------------------

#define SNAG_GLIB_PUSH(name)                            \
  SNAG_INTERCEPTOR void name(void* queue, void* data) { \
    noteRelease(queue);                                 \
    real_##name(queue, data);                           \
  }
#define SNAG_GLIB_POP(name)                  \
  SNAG_INTERCEPTOR void* name(void* queue) { \
    void* data = real_##name(queue);         \
    if (data != nullptr) noteAcquire(queue); \
    return data;                             \
  }
SNAG_GLIB_PUSH(g_async_queue_push)
SNAG_GLIB_PUSH(g_async_queue_push_front)
SNAG_GLIB_PUSH(g_async_queue_push_unlocked)
SNAG_GLIB_POP(g_async_queue_pop)
SNAG_GLIB_POP(g_async_queue_pop_unlocked)
SNAG_GLIB_POP(g_async_queue_try_pop)
SNAG_GLIB_POP(g_async_queue_try_pop_unlocked)

SNAG_INTERCEPTOR void* g_async_queue_timeout_pop(void* queue, uint64_t timeout) {
  void* data = real_g_async_queue_timeout_pop(queue, timeout);
  if (data != nullptr) noteAcquire(queue);
  return data;
}
SNAG_INTERCEPTOR void g_async_queue_lock(void* queue) {
  real_g_async_queue_lock(queue);
  noteLocked(queue, LockMode::Write, SNAG_CALLER);
}
SNAG_INTERCEPTOR void g_async_queue_unlock(void* queue) {
  noteUnlocking(queue, LockMode::Write, SNAG_CALLER);
  real_g_async_queue_unlock(queue);
}

// --- pools ----------------------------------------------------------------------------------------------

SNAG_INTERCEPTOR void* g_thread_pool_new(GlibWork work, void* userData, int threads, int isExclusive, void** error) {
  if (!runtimeIsActive()) return real_g_thread_pool_new(work, userData, threads, isExclusive, error);
  // Kept for good: threads of a pool that is not waited for may outlive it. Its place in the program's memory is where
  // the detector's knowledge of it hangs.
  auto* pool = static_cast<Pool*>(__builtin_malloc(sizeof(Pool)));
  if (pool == nullptr) return real_g_thread_pool_new(work, userData, threads, isExclusive, error);
  *pool = {work, userData, nullptr};
  noteRelease(pool);
  return pool->pool = real_g_thread_pool_new(runWork, pool, threads, isExclusive, error);
}
SNAG_INTERCEPTOR int g_thread_pool_push(void* pool, void* data, void** error) {
  if (Pool* known = poolOf(pool)) noteRelease(known);
  return real_g_thread_pool_push(pool, data, error);
}
SNAG_INTERCEPTOR void g_thread_pool_free(void* pool, int isImmediate, int waits) {
  Pool* known = poolOf(pool);
  real_g_thread_pool_free(pool, isImmediate, waits);
  if (known == nullptr || waits == 0) return;
  noteAcquire(known);
  __builtin_free(known);
}
