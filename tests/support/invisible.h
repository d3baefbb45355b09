// Turn-taking that no race detector sees, for tests that force the order of two racing accesses.
//
// Waiting and passing are inline assembly and a raw system call inside functions that are never instrumented,
// so they order the threads in time without adding a happens-before edge. For C and C++. x86-64 Linux only.
#ifndef SNAG_TESTS_INVISIBLE_H
#define SNAG_TESTS_INVISIBLE_H

#define SNAG_INVISIBLE \
  __attribute__((no_sanitize("thread"), disable_sanitizer_instrumentation, noinline, unused)) static

// Counts the turns that have been passed; starts at 0. Zero-initialised storage is ready to use.
typedef struct InvisibleTurns {
  int passed;
} InvisibleTurns;

SNAG_INVISIBLE int invisibleLoad(const int* place) {
  int value;
  __asm__ volatile("movl %1, %0" : "=r"(value) : "m"(*place) : "memory");
  return value;
}

SNAG_INVISIBLE void invisibleYield(void) {
  long result;
  __asm__ volatile("syscall" : "=a"(result) : "a"(24L /* sched_yield */) : "rcx", "r11", "memory");
}

// Ends one turn: whoever waits for the next number goes on. Returns how many turns are over.
SNAG_INVISIBLE int invisiblePass(InvisibleTurns* turns) {
  int before = 1;
  __asm__ volatile("lock xaddl %0, %1" : "+r"(before), "+m"(turns->passed) : : "memory", "cc");
  return before + 1;
}

// Waits until at least `count` turns are over.
SNAG_INVISIBLE void invisibleAwait(const InvisibleTurns* turns, int count) {
  while (invisibleLoad(&turns->passed) < count) invisibleYield();
}

// Waits until `parties` threads have come here. Usable again for the next round if every round has the same parties.
SNAG_INVISIBLE void invisibleMeet(InvisibleTurns* turns, int parties) {
  int arrival = invisiblePass(turns);
  invisibleAwait(turns, (arrival + parties - 1) / parties * parties);
}

// A thread that another one waits for until the system no longer knows it. Zero-initialised storage is ready to use.
typedef struct InvisibleThread {
  int number;
} InvisibleThread;

// The calling thread is the one that is meant.
SNAG_INVISIBLE void invisibleEnter(InvisibleThread* thread) {
  long number;
  __asm__ volatile("syscall" : "=a"(number) : "a"(186L /* gettid */) : "rcx", "r11", "memory");
  __asm__ volatile("movl %1, %0" : "=m"(thread->number) : "r"((int)number) : "memory");
}

SNAG_INVISIBLE int invisibleIsGone(int thread) {
  long process, result;
  __asm__ volatile("syscall" : "=a"(process) : "a"(39L /* getpid */) : "rcx", "r11", "memory");
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(234L /* tgkill */), "D"(process), "S"((long)thread), "d"(0L)
                   : "rcx", "r11", "memory");
  return result != 0;
}

// Waits until the thread has entered, and ended.
SNAG_INVISIBLE void invisibleAwaitEnd(const InvisibleThread* thread) {
  while (invisibleLoad(&thread->number) == 0) invisibleYield();
  while (!invisibleIsGone(invisibleLoad(&thread->number))) invisibleYield();
}

// Sleeps for about this many milliseconds.
SNAG_INVISIBLE void invisibleSleep(long milliseconds) {
  long time[2] = {milliseconds / 1000, milliseconds % 1000 * 1000000};
  long result;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(35L /* nanosleep */), "D"(time), "S"(0L)
                   : "rcx", "r11", "memory");
}

#endif  // SNAG_TESTS_INVISIBLE_H
