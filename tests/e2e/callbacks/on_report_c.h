// Shared by the twins: snag_on_report of a C program, which ends it if what it hears is not what happened.
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../../runtime/include/snag/snag.h"
#include "invisible.h"

struct Stats {
  int misses;
  int hits;
};
static struct Stats stats;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static InvisibleTurns turns;
static int calls;  // plain: what a callback accesses is not checked
static char* lastTitle;

static void require(int isTrue, const char* what) {
  if (isTrue) return;
  fprintf(stderr, "wrong: %s\n", what);
  abort();
}

static void requireAccess(const snag_report_access* access, const char* threadName) {
  require(access->address == (const void*)&stats.hits && access->size == sizeof(int), "place");
  require(access->is_read && access->is_write && !access->is_atomic, "kind of access");
  require(strcmp(access->thread_name, threadName) == 0 && access->thread > 0 && access->thread_id > 0, "thread");
  require(strcmp(access->function, "add") == 0 && strstr(access->file, "_on_report_c.c") != NULL, "function and file");
  require(access->line > 0 && access->column > 0, "line");
  require(access->frame_count >= 1 && access->frames[0] != NULL, "stack");
}

void snag_on_report(const snag_report* report) {
  require(report->bytes == sizeof *report && report->sequence == 1, "size and number");
  require(strcmp(report->kind, "lost update") == 0, "kind");
  require(strcmp(report->title, "lost update on 'Stats::hits' (global 'stats')") == 0, report->title);
  require(strcmp(report->object, "Stats::hits") == 0, "object");
  require(report->address == (const void*)&stats.hits && report->size == sizeof(int), "racing bytes");
  require(report->access_count == 2 && report->exit_code == 66, "two accesses, and the exit code");
  requireAccess(&report->accesses[0], "second");
  requireAccess(&report->accesses[1], "first");
  lastTitle = strdup(report->title);
  fprintf(stderr, "heard: %s\n", lastTitle);
  calls += 1;
}

static void requireCalls(int expected) {
  if (snag_acquire == NULL) return;  // built without Snag
  require(calls == expected, "number of calls");
  free(lastTitle);
}
