// Intent: two threads write under two different GMutexes; a condition with a third does not help.
// Primitive: GLib GMutex, GLib GCond, GLib thread
// Languages: C C++
// Packages: glib-2.0
// Expect: lost update|data race on 'shared' at FIRST, SECOND
#include <glib.h>
#include <stdio.h>

#include "invisible.h"

static GMutex one, two;
static GCond condition;
static int shared;
static InvisibleTurns turns;

static gpointer first(gpointer unused) {
  g_mutex_lock(&one);
  shared += 1;  // RACE-FIRST
  g_cond_signal(&condition);
  g_mutex_unlock(&one);
  invisiblePass(&turns);
  return NULL;
}

static gpointer second(gpointer unused) {
  invisibleAwait(&turns, 1);
  g_mutex_lock(&two);
  g_cond_wait_until(&condition, &two, g_get_monotonic_time() + 1000);
  shared += 1;  // RACE-SECOND
  g_mutex_unlock(&two);
  return NULL;
}

int main(void) {
  GThread* a = g_thread_new("first", first, NULL);
  GThread* b = g_thread_new("second", second, NULL);
  g_thread_join(a);
  g_thread_join(b);
  printf("%d\n", shared);
  return 0;
}
