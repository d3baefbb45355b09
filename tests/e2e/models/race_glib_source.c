// Intent: a thread writes after it has attached a source to the main loop, and after g_once has made a value.
// Primitive: GLib main context, GLib once
// Languages: C C++
// Packages: glib-2.0
// Expect: data race on 'payload' at WRITE, READ
// Expect: data race on 'late' at LATE, SEEN
#include <glib.h>
#include <stdio.h>

#include "invisible.h"

static GMainLoop* loop;
static int payload, late, seen;
static GOnce once = G_ONCE_INIT;
static InvisibleTurns turns;

static gpointer make(gpointer unused) { return unused; }

static gboolean receive(gpointer unused) {
  invisiblePass(&turns);
  invisibleAwait(&turns, 2);
  seen = payload;  // RACE-READ
  g_once(&once, make, unused);
  seen += late;  // RACE-SEEN
  g_main_loop_quit(loop);
  return G_SOURCE_REMOVE;
}

static gpointer post(gpointer unused) {
  GSource* source = g_idle_source_new();
  g_source_set_callback(source, receive, NULL, NULL);
  g_source_attach(source, NULL);
  g_source_unref(source);
  invisibleAwait(&turns, 1);
  g_once(&once, make, unused);
  payload = 5;  // RACE-WRITE
  late = 5;  // RACE-LATE
  invisiblePass(&turns);
  return unused;
}

int main(void) {
  loop = g_main_loop_new(NULL, FALSE);
  GThread* poster = g_thread_new("poster", post, NULL);
  g_main_loop_run(loop);
  g_thread_join(poster);
  printf("%d\n", seen);
  return 0;
}
