// Intent: memory that is moved by mremap or emptied by madvise under a lock is used by another thread under that lock.
// Expect: silent
// Primitive: mremap, madvise
// Languages: C C++
#define _GNU_SOURCE 1
#include <pthread.h>
#include <stdio.h>
#include <sys/mman.h>

enum { kBytes = 1 << 16, kRounds = 50 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char* memory;
static size_t bytes = kBytes;

static void* grow(void* unused) {
  for (int i = 0; i < kRounds; ++i) {
    pthread_mutex_lock(&lock);
    memory = (char*)mremap(memory, bytes, bytes + kBytes, MREMAP_MAYMOVE);
    bytes += kBytes;
    memory[bytes - 1] = 1;
    pthread_mutex_unlock(&lock);
  }
  return unused;
}

static void* drop(void* unused) {
  for (int i = 0; i < kRounds; ++i) {
    pthread_mutex_lock(&lock);
    memory[0] = 1;
    madvise(memory, kBytes, MADV_DONTNEED);
    if (memory[0] != 0) puts("not dropped");
    pthread_mutex_unlock(&lock);
  }
  return unused;
}

int main(void) {
  pthread_t one, two;
  memory = (char*)mmap(NULL, kBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  pthread_create(&one, NULL, grow, NULL);
  pthread_create(&two, NULL, drop, NULL);
  pthread_join(one, NULL);
  pthread_join(two, NULL);
  printf("%zu\n", bytes);
  munmap(memory, bytes);
  return 0;
}
