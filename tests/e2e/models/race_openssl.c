// Intent: a buffer is hashed while another thread fills it, and a count is read that others change atomically; a read lock is no write lock.
// Primitive: OpenSSL buffers, OpenSSL locks, OpenSSL counts
// Languages: C C++
// Packages: libcrypto
// Expect: data race on 'text|text[0]' at FILL, HASH
// Expect: data race on 'count' at COUNT, READ
// Expect: lost update|data race on 'underLock' at UNDER, UNDER
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <stdio.h>

#include "invisible.h"

static unsigned char text[64];
static int count, underLock, seen;
static CRYPTO_RWLOCK* lock;
static InvisibleTurns turns;

static void addUnderReadLock(void) {
  CRYPTO_THREAD_read_lock(lock);
  underLock += 1;  // RACE-UNDER
  CRYPTO_THREAD_unlock(lock);
}

static void* hash(void* unused) {
  int after;
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size;
  addUnderReadLock();
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  EVP_DigestInit_ex(context, EVP_sha256(), NULL);
  invisibleAwait(&turns, 1);
  EVP_DigestUpdate(context, text, sizeof text);  // RACE-HASH
  EVP_DigestFinal_ex(context, digest, &size);
  EVP_MD_CTX_free(context);
  CRYPTO_atomic_add(&count, 1, &after, NULL);  // RACE-COUNT
  invisiblePass(&turns);
  return NULL;
}

int main(void) {
  lock = CRYPTO_THREAD_lock_new();
  EVP_MD_CTX_free(EVP_MD_CTX_new());
  pthread_t thread;
  pthread_create(&thread, NULL, hash, NULL);
  text[0] = 7;  // RACE-FILL
  invisiblePass(&turns);
  invisibleAwait(&turns, 2);
  seen = count;  // RACE-READ
  addUnderReadLock();
  pthread_join(thread, NULL);
  CRYPTO_THREAD_lock_free(lock);
  printf("%d %d\n", seen, underLock);
  return 0;
}
