// Intent: a byte through a pipe, and then the pipe's end, hand data from the writer to the reader.
// Expect: silent
// Primitive: pipe
#include <unistd.h>

#include <cstdio>
#include <thread>

int message = 0;
int farewell = 0;

int main() {
  int ends[2];
  if (pipe(ends) != 0) return 1;
  std::thread writer([&ends] {
    message = 7;
    if (write(ends[1], "m", 1) != 1) std::puts("nothing written");
    farewell = 8;
    close(ends[1]);
  });
  std::thread reader([&ends] {
    char byte = 0;
    ssize_t first = read(ends[0], &byte, 1);
    int seen = message;
    ssize_t second = read(ends[0], &byte, 1);
    std::printf("%zd %c %d, %zd %d\n", first, byte, seen, second, farewell);
  });
  writer.join();
  reader.join();
}
