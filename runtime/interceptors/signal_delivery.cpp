#include "interceptors/signal_delivery.h"

#include <errno.h>
#include <string.h>
#include <ucontext.h>

#include "core/spin_lock.h"
#include "interceptors/handler_frame.h"
#include "interceptors/real_function.h"
#include "interceptors/signal_edges.h"
#include "platform/linux/x86_64/syscall.h"
#include "runtime.h"

namespace snag {
namespace {

SNAG_REAL(sigaction);

// A set of signals as the kernel has it: bit n - 1 is signal n.
using Mask = uint64_t;
constexpr Mask bitOf(int signal) { return Mask{1} << (signal - 1); }

// What a thread's own instruction may raise; blocking these would turn a handled fault into the end of the process.
constexpr Mask kFaults =
    bitOf(SIGSEGV) | bitOf(SIGBUS) | bitOf(SIGFPE) | bitOf(SIGILL) | bitOf(SIGTRAP) | bitOf(SIGSYS);
constexpr Mask kOfLibc = bitOf(32) | bitOf(33);  // cancellation, and setuid on all threads
constexpr Mask kAll = ~(kFaults | kOfLibc);

Mask& maskOf(sigset_t& set) { return *reinterpret_cast<Mask*>(&set); }

Mask setMask(Mask mask) {
  Mask before = 0;
  platform::systemCall(SYS_rt_sigprocmask, SIG_SETMASK, &mask, &before, 8);
  return before;
}

// --- what the program has installed ---------------------------------------------------------------------

// The top bits of a code address are free for the flags that matter: both then change at once.
constexpr uint64_t kWithInfo = uint64_t{1} << 63, kOnce = uint64_t{1} << 62, kNoDefer = uint64_t{1} << 61,
                   kOnAlternate = uint64_t{1} << 60, kAddress = (uint64_t{1} << 56) - 1;

struct Action {
  std::atomic<uint64_t> handler{0};  // address and flags
  std::atomic<Mask> mask{0};
};
constinit Action actions[_NSIG];
// Protects changes of `actions` and of the kernel's table together; held with all signals blocked.
constinit SpinLock actionsLock;

uint64_t pack(const struct sigaction& action) {
  uint64_t packed = reinterpret_cast<uint64_t>(action.sa_handler);
  if ((action.sa_flags & SA_SIGINFO) != 0) packed |= kWithInfo;
  if ((action.sa_flags & SA_RESETHAND) != 0) packed |= kOnce;
  if ((action.sa_flags & SA_NODEFER) != 0) packed |= kNoDefer;
  if ((action.sa_flags & SA_ONSTACK) != 0) packed |= kOnAlternate;
  return packed;
}

bool isFunction(const struct sigaction& action) {
  return action.sa_handler != SIG_DFL && action.sa_handler != SIG_IGN && action.sa_handler != SIG_ERR;
}

void onSignal(int signal, siginfo_t* info, void* context);

// What the kernel gets in the place of the program's action.
struct sigaction frontOf(const struct sigaction& action) {
  struct sigaction front = action;
  front.sa_sigaction = onSignal;
  front.sa_flags = (action.sa_flags & ~(SA_RESETHAND | SA_NODEFER)) | SA_SIGINFO;
  memset(&front.sa_mask, 0, sizeof front.sa_mask);
  maskOf(front.sa_mask) = kAll;
  return front;
}

// The program's action behind what the kernel says.
void showOwn(int signal, struct sigaction* action) {
  if (action->sa_sigaction != onSignal) return;
  const uint64_t packed = actions[signal].handler.load(std::memory_order_relaxed);
  action->sa_handler = reinterpret_cast<sighandler_t>(packed & kAddress);
  action->sa_flags &= ~(SA_SIGINFO | SA_RESETHAND | SA_NODEFER);
  if ((packed & kWithInfo) != 0) action->sa_flags |= SA_SIGINFO;
  if ((packed & kOnce) != 0) action->sa_flags |= SA_RESETHAND;
  if ((packed & kNoDefer) != 0) action->sa_flags |= SA_NODEFER;
  maskOf(action->sa_mask) = actions[signal].mask.load(std::memory_order_relaxed);
}

// SA_RESETHAND, which the kernel must not do itself: it would at a delivery that is put off.
void resetIfOnce(int signal, uint64_t packed) {
  if ((packed & kOnce) == 0) return;
  struct sigaction initial{};
  SpinGuard guard(actionsLock);
  if (actions[signal].handler.load(std::memory_order_relaxed) == packed) real_sigaction(signal, &initial, nullptr);
}

// --- delivery -------------------------------------------------------------------------------------------

using WithInfo = void (*)(int, siginfo_t*, void*);

uintptr_t registerOf(const ucontext_t& context, int number) {
  return static_cast<uintptr_t>(context.uc_mcontext.gregs[number]);
}

bool isFault(int signal, const siginfo_t* info) { return (bitOf(signal) & kFaults) != 0 && info->si_code > 0; }

// Runs the program's handler in the place of `interrupted`, whose signal mask was `mask`.
void deliver(int signal, siginfo_t* info, ucontext_t* interrupted, Mask mask) {
  const uint64_t packed = actions[signal].handler.load(std::memory_order_acquire);
  resetIfOnce(signal, packed);

  HandlerFrame handler;
  handler.outer = threadLocals.handler;
  handler.signal = signal;
  handler.mayInterruptWork = (!isFault(signal, info) && threadLocals.safePoints == 0) ||
                             (handler.outer != nullptr && handler.outer->mayInterruptWork);
  handler.stackPointer = reinterpret_cast<uintptr_t>(&handler);
  handler.alternate = interrupted->uc_stack;
  handler.pc = registerOf(*interrupted, REG_RIP);
  handler.frame = registerOf(*interrupted, REG_RBP);
  const uint32_t safePoints = threadLocals.safePoints;
  const uint64_t context = __snag_thread.context;
  threadLocals.safePoints = 0;
  threadLocals.handler = &handler;

  noteSignalArrived(signal, info);
  setMask(mask | actions[signal].mask.load(std::memory_order_relaxed) | ((packed & kNoDefer) != 0 ? 0 : bitOf(signal)));
  if ((packed & kWithInfo) != 0)
    reinterpret_cast<WithInfo>(packed & kAddress)(signal, info, interrupted);
  else
    reinterpret_cast<sighandler_t>(packed & kAddress)(signal);

  threadLocals.handler = handler.outer;
  threadLocals.safePoints = safePoints;
  __snag_thread.context = context;
}

// --- signals that wait ----------------------------------------------------------------------------------

// At most one: until it is delivered, all others are blocked.
struct Deferred {
  bool isPending;
  Mask mask;      // before the signal came
  bool isQueued;  // by the kernel, again; otherwise it is kept here
  int signal;
  siginfo_t info;
  ucontext_t context;
};
constinit thread_local Deferred deferred{};

// Signals that are queued keep their order; those that are not may as well go back to the kernel, which then does all
// the rest. A handler that asked for another stack needs the kernel too.
bool mayQueueAgain(int signal) {
  return signal < SIGRTMIN || (actions[signal].handler.load(std::memory_order_relaxed) & kOnAlternate) != 0;
}

void defer(ThreadState& thread, int signal, const siginfo_t& info, ucontext_t& interrupted) {
  deferred.mask = maskOf(interrupted.uc_sigmask);
  deferred.isQueued = mayQueueAgain(signal) &&
                      !platform::isError(platform::systemCall(SYS_rt_tgsigqueueinfo, platform::systemCall(SYS_getpid),
                                                              platform::systemCall(SYS_gettid), signal, &info));
  if (!deferred.isQueued) {
    deferred.signal = signal;
    deferred.info = info;
    deferred.context = interrupted;
    deferred.context.uc_mcontext.fpregs = nullptr;  // lies in the frame that is about to go
  }
  maskOf(interrupted.uc_sigmask) |= kAll | bitOf(signal);
  deferred.isPending = true;
  thread.hasDeferredWork.store(true, std::memory_order_relaxed);
}

void onSignal(int signal, siginfo_t* info, void* context) {
  ucontext_t& interrupted = *static_cast<ucontext_t*>(context);
  ThreadState* thread = threadLocals.state;
  if (thread != nullptr && thread->isInRuntime() && !isFault(signal, info))
    return defer(*thread, signal, *info, interrupted);
  deliver(signal, info, &interrupted, maskOf(interrupted.uc_sigmask));
}

}  // namespace

// If one waits, all signals are blocked here, as it arranged that.
void runDeferredSignal() {
  if (!deferred.isPending) return;
  deferred.isPending = false;
  const Mask mask = deferred.mask;
  if (!deferred.isQueued) {
    siginfo_t info = deferred.info;
    ucontext_t context = deferred.context;
    deliver(deferred.signal, &info, &context, mask);
  }
  setMask(mask);
}

uint64_t blockSignals() {
  Mask before = 0;
  const Mask all = kAll;
  platform::systemCall(SYS_rt_sigprocmask, SIG_BLOCK, &all, &before, 8);
  return before;
}

void setSignalMask(uint64_t mask) {
  SafePoint point;
  setMask(mask);
}

int exchangeSignalAction(int signal, const struct sigaction* action, struct sigaction* before) {
  const bool isKnown = runtimeIsActive() && signal > 0 && signal < _NSIG && (bitOf(signal) & kOfLibc) == 0;
  if (!isKnown) return real_sigaction(signal, action, before);
  struct sigaction wanted{}, previous{};
  if (action != nullptr) wanted = *action;
  if (isFunction(wanted)) detector().expectInterruptedJoins();
  noteSignalSending(signal);

  const Mask mask = setMask(~Mask{0});
  actionsLock.lock();
  int result = real_sigaction(signal, nullptr, &previous);
  showOwn(signal, &previous);
  if (result == 0 && action != nullptr) {
    const bool isOurs = isFunction(wanted);
    const struct sigaction front = isOurs ? frontOf(wanted) : wanted;
    const uint64_t oldHandler = actions[signal].handler.load(std::memory_order_relaxed);
    const Mask oldMask = actions[signal].mask.load(std::memory_order_relaxed);
    if (isOurs) {
      actions[signal].mask.store(maskOf(wanted.sa_mask), std::memory_order_relaxed);
      actions[signal].handler.store(pack(wanted), std::memory_order_release);
    }
    result = real_sigaction(signal, &front, nullptr);
    if (result != 0) {
      actions[signal].mask.store(oldMask, std::memory_order_relaxed);
      actions[signal].handler.store(oldHandler, std::memory_order_release);
    }
  }
  actionsLock.unlock();
  setMask(mask);
  if (result == 0 && before != nullptr) *before = previous;
  return result;
}

}  // namespace snag
