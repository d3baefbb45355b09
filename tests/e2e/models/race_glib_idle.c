// Intent: a thread writes after it has handed work to the main loop, and the object it still uses counts one reference.
// Primitive: GLib main context, GLib GObject counts, GLib GBytes
// Languages: C C++
// Packages: glib-2.0 gobject-2.0
// Expect: data race on 'payload' at WRITE, READ
#include <glib-object.h>
#include <stdio.h>

#include "invisible.h"

static GMainLoop* loop;
static int payload, seen;
static InvisibleTurns turns;

static gboolean receive(gpointer unused) {
  invisibleAwait(&turns, 1);
  seen = payload;  // RACE-READ
  g_main_loop_quit(loop);
  return G_SOURCE_REMOVE;
}

static gpointer post(gpointer object) {
  g_object_unref(object);
  g_idle_add(receive, NULL);
  payload = 5;  // RACE-WRITE
  invisiblePass(&turns);
  return NULL;
}

int main(void) {
  GObject* object = (GObject*)g_object_new(G_TYPE_OBJECT, NULL);
  loop = g_main_loop_new(NULL, FALSE);
  GThread* poster = g_thread_new("poster", post, g_object_ref(object));
  g_main_loop_run(loop);
  g_thread_join(poster);
  g_object_unref(object);
  printf("%d\n", seen);
  return 0;
}
