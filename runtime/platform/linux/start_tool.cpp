// Starts the snag tool so that the program under test cannot notice.
//
//   program ──clone──> keeper ──clone──> tool        keeper: shares the program's memory, own descriptors, exit signal
//   0
//
// The keeper is there so that the tool is nobody's child that the program might wait for. It exits as soon as the tool
// runs, and is reaped here: wait() without __WALL does not see a child whose exit signal is not SIGCHLD, and there is
// no signal. Where orphans come back to the program (it is init of a container, or a subreaper), the keeper stays and
// waits for the tool itself. Sharing memory instead of copying it matters: fork() would copy the page tables of the
// shadow.
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "platform/linux/descriptor.h"
#include "platform/linux/start_environment.h"
#include "platform/linux/x86_64/syscall.h"
#include "platform/platform.h"
#include "platform/process.h"

namespace snag::platform {

namespace {

constexpr size_t kStackBytes = 64 << 10;
constexpr uint64_t kAllSignals = ~uint64_t{0};
constexpr uint64_t kNoSignals = 0;

enum Outcome : int { kPending, kStarted, kFailed };

// Shared by the three processes. The keeper's and the tool's stack are behind it.
struct Launch {
  const char* path;
  char* const* arguments;
  char* const* environment;
  int descriptor;  // the tool's end
  bool keeperStays;
  volatile bool execFailed;
  int outcome;  // an Outcome, atomic
  alignas(16) char keeperStack[kStackBytes];
  alignas(16) char toolStack[kStackBytes];
};

void setSignalMask(const uint64_t* mask, uint64_t* before) {
  systemCall(SYS_rt_sigprocmask, SIG_SETMASK, mask, before, sizeof(*mask));
}

[[noreturn]] void leave(int code) {
  for (;;) systemCall(SYS_exit_group, code);
}

void closeRange(unsigned first, unsigned last) {
  if (first > last || systemCall(SYS_close_range, first, last, 0) == 0) return;
  for (unsigned descriptor = first; descriptor <= last && descriptor < 65536; ++descriptor)
    systemCall(SYS_close, descriptor);  // a kernel before 5.9
}

// The program's other descriptors would keep its pipes and sockets open for as long as the tool lives.
void closeAllBut(int kept) {
  closeRange(3, static_cast<unsigned>(kept) - 1);
  closeRange(static_cast<unsigned>(kept) + 1, ~0u);
}

// No input, and both outputs on the program's standard error.
void redirect() {
  const long nothing = systemCall(SYS_openat, AT_FDCWD, "/dev/null", O_RDWR | O_CLOEXEC);
  if (nothing >= 0) {
    if (systemCall(SYS_fcntl, 2, F_GETFD) == -EBADF) systemCall(SYS_dup3, nothing, 2, 0);
    systemCall(SYS_dup2, nothing, 0);
  }
  systemCall(SYS_dup2, 2, 1);
  systemCall(SYS_fcntl, 0, F_SETFD, 0);
  systemCall(SYS_fcntl, 1, F_SETFD, 0);
  systemCall(SYS_fcntl, 2, F_SETFD, 0);
}

// Handlers are the program's code, and this process shares its memory.
void dropSignalHandlers() {
  struct KernelAction {
    void* handler;
    unsigned long flags;
    void* restorer;
    uint64_t mask;
  };
  const KernelAction standard{};
  for (int number = 1; number <= 64; ++number)
    systemCall(SYS_rt_sigaction, number, &standard, nullptr, sizeof(uint64_t));
  setSignalMask(&kNoSignals, nullptr);
}

int runTool(void* argument) {
  Launch& launch = *static_cast<Launch*>(argument);
  systemCall(SYS_setsid);  // a Ctrl-C for the program must not cut its report short
  redirect();
  closeAllBut(launch.descriptor);
  systemCall(SYS_fcntl, launch.descriptor, F_SETFD, 0);
  dropSignalHandlers();
  systemCall(SYS_execve, launch.path, launch.arguments, launch.environment);
  launch.execFailed = true;
  leave(127);
}

void reap(long process) {
  while (systemCall(SYS_wait4, process, nullptr, __WALL, nullptr) == -EINTR) {
  }
}

int runKeeper(void* argument) {
  Launch& launch = *static_cast<Launch*>(argument);
  const long tool = ::clone(runTool, launch.toolStack + kStackBytes, CLONE_VM | CLONE_VFORK, &launch);
  const bool hasStarted = tool > 0 && !launch.execFailed;
  if (tool > 0 && !hasStarted) reap(tool);
  const bool stays = launch.keeperStays && hasStarted;
  if (stays) closeRange(0, ~0u);
  __atomic_store_n(&launch.outcome, hasStarted ? kStarted : kFailed, __ATOMIC_RELEASE);
  if (stays) reap(tool);
  leave(0);
}

bool orphansComeBack() {
  int isSubreaper = 0;
  systemCall(SYS_prctl, PR_GET_CHILD_SUBREAPER, &isSubreaper, 0, 0, 0);
  return isSubreaper != 0 || processId() == 1;
}

bool launchTool(Launch& launch) {
  uint64_t before = 0;
  setSignalMask(&kAllSignals, &before);
  const int flags = CLONE_VM | (launch.keeperStays ? 0 : CLONE_VFORK);
  const int keeper = ::clone(runKeeper, launch.keeperStack + kStackBytes, flags, &launch);
  if (keeper > 0) {
    while (launch.keeperStays && __atomic_load_n(&launch.outcome, __ATOMIC_ACQUIRE) == kPending) yield();
    if (!launch.keeperStays || launch.outcome == kFailed) reap(keeper);
  }
  setSignalMask(&before, nullptr);
  return keeper > 0 && launch.outcome == kStarted;
}

// "--fd=1001"
void writeArgument(char* out, int descriptor) {
  __builtin_memcpy(out, "--fd=", 5);
  out += 5;
  int divisor = 1;
  while (descriptor / divisor >= 10) divisor *= 10;
  for (; divisor > 0; divisor /= 10) *out++ = static_cast<char>('0' + descriptor / divisor % 10);
  *out = 0;
}

}  // namespace

Channel startTool(const char* path) {
  const int savedErrno = errno;
  Channel ours;
  int ends[2];
  if (systemCall(SYS_socketpair, AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return ours;
  ours = channelOf(ends[0]);
  const int theirs = moveDescriptorUp(ends[1]);

  StartEnvironment environment;
  static const char* const kNotForTheTool[] = {"LD_PRELOAD", "LD_AUDIT", "SNAG_OPTIONS", nullptr};
  char verb[] = "print", number[32];
  writeArgument(number, theirs);
  char* arguments[] = {const_cast<char*>(path), verb, number, nullptr};

  auto* launch = static_cast<Launch*>(reserve(sizeof(Launch), 4096));
  launch->path = path;
  launch->arguments = arguments;
  launch->environment = environment.without(kNotForTheTool);
  launch->descriptor = theirs;
  launch->keeperStays = orphansComeBack();
  const bool hasStarted = launchTool(*launch);
  const bool stackInUse = launch->keeperStays && hasStarted;
  if (!stackInUse) release(launch, sizeof(Launch));

  systemCall(SYS_close, theirs);
  if (!hasStarted) closeChannel(ours);
  errno = savedErrno;
  return ours;
}

}  // namespace snag::platform
