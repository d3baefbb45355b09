// Intent: the payload of a wake-up is written after it was sent, and a job of the pool while the loop reads it.
// Primitive: libuv async, libuv work queue, libuv locks and threads
// Languages: C C++
// Packages: libuv
// Expect: data race on 'payload' at WRITE, READ
// Expect: data race on 'job' at JOB, LOOP
#include <stdio.h>
#include <uv.h>

#include "invisible.h"

static uv_async_t async;
static uv_work_t work;
static int payload, got, job, seen;
static InvisibleTurns turns, jobTurns;

static void sendEarly(void* unused) {
  uv_async_send(&async);
  payload = 42;  // RACE-WRITE
  invisiblePass(&turns);
}

static void receive(uv_async_t* handle) {
  invisibleAwait(&turns, 1);
  got = payload;  // RACE-READ
  uv_close((uv_handle_t*)handle, NULL);
}

static void run(uv_work_t* request) {
  job = 1;  // RACE-JOB
  invisiblePass(&jobTurns);
}
static void after(uv_work_t* request, int status) {}

int main(void) {
  uv_loop_t* loop = uv_default_loop();
  uv_async_init(loop, &async, receive);
  uv_queue_work(loop, &work, run, after);
  invisibleAwait(&jobTurns, 1);
  seen = job;  // RACE-LOOP
  uv_thread_t sender;
  uv_thread_create(&sender, sendEarly, NULL);
  uv_run(loop, UV_RUN_DEFAULT);
  uv_thread_join(&sender);
  printf("%d %d\n", got, seen);
  return 0;
}
