// Intent: a stack without locks: nodes are pushed with a release compare-exchange, all are taken with an acquiring one.
// Expect: silent
// Primitive: compare-exchange
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>

enum { kNodes = 100 };

struct Node {
  struct Node* next;
  int value;
} nodes[2][kNodes];
_Atomic(struct Node*) head = NULL;

static void push(struct Node* node) {
  node->next = atomic_load_explicit(&head, memory_order_relaxed);
  while (!atomic_compare_exchange_weak_explicit(&head, &node->next, node, memory_order_release, memory_order_relaxed)) {
  }
}

static struct Node* takeAll(void) {
  struct Node* all = atomic_load_explicit(&head, memory_order_relaxed);
  while (!atomic_compare_exchange_weak_explicit(&head, &all, NULL, memory_order_acquire, memory_order_relaxed)) {
  }
  return all;
}

static void* fill(void* own) {
  struct Node* mine = own;
  for (int i = 0; i < kNodes; ++i) {
    mine[i].value = i;
    push(&mine[i]);
  }
  return NULL;
}

int main(void) {
  pthread_t threads[2];
  int taken = 0, sum = 0;
  for (int i = 0; i < 2; ++i) pthread_create(&threads[i], NULL, fill, nodes[i]);
  while (taken < 2 * kNodes) {
    struct Node* node = takeAll();
    if (!node) sched_yield();
    for (; node; node = node->next) {
      sum += node->value;
      ++taken;
    }
  }
  for (int i = 0; i < 2; ++i) pthread_join(threads[i], NULL);
  printf("%d\n", sum);
  return 0;
}
