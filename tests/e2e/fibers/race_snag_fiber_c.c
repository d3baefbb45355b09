// Intent: a switch that is called unordered orders nothing: the fiber reads what its thread's first fiber writes.
// Expect: data race on 'message' at WRITE, READ
// Says: reader
// Primitive: snag_fiber_*
// Languages: C C++
#include <stdio.h>

#include "../../../runtime/include/snag/snag.h"

int message = 0, seen = 0;

int main(void) {
  if (!snag_fiber_create) return puts("1") < 0;  // built without Snag
  void* first = snag_fiber_current();
  void* reader = snag_fiber_create();
  snag_fiber_set_name(reader, "reader");
  message = 1;  // RACE-WRITE
  snag_fiber_switch_to(reader, SNAG_FIBER_UNORDERED);
  seen = message;  // RACE-READ
  snag_fiber_switch_to(first, 0);
  snag_fiber_destroy(reader);
  printf("%d\n", seen);
  return 0;
}
