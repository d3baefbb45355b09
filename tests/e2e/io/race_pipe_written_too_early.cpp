// Intent: the byte is sent before the data is ready, and the reader looks at once.
// Expect: data race on 'message' at WRITE, READ
// Primitive: pipe
#include <unistd.h>

#include <cstdio>
#include <thread>

#include "invisible.h"

int message = 0;
InvisibleTurns turns;

int main() {
  int ends[2];
  if (pipe(ends) != 0) return 1;
  std::thread writer([&ends] {
    if (write(ends[1], "m", 1) != 1) std::puts("nothing written");
    message = 7;  // RACE-WRITE
    invisiblePass(&turns);
  });
  std::thread reader([&ends] {
    char byte = 0;
    ssize_t count = read(ends[0], &byte, 1);
    invisibleAwait(&turns, 1);
    std::printf("%zd %d\n", count, message);  // RACE-READ
  });
  writer.join();
  reader.join();
}
