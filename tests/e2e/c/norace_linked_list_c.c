// Intent: a linked list grows and shrinks under a mutex, its nodes come from malloc.
// Expect: silent
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

struct Node {
  struct Node* next;
  int value;
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static struct Node* head = 0;

static void push(int value) {
  struct Node* node = malloc(sizeof *node);
  node->value = value;
  pthread_mutex_lock(&mutex);
  node->next = head;
  head = node;
  pthread_mutex_unlock(&mutex);
}

static int pop(void) {
  pthread_mutex_lock(&mutex);
  struct Node* node = head;
  if (node) head = node->next;
  pthread_mutex_unlock(&mutex);
  if (!node) return -1;
  int value = node->value;
  free(node);
  return value;
}

static void* work(void* result) {
  long sum = 0;
  for (int i = 0; i < 300; ++i) {
    push(1);
    if (i % 2) sum += pop();
  }
  *(long*)result = sum;
  return 0;
}

int main(void) {
  long sums[3];
  pthread_t threads[3];
  for (int i = 0; i < 3; ++i) pthread_create(&threads[i], 0, work, &sums[i]);
  for (int i = 0; i < 3; ++i) pthread_join(threads[i], 0);
  long total = sums[0] + sums[1] + sums[2];
  for (int value = pop(); value >= 0; value = pop()) total += value;
  printf("%ld\n", total);
  return 0;
}
