// Intent: the sender goes on writing to the message after it has been pushed.
// Primitive: GLib GAsyncQueue, GLib GRecMutex, GLib GRWLock, GLib thread
// Languages: C C++
// Packages: glib-2.0
// Expect: data race on 'message|got' at WRITE, READ
#include <glib.h>
#include <stdio.h>

#include "invisible.h"

static GAsyncQueue* queue;
static GRecMutex recursive;
static GRWLock readers;
static int message, seen;
static InvisibleTurns turns;

static gpointer receive(gpointer unused) {
  int* got = (int*)g_async_queue_pop(queue);
  invisibleAwait(&turns, 1);
  g_rec_mutex_lock(&recursive);
  seen = *got;  // RACE-READ
  g_rec_mutex_unlock(&recursive);
  return NULL;
}

int main(void) {
  queue = g_async_queue_new();
  GThread* receiver = g_thread_new("receiver", receive, NULL);
  g_async_queue_push(queue, &message);
  g_rw_lock_writer_lock(&readers);
  message = 7;  // RACE-WRITE
  g_rw_lock_writer_unlock(&readers);
  invisiblePass(&turns);
  g_thread_join(receiver);
  printf("%d\n", seen);
  return 0;
}
