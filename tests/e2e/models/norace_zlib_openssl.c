// Intent: buffers given to zlib and OpenSSL under a lock, and OpenSSL's own locks, counts and sessions on several threads.
// Primitive: zlib buffers, OpenSSL locks, OpenSSL buffers, OpenSSL counts
// Languages: C C++
// Packages: zlib libcrypto
// Expect: silent
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <zlib.h>

static unsigned char text[4096], packed[8192], unpacked[4096];
static uLongf packedBytes;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static CRYPTO_RWLOCK* lock;
static EVP_MD_CTX* shared;
static int underLock, count, sum;

static void* work(void* self) {
  for (int i = 0; i < 20; ++i) {
    pthread_mutex_lock(&mutex);
    memset(text, i, sizeof text);
    packedBytes = sizeof packed;
    compress(packed, &packedBytes, text, sizeof text);
    uLongf bytes = sizeof unpacked;
    uncompress(unpacked, &bytes, packed, packedBytes);
    sum += (int)(crc32(0, unpacked, (uInt)bytes) & 1) * 0;
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    EVP_DigestInit_ex(shared, EVP_sha256(), NULL);
    EVP_DigestUpdate(shared, text, sizeof text);
    EVP_DigestFinal_ex(shared, digest, &size);
    sum += (int)size;
    pthread_mutex_unlock(&mutex);
    CRYPTO_THREAD_write_lock(lock);
    underLock += 1;
    CRYPTO_THREAD_unlock(lock);
    CRYPTO_THREAD_read_lock(lock);
    int seen = underLock;
    CRYPTO_THREAD_unlock(lock);
    CRYPTO_atomic_add(&count, seen > 0, &seen, lock);
  }
  return NULL;
}

int main(void) {
  lock = CRYPTO_THREAD_lock_new();
  shared = EVP_MD_CTX_new();
  pthread_t threads[3];
  for (int i = 0; i < 3; ++i) pthread_create(&threads[i], NULL, work, NULL);
  for (int i = 0; i < 3; ++i) pthread_join(threads[i], NULL);
  EVP_MD_CTX_free(shared);
  CRYPTO_THREAD_lock_free(lock);
  printf("%d %d %d\n", underLock, count, sum);
  return 0;
}
