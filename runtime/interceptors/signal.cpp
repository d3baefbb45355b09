// Handlers: who installs them, who sends signals, who waits for them, and the jumps that leave them.
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "interceptors/handler_frame.h"
#include "interceptors/io_channel.h"
#include "interceptors/real_function.h"
#include "interceptors/signal_delivery.h"
#include "interceptors/signal_edges.h"

using namespace snag;

// <signal.h> has these names only under some feature macros.
extern "C" {
sighandler_t bsd_signal(int signal, sighandler_t handler) noexcept;
sighandler_t __sysv_signal(int signal, sighandler_t handler) noexcept;
}

namespace {

SNAG_REAL(kill);
SNAG_REAL(killpg);
SNAG_REAL(tgkill);
SNAG_REAL(raise);
// noreturn is part of its type.
[[gnu::section("snag_real"), gnu::used]] constinit RealFunction<void()> real_abort{{"abort", nullptr, nullptr}};
SNAG_REAL(sigqueue);
SNAG_REAL(pthread_kill);
SNAG_REAL(pthread_sigqueue);
SNAG_REAL(sigwait);
SNAG_REAL(sigwaitinfo);
SNAG_REAL(sigtimedwait);
SNAG_REAL(sigsuspend);
SNAG_REAL(pause);
SNAG_REAL(sigprocmask);
SNAG_REAL(pthread_sigmask);
SNAG_REAL(signalfd);

sighandler_t install(int signal, sighandler_t handler, int flags, bool blocksItself) {
  struct sigaction action{}, before{};
  action.sa_handler = handler;
  action.sa_flags = flags;
  if (blocksItself && signal > 0 && signal < _NSIG) sigaddset(&action.sa_mask, signal);
  return exchangeSignalAction(signal, &action, &before) == 0 ? before.sa_handler : SIG_ERR;
}

// A signal to oneself arrives before the call returns: it interrupts nothing else.
template <typename Send>
auto sendSignal(int signal, bool isToSelf, Send send) {
  noteSignalSending(signal);
  if (!isToSelf) return send();
  SafePoint point;
  return send();
}

}  // namespace

// --- installing -----------------------------------------------------------------------------------------

SNAG_INTERCEPTOR int sigaction(int signal, const struct sigaction* action, struct sigaction* before) noexcept {
  return exchangeSignalAction(signal, action, before);
}

SNAG_INTERCEPTOR sighandler_t signal(int signal, sighandler_t handler) noexcept {
  return install(signal, handler, SA_RESTART, true);
}

SNAG_INTERCEPTOR sighandler_t bsd_signal(int signal, sighandler_t handler) noexcept {
  return install(signal, handler, SA_RESTART, true);
}

SNAG_INTERCEPTOR sighandler_t ssignal(int signal, sighandler_t handler) noexcept {
  return install(signal, handler, SA_RESTART, true);
}

SNAG_INTERCEPTOR sighandler_t __sysv_signal(int signal, sighandler_t handler) noexcept {
  return install(signal, handler, static_cast<int>(SA_RESETHAND | SA_NODEFER), false);
}

SNAG_INTERCEPTOR sighandler_t sysv_signal(int signal, sighandler_t handler) noexcept {
  return install(signal, handler, static_cast<int>(SA_RESETHAND | SA_NODEFER), false);
}

// --- sending --------------------------------------------------------------------------------------------

SNAG_INTERCEPTOR int kill(pid_t process, int signal) noexcept {
  if (process != getpid()) noteSending();
  return sendSignal(signal, process == getpid(), [=] { return real_kill(process, signal); });
}

SNAG_INTERCEPTOR int killpg(pid_t group, int signal) noexcept {
  noteSending();
  return sendSignal(signal, true, [=] { return real_killpg(group, signal); });
}

SNAG_INTERCEPTOR int tgkill(pid_t process, pid_t thread, int signal) {
  return sendSignal(signal, thread == gettid(), [=] { return real_tgkill(process, thread, signal); });
}

SNAG_INTERCEPTOR int raise(int signal) noexcept {
  return sendSignal(signal, true, [=] { return real_raise(signal); });
}

SNAG_INTERCEPTOR void abort() noexcept {
  noteSignalSending(SIGABRT);
  ++threadLocals.safePoints;
  real_abort();
  __builtin_unreachable();
}

SNAG_INTERCEPTOR int sigqueue(pid_t process, int signal, const sigval value) noexcept {
  if (process != getpid()) noteSending();
  return sendSignal(signal, process == getpid(), [=] { return real_sigqueue(process, signal, value); });
}

SNAG_INTERCEPTOR int pthread_kill(pthread_t thread, int signal) noexcept {
  return sendSignal(signal, thread == pthread_self(), [=] { return real_pthread_kill(thread, signal); });
}

SNAG_INTERCEPTOR int pthread_sigqueue(pthread_t thread, int signal, const sigval value) noexcept {
  return sendSignal(signal, thread == pthread_self(), [=] { return real_pthread_sigqueue(thread, signal, value); });
}

// --- waiting --------------------------------------------------------------------------------------------

SNAG_INTERCEPTOR int sigwait(const sigset_t* set, int* signal) {
  const int error = real_sigwait(set, signal);
  if (error == 0) noteSignalArrived(*signal, nullptr);
  return error;
}

SNAG_INTERCEPTOR int sigwaitinfo(const sigset_t* set, siginfo_t* info) {
  const int signal = real_sigwaitinfo(set, info);
  if (signal > 0) noteSignalArrived(signal, nullptr);
  return signal;
}

SNAG_INTERCEPTOR int sigtimedwait(const sigset_t* set, siginfo_t* info, const timespec* timeout) {
  const int signal = real_sigtimedwait(set, info, timeout);
  if (signal > 0) noteSignalArrived(signal, nullptr);
  return signal;
}

SNAG_INTERCEPTOR int sigsuspend(const sigset_t* mask) {
  SafePoint point;
  return real_sigsuspend(mask);
}

SNAG_INTERCEPTOR int pause() {
  SafePoint point;
  return real_pause();
}

// What was blocked until now arrives inside.
SNAG_INTERCEPTOR int sigprocmask(int how, const sigset_t* set, sigset_t* before) noexcept {
  SafePoint point;
  return real_sigprocmask(how, set, before);
}

SNAG_INTERCEPTOR int pthread_sigmask(int how, const sigset_t* set, sigset_t* before) noexcept {
  SafePoint point;
  return real_pthread_sigmask(how, set, before);
}

SNAG_INTERCEPTOR int signalfd(int descriptor, const sigset_t* mask, int flags) noexcept {
  noteSignalDescriptor();
  const int result = real_signalfd(descriptor, mask, flags);
  if (result >= 0) forgetDescriptor(result);
  return result;
}
