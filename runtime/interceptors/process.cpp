#include "interceptors/process.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "interceptors/real_function.h"
#include "interceptors/thread_lifetime.h"
#include "platform/linux/x86_64/syscall.h"
#include "runtime.h"

using namespace snag;

namespace {

[[noreturn]] void endProcess(int status) {
  for (;;) platform::systemCall(SYS_exit_group, status);
}

// exit() has run every other handler and destructor. To change the code, it is entered again: only libc's own end is
// left to do. (fflush(nullptr) and _exit would be no substitute: unlike exit they wait for a stream in which another
// thread is blocked.)
void atExit(int status, void*) {
  reportThreadLeaks();
  const int code = finishRun(status);
  if (code != status) exit(code);
}

// quick_exit() does not tell its handlers the status, and flushes nothing.
void atQuickExit() {
  const int code = finishRun(0);
  if (code != 0) endProcess(code);
}

}  // namespace

void snag::installProcessHandlers() {
  on_exit(atExit, nullptr);
  at_quick_exit(atQuickExit);
  pthread_atfork(runtimeBeforeFork, runtimeAfterForkInParent, runtimeAfterForkInChild);
}

SNAG_INTERCEPTOR void _exit(int status) { endProcess(finishRun(status)); }
SNAG_INTERCEPTOR void _Exit(int status) noexcept { endProcess(finishRun(status)); }
