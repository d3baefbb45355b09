#include "interceptors/signal_edges.h"

#include "interceptors/io_channel.h"
#include "interceptors/sync_events.h"
#include "platform/linux/x86_64/syscall.h"

namespace snag {
namespace {

// Their addresses stand for the signals; nothing is ever stored here.
alignas(8) constinit char signals[_NSIG][8];
alignas(8) constinit char timers[8];
constinit std::atomic<bool> hasSignalDescriptor{false};

bool isSignal(int signal) { return signal > 0 && signal < _NSIG; }

// What another process or the kernel tells may be the answer to something that a thread sent there.
bool comesFromOutside(const siginfo_t& info) {
  const bool hasSender = info.si_code == SI_USER || info.si_code == SI_QUEUE || info.si_code == SI_TKILL;
  return !hasSender || info.si_pid != platform::systemCall(SYS_getpid);
}

}  // namespace

void noteSignalSending(int signal) {
  if (isSignal(signal)) noteRelease(signals[signal]);
  if (hasSignalDescriptor.load(std::memory_order_relaxed)) noteSending();
}

void noteTimerArming() { noteRelease(timers); }

void noteSignalArrived(int signal, const siginfo_t* info) {
  if (isSignal(signal)) noteAcquire(signals[signal]);
  if (info == nullptr || info->si_code == SI_TIMER) noteAcquire(timers);
  if (info == nullptr || comesFromOutside(*info)) noteReceived();
}

void noteSignalDescriptor() { hasSignalDescriptor.store(true, std::memory_order_relaxed); }

}  // namespace snag
