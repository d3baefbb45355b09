// Intent: a file on disk orders nobody, even if one thread reads what another one wrote.
// Expect: data race on 'message' at WRITE, READ
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <thread>

#include "invisible.h"

int message = 0;
InvisibleTurns turns;

int main() {
  char path[] = "/tmp/regular_file_XXXXXX";
  int file = mkstemp(path);
  if (file < 0) return 1;
  unlink(path);
  std::thread writer([file] {
    message = 7;  // RACE-WRITE
    if (write(file, "m", 1) != 1) std::puts("nothing written");
    lseek(file, 0, SEEK_SET);
    invisiblePass(&turns);
  });
  std::thread reader([file] {
    invisibleAwait(&turns, 1);
    char byte = 0;
    ssize_t count = read(file, &byte, 1);
    std::printf("%zd %c %d\n", count, byte, message);  // RACE-READ
  });
  writer.join();
  reader.join();
}
