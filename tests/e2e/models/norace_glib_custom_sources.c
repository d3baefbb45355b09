// Intent: sources of the program's own, attached to loops that other threads serve, hand data over; so does one on a descriptor.
// Primitive: GLib main context, GLib custom sources
// Languages: C C++
// Packages: glib-2.0
// Expect: silent
#include <glib-unix.h>
#include <glib.h>
#include <stdio.h>
#include <unistd.h>

#include "invisible.h"

typedef struct Mailbox {
  GSource source;
  int value, polls;
} Mailbox;

static GMainContext* context;
static GMainLoop* loop;
static int sum, asked, invoked, readable[2], fromDescriptor, ended;
static InvisibleTurns turns;

static gboolean prepare(GSource* source, int* timeout) {
  ((Mailbox*)source)->polls += 1;
  *timeout = 0;
  return TRUE;
}

static gboolean check(GSource* source) { return ((Mailbox*)source)->polls > 0; }

static gboolean dispatch(GSource* source, GSourceFunc function, gpointer data) {
  sum += ((Mailbox*)source)->value;
  return function(data);
}

static void finish(GSource* source) { ended += ((Mailbox*)source)->polls > 0; }

static GSourceFuncs functions = {prepare, check, dispatch, finish, NULL, NULL};

static gboolean take(gpointer data) {
  sum += *(int*)data;
  return G_SOURCE_REMOVE;
}

static gboolean takeFromDescriptor(int descriptor, GIOCondition condition, gpointer data) {
  sum += *(int*)data;
  g_main_loop_quit(loop);
  return descriptor < 0 || condition == 0;
}

static gboolean takeInvoked(gpointer data) {
  sum += *(int*)data;
  return G_SOURCE_REMOVE;
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

  Mailbox* mailbox = (Mailbox*)g_source_new(&functions, sizeof *mailbox);
  mailbox->value = 3;
  asked = 4;
  g_source_set_callback(&mailbox->source, take, &asked, NULL);
  g_source_attach(&mailbox->source, context);
  invoked = 5;
  g_main_context_invoke(context, takeInvoked, &invoked);
  GSource* descriptor = g_unix_fd_source_new(readable[0], G_IO_IN);
  fromDescriptor = 6;
  g_source_set_callback(descriptor, (GSourceFunc)(void (*)(void))takeFromDescriptor, &fromDescriptor, NULL);
  g_source_attach(descriptor, context);
  invisiblePass(&turns);

  g_thread_join(server);
  g_source_unref(descriptor);
  g_source_unref(&mailbox->source);
  g_main_loop_unref(loop);
  g_main_context_unref(context);
  printf("%d %d\n", sum, ended);
  return 0;
}
