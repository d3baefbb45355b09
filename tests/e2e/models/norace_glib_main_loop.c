// Intent: what is handed to a main loop of another thread, and counted objects that any thread may drop last.
// Primitive: GLib main context, GLib GObject counts, GLib GBytes
// Languages: C C++
// Packages: glib-2.0 gobject-2.0
// Expect: silent
#include <glib-object.h>
#include <stdio.h>

static GMainLoop* loop;
static int handed = 0, invoked = 0, finalised = 0;

typedef struct {
  int payload;
} Message;

static gboolean receive(gpointer data) {
  Message* message = (Message*)data;
  handed += message->payload;
  g_free(message);
  return G_SOURCE_REMOVE;
}

static gboolean leave(gpointer unused) {
  g_main_loop_quit(loop);
  return G_SOURCE_REMOVE;
}

static gpointer post(gpointer unused) {
  for (int i = 0; i < 50; ++i) {
    Message* message = g_new(Message, 1);
    message->payload = i;
    if (i % 2)
      g_idle_add(receive, message);
    else
      g_main_context_invoke(NULL, receive, message);
  }
  g_idle_add(leave, NULL);
  return NULL;
}

static void forgetData(gpointer data) {
  *(int*)data += 1;
  g_free(data);
  g_atomic_int_inc(&finalised);
}

static gpointer useObject(gpointer object) {
  int* data = (int*)g_object_get_data((GObject*)object, "data");
  (void)*data;
  g_object_unref(object);
  return NULL;
}

static gpointer useBytes(gpointer bytes) {
  gsize size;
  const int* data = (const int*)g_bytes_get_data((GBytes*)bytes, &size);
  (void)*data;
  g_bytes_unref((GBytes*)bytes);
  return NULL;
}

int main(void) {
  loop = g_main_loop_new(NULL, FALSE);
  GThread* poster = g_thread_new("poster", post, NULL);
  g_main_loop_run(loop);
  g_thread_join(poster);
  for (int round = 0; round < 20; ++round) {
    GObject* object = (GObject*)g_object_new(G_TYPE_OBJECT, NULL);
    int* data = g_new(int, 1);
    *data = round;
    g_object_set_data_full(object, "data", data, forgetData);
    GThread* other = g_thread_new("user", useObject, g_object_ref(object));
    useObject(object);
    int* block = g_new(int, 8);
    block[0] = round;
    GBytes* bytes = g_bytes_new_with_free_func(block, 8 * sizeof *block, forgetData, block);
    GThread* another = g_thread_new("reader", useBytes, g_bytes_ref(bytes));
    useBytes(bytes);
    g_thread_join(other);
    g_thread_join(another);
  }
  printf("%d %d %d\n", handed, invoked, finalised);
  return 0;
}
