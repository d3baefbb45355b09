// Intent: a handler may call anything when it interrupts nothing: its own raise, sigsuspend, an unblocked mask, a fault.
// Expect: silent
// Primitive: signal-unsafe call
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static sigjmp_buf escape;
static volatile sig_atomic_t handled;

static void handle(int signal) {
  char* text = malloc(32);
  snprintf(text, 32, "signal %d", signal == SIGUSR1);
  puts(text);
  free(text);
  handled = handled + 1;
}

static void onFault(int signal) {
  printf("fault %d\n", signal == SIGSEGV);
  siglongjmp(escape, 1);
}

static void* send(void* target) {
  pthread_kill(*(pthread_t*)target, SIGUSR1);
  return NULL;
}

static void sendFromAnotherThread(void) {
  pthread_t self = pthread_self(), sender;
  pthread_create(&sender, NULL, send, &self);
  pthread_join(sender, NULL);
}

int main(void) {
  sigset_t set, before;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  signal(SIGUSR1, handle);
  signal(SIGSEGV, onFault);
  raise(SIGUSR1);
  kill(getpid(), SIGUSR1);

  sigprocmask(SIG_BLOCK, &set, &before);
  sendFromAnotherThread();
  sigsuspend(&before);
  sendFromAnotherThread();
  sigprocmask(SIG_SETMASK, &before, NULL);

  if (sigsetjmp(escape, 1) == 0) *(volatile int*)16 = 1;
  free(malloc(8));
  printf("%d\n", (int)handled);
  return 0;
}
