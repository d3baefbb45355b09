#include "interceptors/once_attempt.h"

struct Attempt {
  void (*finish)(const void*);
  const void* argument;
};

static void end(const struct Attempt* attempt) { attempt->finish(attempt->argument); }

void snagRunAttempt(void (*routine)(void), void (*finish)(const void*), const void* argument) {
  const struct Attempt attempt __attribute__((cleanup(end))) = {finish, argument};
  routine();
}
