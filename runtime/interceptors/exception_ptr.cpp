// Exceptions are objects with several owners: exception_ptrs, and the handlers that are at it. The C++ library counts
// the owners where nobody can see it, and the last one destroys the object: after everything that the others did.
#include <stddef.h>

#include <atomic>

#include "core/arena.h"
#include "core/spin_lock.h"
#include "interceptors/real_function.h"
#include "interceptors/sync_events.h"
#include "platform/linux/symbols.h"

using namespace snag;

using ExceptionDestructor = void (*)(void*);

SNAG_INTERCEPTOR [[noreturn]] void __cxa_throw(void* exception, void* type, ExceptionDestructor destructor);
// __cxa_init_primary_exception, under a name of our own: headers of libstdc++ declare it with types of theirs.
SNAG_INTERCEPTOR void* snagInitPrimaryException(void* exception, void* type, ExceptionDestructor destructor) noexcept
    __asm__("__cxa_init_primary_exception");
SNAG_INTERCEPTOR void __cxa_end_catch();
SNAG_INTERCEPTOR void __cxa_decrement_exception_refcount(void* exception) noexcept;
// std::__exception_ptr::exception_ptr::_M_release() of libstdc++; the object holds one pointer.
SNAG_INTERCEPTOR void _ZNSt15__exception_ptr13exception_ptr10_M_releaseEv(void** owner) noexcept;

extern "C" {
// std::current_exception() of libstdc++ returns its object through a hidden first parameter.
void* _ZSt17current_exceptionv(void** result);
void* __cxa_current_primary_exception() noexcept;
}

namespace {

SNAG_REAL(__cxa_throw);
[[gnu::section("snag_real"),
  gnu::used]] constinit RealFunction<decltype(snagInitPrimaryException)> real_initPrimaryException{
    {"__cxa_init_primary_exception", nullptr, nullptr}};
SNAG_REAL(__cxa_end_catch);
SNAG_REAL(__cxa_decrement_exception_refcount);
SNAG_REAL(_ZNSt15__exception_ptr13exception_ptr10_M_releaseEv);
SNAG_REAL(_ZSt17current_exceptionv);
SNAG_REAL(__cxa_current_primary_exception);

// --- which destructor an exception has ------------------------------------------------------------------

struct Entry {
  void* exception;
  ExceptionDestructor destructor;
  Entry* next;
};

class DestructorMap {
 public:
  void add(void* exception, ExceptionDestructor destructor) {
    auto* entry = arenaNew<Entry>();
    SpinGuard guard(lock_);
    Entry*& first = bucket(exception);
    *entry = {exception, destructor, first};
    first = entry;
  }
  // Null if unknown.
  ExceptionDestructor remove(void* exception) {
    Entry* found = unlink(exception);
    if (found == nullptr) return nullptr;
    const ExceptionDestructor destructor = found->destructor;
    arenaDelete(found);
    return destructor;
  }

 private:
  static constexpr size_t kBuckets = 256;
  Entry*& bucket(const void* exception) { return buckets_[(addressOf(exception) >> 4) % kBuckets]; }

  Entry* unlink(void* exception) {
    SpinGuard guard(lock_);
    Entry** link = &bucket(exception);
    while (*link != nullptr && (*link)->exception != exception) link = &(*link)->next;
    Entry* found = *link;
    if (found != nullptr) *link = found->next;
    return found;
  }

  SpinLock lock_;  // protects the rest
  Entry* buckets_[kBuckets] = {};
};
constinit DestructorMap destructors;

// The last owner is about to destroy the object.
void destroyException(void* exception) {
  noteAcquire(exception);
  ExceptionDestructor destructor;
  {
    RuntimeScope scope;  // keeps signal handlers off the map
    destructor = destructors.remove(exception);
  }
  if (destructor != nullptr) destructor(exception);
}

// What to give to the library instead of `destructor`. A signal handler that interrupted the detector goes without.
ExceptionDestructor orderedDestructor(void* exception, ExceptionDestructor destructor) {
  if (destructor == nullptr) return nullptr;
  RuntimeScope scope;
  if (!scope) return destructor;
  destructors.add(exception, destructor);
  return destroyException;
}

// --- the exception that is being handled ----------------------------------------------------------------

void* currentOfLibstdcxx() {
  void* owner = nullptr;
  real__ZSt17current_exceptionv(&owner);
  void* const exception = owner;
  if (exception != nullptr) real__ZNSt15__exception_ptr13exception_ptr10_M_releaseEv(&owner);  // never the last one
  return exception;
}

void* currentOfLibcxx() {
  void* const exception = real___cxa_current_primary_exception();
  if (exception != nullptr) real___cxa_decrement_exception_refcount(exception);
  return exception;
}

// Both C++ libraries may be loaded; the one that ends the handler knows the exception.
enum class Library : uint8_t { Unknown, Libstdcxx, Libcxx, Other };

Library findLibrary() {
  const void* end = real___cxa_end_catch.symbol.find();
  if (platform::areInOneLibrary(real___cxa_current_primary_exception.symbol.find(), end)) return Library::Libcxx;
  if (platform::areInOneLibrary(real__ZSt17current_exceptionv.symbol.find(), end)) return Library::Libstdcxx;
  return Library::Other;
}

// Null if the exception comes from another language.
void* currentException() {
  static constinit std::atomic<Library> library{Library::Unknown};
  if (library.load(std::memory_order_relaxed) == Library::Unknown) library.store(findLibrary());
  switch (library.load(std::memory_order_relaxed)) {
    case Library::Libstdcxx: return currentOfLibstdcxx();
    case Library::Libcxx: return currentOfLibcxx();
    default: return nullptr;
  }
}

}  // namespace

SNAG_INTERCEPTOR void __cxa_throw(void* exception, void* type, ExceptionDestructor destructor) {
  real___cxa_throw(exception, type, orderedDestructor(exception, destructor));
  __builtin_unreachable();
}

SNAG_INTERCEPTOR void* snagInitPrimaryException(void* exception, void* type, ExceptionDestructor destructor) noexcept {
  return real_initPrimaryException(exception, type, orderedDestructor(exception, destructor));
}

SNAG_INTERCEPTOR void __cxa_end_catch() {
  if (void* exception = currentException()) noteRelease(exception);
  real___cxa_end_catch();
}

SNAG_INTERCEPTOR void __cxa_decrement_exception_refcount(void* exception) noexcept {
  if (exception != nullptr) noteRelease(exception);
  real___cxa_decrement_exception_refcount(exception);
}

SNAG_INTERCEPTOR void _ZNSt15__exception_ptr13exception_ptr10_M_releaseEv(void** owner) noexcept {
  if (*owner != nullptr) noteRelease(*owner);
  real__ZNSt15__exception_ptr13exception_ptr10_M_releaseEv(owner);
}
