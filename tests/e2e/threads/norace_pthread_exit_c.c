// Intent: a thread that leaves through pthread_exit from a nested call runs its cleanup, and join orders it.
// Expect: silent
// Primitive: pthread_exit
// Languages: C C++
#include <pthread.h>
#include <stdio.h>

static int cleaned = 0;
static int written = 0;

static void cleanUp(void* unused) {
  (void)unused;
  cleaned += 1;
}

static void leave(void) {
  written = 7;
  pthread_exit(&written);
}

static void* work(void* unused) {
  pthread_cleanup_push(cleanUp, 0);
  leave();
  pthread_cleanup_pop(0);
  return unused;
}

int main(void) {
  pthread_t thread;
  void* result = 0;
  pthread_create(&thread, 0, work, 0);
  pthread_join(thread, &result);
  printf("%d %d\n", *(int*)result, cleaned);
  return 0;
}
