// Intent: one thread fills a buffer under a lock, another gives it to BIO_write_ex and reads it back by BIO_read_ex.
// Primitive: OpenSSL buffers
// Languages: C C++
// Packages: openssl
// Expect: silent
#include <openssl/bio.h>
#include <pthread.h>
#include <stdio.h>

static char buffer[64], copy[64];
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void* give(void* unused) {
  BIO* channel = BIO_new(BIO_s_mem());
  size_t written = 0, got = 0;
  pthread_mutex_lock(&mutex);
  BIO_write_ex(channel, buffer, sizeof buffer, &written);
  BIO_read_ex(channel, copy, sizeof copy, &got);
  pthread_mutex_unlock(&mutex);
  BIO_free(channel);
  printf("%d\n", written == got);
  return unused;
}

int main(void) {
  pthread_t thread;
  pthread_create(&thread, NULL, give, NULL);
  pthread_mutex_lock(&mutex);
  buffer[3] = copy[3] + 1;
  pthread_mutex_unlock(&mutex);
  pthread_join(thread, NULL);
}
