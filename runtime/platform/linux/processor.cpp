// platform.h, processor and the end.
#include <signal.h>
#include <string.h>

#include "platform/linux/x86_64/syscall.h"
#include "platform/platform.h"

namespace snag::platform {
namespace {

void print(const char* text) { systemCall(SYS_write, 2, text, static_cast<long>(strlen(text))); }

// The kernel's own idea of a signal action.
struct KernelAction {
  void (*handler)(int);
  unsigned long flags;
  void (*restorer)();
  uint64_t mask;
};

void abortWithCore() {
  const KernelAction defaultAction{SIG_DFL, 0, nullptr, 0};
  systemCall(SYS_rt_sigaction, SIGABRT, &defaultAction, 0L, 8);
  const uint64_t abortSignal = 1ull << (SIGABRT - 1);
  systemCall(SYS_rt_sigprocmask, SIG_UNBLOCK, &abortSignal, 0L, 8);
  systemCall(SYS_tgkill, systemCall(SYS_getpid), systemCall(SYS_gettid), SIGABRT);
}

}  // namespace

void yield() { systemCall(SYS_sched_yield); }

void fatal(const char* message) {
  print("Snag: internal error: ");
  print(message);
  print("\n");
  abortWithCore();
  for (;;) systemCall(SYS_exit_group, 134);
}

}  // namespace snag::platform
