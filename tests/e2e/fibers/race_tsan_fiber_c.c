// Intent: after a switch with the flag for no order, a fiber reads what its thread's first fiber writes.
// Expect: data race on 'message' at WRITE, READ
// Says: reader
// Primitive: __tsan_*_fiber
// Languages: C C++
#include <stdio.h>

#include "tsan_fiber_c.h"

int message = 0, seen = 0;

int main(void) {
  if (!__tsan_create_fiber) return puts("1") < 0;  // built without Snag
  void* first = __tsan_get_current_fiber();
  void* reader = __tsan_create_fiber(0);
  __tsan_set_fiber_name(reader, "reader");
  message = 1;  // RACE-WRITE
  __tsan_switch_to_fiber(reader, __tsan_switch_to_fiber_no_sync);
  seen = message;  // RACE-READ
  __tsan_switch_to_fiber(first, 0);
  __tsan_destroy_fiber(reader);
  printf("%d\n", seen);
  return 0;
}
