// Intent: what a program can see of its own handlers is as without the detector: masks, flags, order, alternate stacks.
// Expect: silent
// Primitive: signal handler, sigaltstack, nested handlers
#define _GNU_SOURCE 1
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int order[16], steps;
static char alternate[65536];
static int wasOnAlternate, blockedInside, blockedOther;
static sigjmp_buf escape;

static void check(int condition, const char* what) {
  if (!condition) printf("wrong: %s\n", what);
}

static int isBlocked(int signal) {
  sigset_t now;
  sigprocmask(SIG_BLOCK, NULL, &now);
  return sigismember(&now, signal);
}

static void inner(int signal) { order[steps++] = signal; }

static void outer(int signal) {
  order[steps++] = signal;
  blockedInside = isBlocked(signal);
  blockedOther = isBlocked(SIGUSR2);
  raise(SIGUSR2);
  order[steps++] = -signal;
}

static void once(int signal) { order[steps++] = signal; }

static void onAlternate(int signal, siginfo_t* info, void* context) {
  char local;
  (void)context;
  wasOnAlternate = &local >= alternate && &local < alternate + sizeof alternate;
  check(info->si_signo == signal, "si_signo");
}

static void jumpOut(int signal) { siglongjmp(escape, signal); }

static void onFault(int signal, siginfo_t* info, void* context) {
  (void)context;
  check(info->si_addr == (void*)16, "si_addr");
  siglongjmp(escape, signal);
}

static void install(int signal, void (*handler)(int), int flags) {
  struct sigaction action, before;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  action.sa_flags = flags;
  sigaddset(&action.sa_mask, SIGWINCH);
  check(sigaction(signal, &action, NULL) == 0, "install");
  check(sigaction(signal, NULL, &before) == 0, "ask");
  check(before.sa_handler == handler, "own handler is told");
  check((before.sa_flags & ~0x04000000) == flags, "own flags are told");
  check(sigismember(&before.sa_mask, SIGWINCH) == 1 && sigismember(&before.sa_mask, SIGUSR2) == 0, "own mask is told");
}

int main(void) {
  install(SIGUSR1, outer, 0);
  install(SIGUSR2, inner, 0);
  raise(SIGUSR1);
  check(steps == 3 && order[0] == SIGUSR1 && order[1] == SIGUSR2 && order[2] == -SIGUSR1, "nested order");
  check(blockedInside == 1 && blockedOther == 0, "mask inside");
  check(isBlocked(SIGUSR1) == 0, "mask afterwards");

  install(SIGUSR1, outer, SA_NODEFER);
  raise(SIGUSR1);
  check(blockedInside == 0, "SA_NODEFER");

  steps = 0;
  install(SIGWINCH, once, (int)SA_RESETHAND);
  raise(SIGWINCH);
  raise(SIGWINCH);  // ignored by default
  check(steps == 1, "SA_RESETHAND");
  check(signal(SIGWINCH, inner) == SIG_DFL, "reset is told");
  check(signal(SIGWINCH, SIG_IGN) == inner, "signal tells the handler");
  check(signal(SIGWINCH, SIG_DFL) == SIG_IGN, "signal tells SIG_IGN");

  stack_t stack = {.ss_sp = alternate, .ss_size = sizeof alternate};
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = onAlternate;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigaltstack(&stack, NULL);
  sigaction(SIGUSR1, &action, NULL);
  raise(SIGUSR1);
  check(wasOnAlternate, "alternate stack");

  install(SIGUSR1, jumpOut, SA_ONSTACK);
  for (int i = 0; i < 3; ++i) {
    if (sigsetjmp(escape, 1) == 0) {
      raise(SIGUSR1);
      check(0, "jump out");
    }
    check(isBlocked(SIGUSR1) == 0, "mask after a jump");
  }
  free(malloc(10));

  action.sa_sigaction = onFault;
  sigaction(SIGSEGV, &action, NULL);
  for (int i = 0; i < 2; ++i) {
    if (sigsetjmp(escape, 1) == 0) {
      *(volatile int*)16 = 1;
      check(0, "fault");
    }
  }
  errno = 0;
  check(sigaction(SIGKILL, &action, NULL) == -1 && errno == EINVAL, "SIGKILL");
  check(sigaction(1000, &action, NULL) == -1 && errno == EINVAL, "no such signal");
  puts("done");
  return 0;
}
