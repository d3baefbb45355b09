// Bench: groups=kernels; args=48; quick=3; valgrind=1
// SHA-256 of blocks of data, byte by byte as the standard describes it; threads hash parts of one buffer. The argument
// counts megabytes.
#include "../support.h"

#include <pthread.h>

static const uint32_t kRound[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

typedef struct {
  uint32_t state[8];
  uint8_t block[64];
  size_t filled;
  uint64_t bytes;
} Hash;

static uint32_t rotate(uint32_t x, int bits) { return (x >> bits) | (x << (32 - bits)); }

static void compress(Hash* hash) {
  uint32_t w[64], s[8];
  for (int i = 0; i < 16; ++i) {
    const uint8_t* b = hash->block + 4 * i;
    w[i] = (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
  }
  for (int i = 16; i < 64; ++i) {
    uint32_t low = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ (w[i - 15] >> 3);
    uint32_t high = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ (w[i - 2] >> 10);
    w[i] = w[i - 16] + low + w[i - 7] + high;
  }
  memcpy(s, hash->state, sizeof s);
  for (int i = 0; i < 64; ++i) {
    uint32_t choice = (s[4] & s[5]) ^ (~s[4] & s[6]), majority = (s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]);
    uint32_t one = s[7] + (rotate(s[4], 6) ^ rotate(s[4], 11) ^ rotate(s[4], 25)) + choice + kRound[i] + w[i];
    uint32_t two = (rotate(s[0], 2) ^ rotate(s[0], 13) ^ rotate(s[0], 22)) + majority;
    memmove(s + 1, s, 7 * sizeof *s);
    s[4] += one;
    s[0] = one + two;
  }
  for (int i = 0; i < 8; ++i) hash->state[i] += s[i];
}

static void addByte(Hash* hash, uint8_t byte) {
  hash->block[hash->filled++] = byte;
  if (hash->filled < sizeof hash->block) return;
  compress(hash);
  hash->filled = 0;
}

static void start(Hash* hash) {
  static const uint32_t first[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                    0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  memcpy(hash->state, first, sizeof first);
  hash->filled = 0;
  hash->bytes = 0;
}

static void add(Hash* hash, const uint8_t* data, size_t size) {
  hash->bytes += size;
  for (size_t i = 0; i < size; ++i) addByte(hash, data[i]);
}

static void finish(Hash* hash) {
  addByte(hash, 0x80);
  while (hash->filled != 56) addByte(hash, 0);
  for (int shift = 56; shift >= 0; shift -= 8) addByte(hash, (uint8_t)(hash->bytes * 8 >> shift));
}

typedef struct {
  const uint8_t* data;
  Range part;
  Hash hash;
} Job;

static void* runJob(void* argument) {
  Job* job = argument;
  start(&job->hash);
  add(&job->hash, job->data + job->part.first, (size_t)(job->part.last - job->part.first));
  finish(&job->hash);
  return NULL;
}

int main(int argc, char** argv) {
  long size = argumentOr(argc, argv, 1, 48) * 1024 * 1024;
  int threads = (int)argumentOr(argc, argv, 2, 2);
  uint8_t* data = malloc((size_t)size);
  for (long i = 0; i < size; ++i) data[i] = (uint8_t)(i * 31 >> 3);
  Job* jobs = calloc((size_t)threads, sizeof *jobs);
  pthread_t* ids = calloc((size_t)threads, sizeof *ids);
  for (int i = 0; i < threads; ++i) {
    jobs[i].data = data;
    jobs[i].part = shareOf(size, threads, i);
    pthread_create(&ids[i], NULL, runJob, &jobs[i]);
  }
  uint64_t sum = 0;
  for (int i = 0; i < threads; ++i) {
    pthread_join(ids[i], NULL);
    for (int k = 0; k < 8; ++k) sum = fold(sum, jobs[i].hash.state[k]);
  }
  printChecksum(sum);
  free(data), free(jobs), free(ids);
}
