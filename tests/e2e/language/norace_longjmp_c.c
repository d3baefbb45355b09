// Intent: setjmp and longjmp between lock operations, in C.
// Expect: silent
// Primitive: longjmp
// Languages: C C++
#include <pthread.h>
#include <setjmp.h>
#include <stdio.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int counter = 0;

static void addAndJump(jmp_buf* back, int depth) {
  if (depth > 0) addAndJump(back, depth - 1);
  pthread_mutex_lock(&mutex);
  counter += 1;
  pthread_mutex_unlock(&mutex);
  longjmp(*back, 1);
}

static void* work(void* unused) {
  for (volatile int i = 0; i < 100; i = i + 1) {
    jmp_buf back;
    if (setjmp(back) == 0) addAndJump(&back, i % 10);
  }
  return unused;
}

int main(void) {
  pthread_t threads[2];
  for (int i = 0; i < 2; ++i) pthread_create(&threads[i], 0, work, 0);
  for (int i = 0; i < 2; ++i) pthread_join(threads[i], 0);
  printf("%d\n", counter);
  return 0;
}
