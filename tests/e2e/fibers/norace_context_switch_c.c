// Intent: contexts of swapcontext take turns on one thread and share data; the last one returns to its link.
// Expect: silent
// Primitive: swapcontext, makecontext
// Languages: C C++
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <ucontext.h>

enum { kStackBytes = 65536 };

struct Pair {
  ucontext_t main, first, second;
  int turns;
  int arguments;
};

static void run(struct Pair* pair, ucontext_t* own, ucontext_t* other) {
  for (int i = 0; i < 10; ++i) {
    ++pair->turns;
    swapcontext(own, other);
  }
}

static struct Pair* pairs[2];

static void runFirst(int which, int b, int c) {
  pairs[which]->arguments = b + c;
  run(pairs[which], &pairs[which]->first, &pairs[which]->second);
}
static void runSecond(int which) { run(pairs[which], &pairs[which]->second, &pairs[which]->first); }

static void* work(void* argument) {
  int which = *(int*)argument;
  struct Pair* pair = pairs[which] = (struct Pair*)calloc(1, sizeof *pair);
  char* stacks = (char*)malloc(2 * kStackBytes);
  ucontext_t* made[2] = {&pair->first, &pair->second};
  for (int i = 0; i < 2; ++i) {
    getcontext(made[i]);
    made[i]->uc_stack.ss_sp = stacks + i * kStackBytes;
    made[i]->uc_stack.ss_size = kStackBytes;
    made[i]->uc_link = &pair->main;
  }
  makecontext(&pair->first, (void (*)(void))runFirst, 3, which, 20, 3);
  makecontext(&pair->second, (void (*)(void))runSecond, 1, which);
  swapcontext(&pair->main, &pair->first);
  printf("%d %d\n", pair->turns, pair->arguments);
  free(stacks);
  free(pair);
  return NULL;
}

int main(void) {
  int numbers[2] = {0, 1};
  pthread_t other;
  work(&numbers[0]);
  pthread_create(&other, NULL, work, &numbers[1]);
  pthread_join(other, NULL);
  return 0;
}
