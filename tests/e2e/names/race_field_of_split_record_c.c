// Intent: a private record that the optimiser splits into globals of their own; the field keeps its name.
// Expect: lost update on 'stock.second|Stock::second' at ADD, ADD
#include <pthread.h>
#include <stdio.h>

#include "invisible.h"

static struct Stock {
  unsigned char first;  // written, never read: the optimiser removes it
  unsigned short second;
} stock;
static InvisibleTurns turns;

static void* add(void* unused) {
  invisibleMeet(&turns, 2);
  stock.first = 1;
  stock.second += 1;  // RACE-ADD
  return unused;
}

int main(void) {
  pthread_t one, other;
  pthread_create(&one, 0, add, 0);
  pthread_create(&other, 0, add, 0);
  pthread_join(one, 0);
  pthread_join(other, 0);
  puts(stock.second > 0 ? "added" : "nothing");
  return 0;
}
