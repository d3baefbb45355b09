// Intent: one thread reads a node of a list after another one has freed it.
// Expect: heap-use-after-free race|data race on '*' at FREE, READ
// Primitive: heap-use-after-free race, static linking
// Languages: C C++
// Mentions: ALLOCATE
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "invisible.h"

struct Node {
  struct Node* next;
  int value;
};

static InvisibleTurns turns;
int seen = 0;

static struct Node* makeNode(struct Node* next, int value) {
  struct Node* node = (struct Node*)malloc(sizeof *node);  // RACE-ALLOCATE
  node->next = next;
  node->value = value;
  return node;
}

__attribute__((noinline)) static void dispose(struct Node* node) {
  free(node);  // RACE-FREE
}

__attribute__((noinline)) static void look(const struct Node* node) {
  seen = node->value;  // RACE-READ
}

static void* runFirst(void* list) {
  dispose(((struct Node*)list)->next);
  invisiblePass(&turns);
  return NULL;
}

static void* runSecond(void* node) {
  invisibleAwait(&turns, 1);
  look((struct Node*)node);
  return NULL;
}

int main(void) {
  pthread_t one, two;
  struct Node* last = makeNode(NULL, 7);
  struct Node* list = makeNode(last, 8);
  pthread_create(&one, NULL, runFirst, list);
  pthread_create(&two, NULL, runSecond, last);
  pthread_join(one, NULL);
  pthread_join(two, NULL);
  free(list);
  printf("done\n");
  return 0;
}
