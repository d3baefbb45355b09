// A runtime for tests of the pass: it prints every hook call if SNAG_TRACE is set, and checks nothing.
//
// No inline test passes (the thread's half stays SNAG_NO_SEGMENT), so every check arrives here. Fixed addresses are
// reserved for the shadow that the inline tests read.
#define _GNU_SOURCE
#include "snag/hooks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

__thread SnagThread __snag_thread __attribute__((tls_model("initial-exec"))) = SNAG_UNKNOWN_THREAD;
const char __snag_runtime_is_missing__link_with_snag_clang = 0;

static int isTracing;

static void reserve(uint64_t begin, uint64_t end) {
  void* got = mmap((void*)begin, end - begin, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
  if (got != (void*)begin) {
    perror("cannot reserve the shadow");
    _exit(99);
  }
}

static void start(void) {
  static int started;
  if (started) return;
  started = 1;
  isTracing = getenv("SNAG_TRACE") != 0;
  reserve(0x500000000000, 0x510000000000);
  reserve(0x055500000000, 0x100000100000);
  reserve(0x200000000000, 0x400000100000);
}

static const char* text(const int32_t* field) { return *field ? (const char*)field + *field : "-"; }

// Where the test is made is no matter of most tests: the same name for both ways.
static void print(const char* what, const SnagSite* site, unsigned long long size) {
  if (!isTracing) return;
  if (!strncmp(what, "check_", 6)) what += 6;
  char line[1024];
  int length = snprintf(line, sizeof line, "%s %llu kind=%d variable=%s field=%s function=%s line=%u\n", what, size,
                        site->kind, text(&site->variable), text(&site->field), text(&site->function), site->line);
  if (length > (int)sizeof line - 1) length = sizeof line - 1;
  if (write(2, line, length) < 0) _exit(98);
}

#define ACCESS(name, size)                                                          \
  void __snag_##name(const void* address, const SnagSite* site, uint64_t context) { \
    (void)address, (void)context;                                                   \
    print(#name, site, size);                                                       \
  }

#define ACCESSES(size)                                                                                   \
  __attribute__((preserve_most)) ACCESS(read##size, size) __attribute__((preserve_most))                 \
  ACCESS(write##size, size)
#define CHECKS(size)                                                                                     \
  __attribute__((preserve_most)) ACCESS(check_read##size, size) __attribute__((preserve_most))           \
  ACCESS(check_write##size, size)

// clang-format off
ACCESSES(1) ACCESSES(2) ACCESSES(4) ACCESSES(8) ACCESSES(16) ACCESSES(32) ACCESSES(64)
CHECKS(1) CHECKS(2) CHECKS(4) CHECKS(8) CHECKS(16)
// clang-format on

void __snag_read_range(const void* address, uint64_t size, const SnagSite* site, uint64_t context) {
  (void)address, (void)context;
  print("read_range", site, size);
}
void __snag_write_range(const void* address, uint64_t size, const SnagSite* site, uint64_t context) {
  (void)address, (void)context;
  print("write_range", site, size);
}
void __snag_read_lane(const void* address, uint64_t size, uint32_t active, const SnagSite* site, uint64_t context) {
  (void)address, (void)context;
  print(active ? "read_lane on" : "read_lane off", site, size);
}
void __snag_write_lane(const void* address, uint64_t size, uint32_t active, const SnagSite* site, uint64_t context) {
  (void)address, (void)context;
  print(active ? "write_lane on" : "write_lane off", site, size);
}
#define LOAD(size, type)                                                                                            \
  __attribute__((preserve_most)) uint64_t __snag_atomic_load##size(const void* address, uint32_t order,             \
                                                                   const SnagSite* site, uint64_t context) {        \
    (void)context;                                                                                                  \
    print("atomic_load", site, size);                                                                               \
    if (isTracing) dprintf(2, "atomic_loaded order=%u\n", order);                                                   \
    return __atomic_load_n((const type*)address, __ATOMIC_SEQ_CST);                                                 \
  }
LOAD(1, uint8_t)
LOAD(2, uint16_t)
LOAD(4, uint32_t)
LOAD(8, uint64_t)
void __snag_atomic_enter(const void* address, uint64_t what, const SnagSite* site, uint64_t context) {
  (void)address, (void)context;
  print("atomic_enter", site, what >> SNAG_LEAVE_SIZE);
}
void __snag_atomic_leave(const void* address, uint64_t what) {
  (void)address;
  uint64_t size = what >> SNAG_LEAVE_SIZE;
  unsigned operation = what >> SNAG_LEAVE_OPERATION & 0xff, order = what & 0xff;
  if (isTracing) dprintf(2, "atomic_leave %llu operation=%u order=%u\n", (unsigned long long)size, operation, order);
}
void __snag_fence(uint32_t order) {
  if (isTracing) dprintf(2, "fence order=%u\n", order);
}
void __snag_module_begin(const SnagModule* module) {
  start();
  if (isTracing) dprintf(2, "module_begin version=%u %s\n", module->hookVersion, module->sourceName);
}
