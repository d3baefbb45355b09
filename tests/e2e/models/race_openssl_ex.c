// Intent: one thread fills a buffer that another gives to BIO_write_ex.
// Primitive: OpenSSL buffers
// Languages: C C++
// Packages: openssl
// Expect: data race on 'buffer' at FILL, GIVE
#include <openssl/bio.h>
#include <pthread.h>
#include <stdio.h>

#include "invisible.h"

static char buffer[64];
static InvisibleTurns turns;

static void* give(void* unused) {
  BIO* channel = BIO_new(BIO_s_mem());
  size_t written = 0;
  invisibleAwait(&turns, 1);
  BIO_write_ex(channel, buffer, sizeof buffer, &written);  // RACE-GIVE
  BIO_free(channel);
  printf("%zu\n", written);
  return unused;
}

int main(void) {
  pthread_t thread;
  pthread_create(&thread, NULL, give, NULL);
  buffer[3] = 1;  // RACE-FILL
  invisiblePass(&turns);
  pthread_join(thread, NULL);
}
