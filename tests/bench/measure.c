// measure OUTPUT ERRORS PROGRAM ARGUMENT...: runs a program and prints what it cost.
// A small process of its own, because Linux counts the memory of whoever starts a program as part of that program's
// peak: started by Python, nothing would seem to need less than Python.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(struct timeval time) { return (double)time.tv_sec + (double)time.tv_usec * 1e-6; }

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static void sendTo(const char* path, int descriptor) {
  int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (file < 0 || dup2(file, descriptor) < 0) _exit(126);
}

int main(int argc, char** argv) {
  if (argc < 4) return fprintf(stderr, "usage: measure OUTPUT ERRORS PROGRAM ARGUMENT...\n"), 64;
  double began = now();
  pid_t child = fork();
  if (child < 0) return perror("measure: fork"), 1;
  if (child == 0) {
    sendTo(argv[1], 1);
    sendTo(argv[2], 2);
    execvp(argv[3], argv + 3);
    _exit(127);
  }
  int status = 0;
  struct rusage usage;
  if (wait4(child, &status, 0, &usage) < 0) return perror("measure: wait4"), 1;
  double wall = now() - began;
  int code = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  printf("{\"code\": %d, \"wall\": %.6f, \"user\": %.6f, \"system\": %.6f, \"memoryKb\": %ld}\n", code, wall,
         seconds(usage.ru_utime), seconds(usage.ru_stime), usage.ru_maxrss);
  return 0;
}
