// makecontext and swapcontext: each context that was made is a fiber.
#include <stdarg.h>
#include <ucontext.h>

#include "core/arena.h"
#include "core/spin_lock.h"
#include "interceptors/fiber.h"
#include "interceptors/handler_frame.h"
#include "interceptors/real_function.h"
#include "runtime.h"

using namespace snag;

namespace {

SNAG_REAL(swapcontext);
SNAG_REAL(setcontext);
using MakeContext = void(ucontext_t*, void (*)(), int, ...);
struct RealMakeContext {
  RealSymbol symbol;
  void operator()(ucontext_t* context, void (*start)(), void* argument) {
    reinterpret_cast<MakeContext*>(symbol.get())(context, start, 1, argument);
  }
};
static_assert(sizeof(RealMakeContext) == sizeof(RealSymbol));
[[gnu::section("snag_real"), gnu::used]] constinit RealMakeContext real_makecontext{{"makecontext", nullptr, nullptr}};

constexpr int kMaxArguments = 16;

// A context that was made: what it runs. Freed when that returns, or when another is made in its place.
struct Routine {
  void (*function)();
  long arguments[kMaxArguments];
  ucontext_t* next;
  Fiber* fiber;
};

// --- which fiber a context is ---------------------------------------------------------------------------

// Those that were made, and those that wait in swapcontext. Memory from the arena; entries are used again, not freed.
class ContextMap {
 public:
  Fiber* find(const ucontext_t* context) {
    SpinGuard guard(lock_);
    for (Entry* entry = bucket(context); entry != nullptr; entry = entry->next)
      if (entry->context == context) return entry->fiber;
    return nullptr;
  }

  // Returns what the context was before.
  Fiber* set(const ucontext_t* context, Fiber* fiber) {
    SpinGuard guard(lock_);
    Entry* free = nullptr;
    for (Entry* entry = bucket(context); entry != nullptr; entry = entry->next) {
      if (entry->context == context) {
        Fiber* before = entry->fiber;
        entry->fiber = fiber;
        return before;
      }
      if (entry->fiber == nullptr) free = entry;
    }
    if (free == nullptr) {
      free = arenaNew<Entry>();
      free->next = bucket(context);
      bucket(context) = free;
    }
    free->context = context;
    free->fiber = fiber;
    return nullptr;
  }

 private:
  struct Entry {
    const ucontext_t* context = nullptr;
    Fiber* fiber = nullptr;  // null: free
    Entry* next = nullptr;
  };
  static constexpr size_t kBuckets = 1024;
  Entry*& bucket(const ucontext_t* context) { return buckets_[(reinterpret_cast<uintptr_t>(context) >> 6) % kBuckets]; }

  SpinLock lock_;  // protects the rest
  Entry* buckets_[kBuckets] = {};
};
constinit ContextMap contexts;

// --- the new context ------------------------------------------------------------------------------------

void callWithAll(const Routine& routine) {
  const long* a = routine.arguments;
  reinterpret_cast<void (*)(...)>(routine.function)(a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9], a[10],
                                                    a[11], a[12], a[13], a[14], a[15]);
}

// libc goes on with the next context by itself, so the switch is told here.
void runRoutine(Routine* routine) {
  callWithAll(*routine);
  Fiber* own = routine->fiber;
  Fiber* next = routine->next != nullptr ? contexts.find(routine->next) : nullptr;
  arenaDelete(routine);
  if (next == nullptr) return;
  switchToFiber(next, Switch::Ordered);
  destroyFiber(own);
}

platform::StackBounds stackOf(const ucontext_t& context) {
  const uintptr_t start = reinterpret_cast<uintptr_t>(context.uc_stack.ss_sp);
  return {start, start + context.uc_stack.ss_size};
}

}  // namespace

SNAG_INTERCEPTOR void makecontext(ucontext_t* context, void (*function)(), int count, ...) noexcept {
  Routine* routine = arenaNew<Routine>();
  routine->function = function;
  routine->next = context->uc_link;
  va_list arguments;
  va_start(arguments, count);
  for (int i = 0; i < kMaxArguments; ++i) routine->arguments[i] = i < count ? va_arg(arguments, long) : 0;
  va_end(arguments);
  routine->fiber = createFiber(SNAG_CALLER, stackOf(*context));
  contexts.set(context, routine->fiber);
  real_makecontext(context, reinterpret_cast<void (*)()>(runRoutine), routine);
}

SNAG_INTERCEPTOR int swapcontext(ucontext_t* from, const ucontext_t* to) noexcept {
  contexts.set(from, currentFiber());
  switchToFiber(contexts.find(to), Switch::Ordered);
  return real_swapcontext(from, to);
}

SNAG_INTERCEPTOR int setcontext(const ucontext_t* context) noexcept {
  switchToFiber(contexts.find(context), Switch::Ordered);
  return real_setcontext(context);
}
