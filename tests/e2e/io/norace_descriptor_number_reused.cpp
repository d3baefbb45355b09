// Intent: a descriptor that was a file is closed in each of the ways there are, and its number is then a pipe's.
// Expect: silent
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <thread>

int messages[4];
int right = 0;

// Reads something, so that it is known what the descriptor is.
void readFrom(int file) {
  char byte;
  if (read(file, &byte, 1) != 1) std::puts("empty");
}

void handOver(int round, const int* ends) {
  std::thread writer([=] {
    messages[round] = round;
    if (write(ends[1], "m", 1) != 1) std::puts("nothing written");
  });
  std::thread reader([=] {
    readFrom(ends[0]);
    right += messages[round] == round;
  });
  writer.join();
  reader.join();
}

int main() {
  const char* path = "/proc/self/cmdline";
  int ends[2];
  int file = open(path, O_RDONLY);
  int other = open(path, O_RDONLY);
  readFrom(file);
  readFrom(other);
  close(file);
  close(other);
  if (pipe(ends) != 0) return 1;
  handOver(0, ends);

  FILE* stream = std::fopen(path, "r");
  readFrom(fileno(stream));
  int fresh[2];
  int numberOfStream = fileno(stream);
  std::fclose(stream);
  if (pipe(fresh) != 0) return 1;
  right += fresh[0] == numberOfStream;
  handOver(1, fresh);

  file = open(path, O_RDONLY);
  readFrom(file);
  dup2(fresh[1], file);
  int mixed[2] = {fresh[0], file};
  handOver(2, mixed);

  file = open(path, O_RDONLY);
  readFrom(file);
  dup3(fresh[1], file, O_CLOEXEC);
  int again[2] = {fresh[0], file};
  handOver(3, again);
  std::printf("%d\n", right);
}
