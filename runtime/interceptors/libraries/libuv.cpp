// libuv: its locks, threads and work queue are POSIX ones, and seen there. A wake-up of a loop by another thread is
// not: it is an atomic flag inside, and several wake-ups become one.
#include "interceptors/libraries/library_model.h"

using namespace snag;

using AsyncFunction = void (*)(void* handle);

extern "C" {
int uv_async_init(void* loop, void* handle, AsyncFunction function);
int uv_async_send(void* handle);
}

namespace {

SNAG_REAL(uv_async_init);
SNAG_REAL(uv_async_send);

// Which function each handle calls. A handle that is initialised again takes its old entry.
class AsyncTable {
 public:
  void set(void* handle, AsyncFunction function) {
    SpinGuard guard(lock_);
    for (Entry* entry = bucket(handle); entry != nullptr; entry = entry->next)
      if (entry->handle == handle) {
        entry->function = function;
        return;
      }
    bucket(handle) = arenaNew<Entry>(Entry{handle, function, bucket(handle)});
  }
  AsyncFunction find(void* handle) {
    SpinGuard guard(lock_);
    for (Entry* entry = bucket(handle); entry != nullptr; entry = entry->next)
      if (entry->handle == handle) return entry->function;
    return nullptr;
  }

 private:
  struct Entry {
    void* handle;
    AsyncFunction function;
    Entry* next;
  };
  static constexpr size_t kBuckets = 256;
  Entry*& bucket(const void* handle) { return buckets_[(addressOf(handle) >> 4) % kBuckets]; }

  SpinLock lock_;  // protects the rest
  Entry* buckets_[kBuckets] = {};
};
constinit AsyncTable asyncs;

void wake(void* handle) {
  noteAcquire(handle);
  if (AsyncFunction function = asyncs.find(handle)) function(handle);
}

}  // namespace

SNAG_INTERCEPTOR int uv_async_init(void* loop, void* handle, AsyncFunction function) {
  if (!runtimeIsActive() || function == nullptr) return real_uv_async_init(loop, handle, function);
  noteInitialised(handle);
  asyncs.set(handle, function);
  return real_uv_async_init(loop, handle, wake);
}

SNAG_INTERCEPTOR int uv_async_send(void* handle) {
  noteRelease(handle);
  return real_uv_async_send(handle);
}
