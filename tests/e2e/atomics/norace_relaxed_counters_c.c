// Intent: _Atomic counters of every size, also of floating point, may be used by everybody at once.
// Expect: silent
// Primitive: atomic relaxed, C11 _Atomic
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>

_Atomic uint8_t small;
atomic_ushort middle;
_Atomic(unsigned) usual;
atomic_ulong large;
_Atomic double real;

static void* count(void* unused) {
  for (int round = 0; round < 100; ++round) {
    atomic_fetch_add_explicit(&small, 1, memory_order_relaxed);
    atomic_fetch_xor_explicit(&middle, 3, memory_order_relaxed);
    atomic_fetch_sub_explicit(&usual, 2, memory_order_relaxed);
    large |= 1ul << round % 64;
    real += 0.5;
  }
  return unused;
}

int main(void) {
  pthread_t threads[4];
  for (int i = 0; i < 4; ++i) pthread_create(&threads[i], NULL, count, NULL);
  for (int i = 0; i < 4; ++i) pthread_join(threads[i], NULL);
  printf("%d %d %u %lx %.1f\n", small, middle, usual, large, real);
  return 0;
}
