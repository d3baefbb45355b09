// Intent: a thread goes on writing to what it has handed over by sources of its own and of the library, and by an invocation.
// Primitive: GLib main context, GLib custom sources
// Languages: C C++
// Packages: glib-2.0
// Expect: data race on 'payload' at WRITE, READ
// Expect: data race on 'fromDescriptor' at WRITE-DESCRIPTOR, READ-DESCRIPTOR
// Expect: data race on 'invoked' at WRITE-INVOKED, READ-INVOKED
#include <glib-unix.h>
#include <glib.h>
#include <stdio.h>
#include <unistd.h>

#include "invisible.h"

static GMainContext* context;
static GMainLoop* loop;
static int payload, invoked, fromDescriptor, readable[2], seen;
static InvisibleTurns turns;

static gboolean isReady(GSource* source, int* timeout) { return source != NULL && timeout != NULL; }

static gboolean dispatch(GSource* source, GSourceFunc function, gpointer data) {
  invisibleAwait(&turns, 2);
  seen += payload;  // RACE-READ
  return source == NULL || function != NULL || data != NULL;
}

static GSourceFuncs functions = {isReady, NULL, dispatch, NULL, NULL, NULL};

static gboolean takeFromDescriptor(int descriptor, GIOCondition condition, gpointer data) {
  invisibleAwait(&turns, 2);
  seen += fromDescriptor;  // RACE-READ-DESCRIPTOR
  g_main_loop_quit(loop);
  return descriptor < 0 || condition == 0 || data != NULL;
}

static gboolean takeInvoked(gpointer unused) {
  invisibleAwait(&turns, 2);
  seen += invoked;  // RACE-READ-INVOKED
  return unused != NULL;
}

static gpointer serve(gpointer unused) {
  g_main_context_push_thread_default(context);
  invisibleAwait(&turns, 1);
  g_main_loop_run(loop);
  g_main_context_pop_thread_default(context);
  return unused;
}

int main(void) {
  char byte = 1;
  context = g_main_context_new();
  loop = g_main_loop_new(context, FALSE);
  if (pipe(readable) != 0 || write(readable[1], &byte, 1) != 1) return 1;
  GThread* server = g_thread_new("server", serve, NULL);

  GSource* source = g_source_new(&functions, sizeof *source);
  g_source_attach(source, context);
  g_main_context_invoke(context, takeInvoked, NULL);
  GSource* descriptor = g_unix_fd_source_new(readable[0], G_IO_IN);
  g_source_set_callback(descriptor, (GSourceFunc)(void (*)(void))takeFromDescriptor, NULL, NULL);
  g_source_attach(descriptor, context);
  invisiblePass(&turns);
  payload = 1;         // RACE-WRITE
  fromDescriptor = 1;  // RACE-WRITE-DESCRIPTOR
  invoked = 1;         // RACE-WRITE-INVOKED
  invisiblePass(&turns);

  g_thread_join(server);
  g_source_unref(descriptor);
  g_source_unref(source);
  g_main_loop_unref(loop);
  g_main_context_unref(context);
  printf("%d\n", seen);
  return 0;
}
