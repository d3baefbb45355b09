// Intent: a shared_mutex that the thread holds for writing is locked again: it would wait for itself.
// Expect: self-deadlock on 'table' at AGAIN, FIRST
// Exit: 3
// Primitive: std::shared_mutex, self-deadlock
#include <unistd.h>

#include <shared_mutex>
#include <system_error>

std::shared_mutex table;

int main() {
  table.lock();  // RACE-FIRST
  try {
    table.lock();  // RACE-AGAIN
  } catch (const std::system_error&) {
    _exit(3);
  }
}
