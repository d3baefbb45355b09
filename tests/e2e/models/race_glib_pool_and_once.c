// Intent: two jobs of a pool write one variable, though both have passed a GOnce and count with atomics.
// Primitive: GLib GThreadPool, GLib GOnce, GLib atomic counts
// Languages: C C++
// Packages: glib-2.0
// Expect: data race on 'shared' at WRITE, WRITE
#include <glib.h>
#include <stdio.h>

#include "invisible.h"

static GOnce once = G_ONCE_INIT;
static gatomicrefcount count;
static int shared;
static InvisibleTurns turns;

static gpointer makeOnce(gpointer unused) { return &shared; }

static void work(gpointer data, gpointer unused) {
  (void)g_once_impl(&once, makeOnce, NULL);
  g_atomic_ref_count_inc(&count);
  invisibleMeet(&turns, 2);
  shared = 1;  // RACE-WRITE
}

int main(void) {
  g_atomic_ref_count_init(&count);
  GThreadPool* pool = g_thread_pool_new(work, NULL, 2, TRUE, NULL);
  g_thread_pool_push(pool, &turns, NULL);
  g_thread_pool_push(pool, &turns, NULL);
  g_thread_pool_free(pool, FALSE, TRUE);
  printf("%d\n", shared);
  return 0;
}
