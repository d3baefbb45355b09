// What generated programs share: the turn that a step waits for, and values that the optimiser cannot guess.
//
// Turns are invisible to the detector (support/invisible.h): they order the steps in time, not in happens-before.
#ifndef SNAG_TESTS_RANDOM_STAGE_H
#define SNAG_TESTS_RANDOM_STAGE_H

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "invisible.h"

// As snag/snag.h has them.
void* snag_fiber_create(void);
void snag_fiber_switch_to(void* fiber, unsigned flags);
void snag_fiber_destroy(void* fiber);
void* snag_fiber_current(void);

typedef struct Pair {
  long first, second;
} Pair;

static InvisibleTurns turns;
static const struct timespec farFuture = {4102444800, 0};

// Waits for the turn of the step with this number; the step ends with done().
static inline void turn(int number) { invisibleAwait(&turns, number); }
static inline void done(void) { invisiblePass(&turns); }

// A variable that is only ever written is written all the same.
#define KEPT __attribute__((used))

// Keeps a value, and with it the read that made it.
static inline void use(long value) { __asm__ volatile("" : : "r"(value) : "memory"); }

// The operation must have succeeded, or the program is not what the oracle thinks it is.
#define MUST(operation) \
  do {                  \
    if (operation) {    \
      puts(#operation); \
      _Exit(3);         \
    }                   \
  } while (0)

#endif  // SNAG_TESTS_RANDOM_STAGE_H
