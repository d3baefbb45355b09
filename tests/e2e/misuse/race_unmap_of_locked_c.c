// Intent: memory with a locked mutex in it is unmapped.
// Expect: mutex misuse: free of a locked mutex on '*' at UNMAP, LOCK
// Primitive: pthread_mutex_t, free of a locked mutex
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <sys/mman.h>

int main(void) {
  char* memory = (char*)mmap(0, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  pthread_mutex_t* mutex = (pthread_mutex_t*)(memory + 4096);
  pthread_mutex_init(mutex, 0);
  pthread_mutex_lock(mutex);  // RACE-LOCK
  munmap(memory, 8192);       // RACE-UNMAP
  printf("done\n");
  return 0;
}
