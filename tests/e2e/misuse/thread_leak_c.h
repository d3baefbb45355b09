// Threads that end while nobody joins them, for programs whose main() ends by pthread_exit.
#ifndef SNAG_TESTS_THREAD_LEAK_C_H
#define SNAG_TESTS_THREAD_LEAK_C_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "invisible.h"

static int endingThread;  // its number for the system
static InvisibleTurns started;

__attribute__((unused)) static void* endAtOnce(void* unused) {
  __atomic_store_n(&endingThread, gettid(), __ATOMIC_RELAXED);
  pthread_setname_np(pthread_self(), "forgotten");
  invisiblePass(&started);
  return unused;
}

// Waits until the thread that was created last with endAtOnce has ended.
__attribute__((unused)) static void awaitEnd(void) {
  static int ends;
  invisibleAwait(&started, ++ends);
  while (!invisibleIsGone(__atomic_load_n(&endingThread, __ATOMIC_RELAXED))) invisibleYield();
}

// The main thread of a process stays, as a zombie, until the others are gone: its state is asked for.
__attribute__((unused)) static void awaitMain(void) {
  char state = 0;
  while (state != 'Z') {
    char line[512] = "";
    snprintf(line, sizeof line, "/proc/%d/task/%d/stat", getpid(), getpid());
    FILE* file = fopen(line, "r");
    if (file != NULL && fgets(line, sizeof line, file) != NULL) state = strrchr(line, ')')[2];
    if (file != NULL) fclose(file);
    invisibleYield();
  }
}

__attribute__((unused)) static void* endAfterMain(void* unused) {
  awaitMain();
  printf("done\n");
  return unused;
}

__attribute__((noreturn)) static void endMain(void) { pthread_exit(NULL); }

#endif  // SNAG_TESTS_THREAD_LEAK_C_H
