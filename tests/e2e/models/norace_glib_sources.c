// Intent: idle and timeout sources that are made first and attached then, and a value that g_once makes, hand data over.
// Primitive: GLib main context, GLib once
// Languages: C C++
// Packages: glib-2.0
// Expect: silent
#include <glib.h>
#include <stdio.h>

#include "invisible.h"

static GMainLoop* loop;
static int payload, sum, made, results[2];
static GOnce once = G_ONCE_INIT;
static InvisibleTurns turns;

static gboolean receive(gpointer value) {
  sum += payload + *(int*)value;
  return G_SOURCE_REMOVE;
}

static gboolean stop(gpointer unused) {
  (void)unused;
  g_main_loop_quit(loop);
  return G_SOURCE_REMOVE;
}

static void attach(GSource* source, GSourceFunc function, gpointer data, GDestroyNotify notify) {
  g_source_set_callback(source, function, data, notify);
  g_source_attach(source, NULL);
  g_source_unref(source);
}

static gpointer post(gpointer unused) {
  int* value = g_new(int, 1);
  *value = 3;
  payload = 5;
  attach(g_idle_source_new(), receive, value, g_free);
  attach(g_timeout_source_new(20), stop, NULL, NULL);
  return unused;
}

static gpointer make(gpointer unused) {
  made = 7;
  return unused;
}

// The second thread comes when all is done, and asks only the macro.
static gpointer use(gpointer which) {
  const int index = GPOINTER_TO_INT(which);
  invisibleAwait(&turns, index);
  g_once(&once, make, NULL);
  results[index] = made;
  invisiblePass(&turns);
  return NULL;
}

int main(void) {
  loop = g_main_loop_new(NULL, FALSE);
  GThread* poster = g_thread_new("poster", post, NULL);
  g_main_loop_run(loop);
  g_thread_join(poster);
  GThread* first = g_thread_new("first", use, GINT_TO_POINTER(0));
  GThread* second = g_thread_new("second", use, GINT_TO_POINTER(1));
  g_thread_join(first);
  g_thread_join(second);
  g_main_loop_unref(loop);
  printf("%d %d\n", sum, results[0] + results[1]);
  return 0;
}
