// Intent: a reader wants to write without letting go first: it waits for itself.
// Expect: read lock upgraded to write on 'table' at WRITE, READ
// Reference: silent
// Exit: 3
// Libraries: libstdc++ libc++
// Primitive: std::shared_mutex, read-lock upgraded to write
#include <unistd.h>

#include <mutex>
#include <shared_mutex>
#include <thread>

#include "invisible.h"

std::shared_mutex table;

int main() {
  std::thread stuck([] {
    std::shared_lock<std::shared_mutex> reading(table);  // RACE-READ
    table.lock();                                        // RACE-WRITE
  });
  invisibleSleep(200);
  _exit(3);  // the other thread never ends
}
