// Intent: a handler on an alternate stack raises another signal, whose handler writes what a second thread reads.
// Expect: data race on 'message' at WRITE, READ
// Primitive: alternate signal stack, nested signal handlers
#define _GNU_SOURCE 1
#include <pthread.h>
#include <signal.h>
#include <stdio.h>

#include "invisible.h"

static char alternate[65536];
static int message, copy;
static InvisibleTurns turns;

static void inner(int signal) {
  (void)signal;
  message = 1;  // RACE-WRITE
}

static void outer(int signal) {
  (void)signal;
  raise(SIGUSR2);
}

static void install(int signal, void (*handler)(int)) {
  struct sigaction action = {.sa_handler = handler, .sa_flags = SA_ONSTACK};
  sigaction(signal, &action, NULL);
}

static void* receive(void* unused) {
  stack_t stack = {.ss_sp = alternate, .ss_size = sizeof alternate};
  stack_t none = {.ss_flags = SS_DISABLE};
  sigaltstack(&stack, NULL);
  raise(SIGUSR1);
  sigaltstack(&none, NULL);
  invisiblePass(&turns);
  return unused;
}

static void* look(void* unused) {
  invisibleAwait(&turns, 1);
  copy = message;  // RACE-READ
  return unused;
}

int main(void) {
  pthread_t receiver, reader;
  install(SIGUSR1, outer);
  install(SIGUSR2, inner);
  pthread_create(&receiver, NULL, receive, NULL);
  pthread_create(&reader, NULL, look, NULL);
  pthread_join(receiver, NULL);
  pthread_join(reader, NULL);
  printf("%d\n", copy);
  return 0;
}
