// Bench: groups=kernels affine; args=1000 800; quick=300 40; valgrind=150 10
// Heat spreads over a square plate: each sweep averages the four neighbours; threads own bands of rows and meet at a
// barrier after each sweep.
#include "../support.h"

#include <pthread.h>

typedef struct {
  float *from, *to;
  long size, sweeps;
  Range rows;
  pthread_barrier_t* barrier;
} Band;

static void sweepRow(const float* from, float* to, long size, long row) {
  const float *above = from + (row - 1) * size, *here = from + row * size, *below = from + (row + 1) * size;
  for (long x = 1; x < size - 1; ++x) to[row * size + x] = 0.25f * (above[x] + below[x] + here[x - 1] + here[x + 1]);
}

static void* relaxBand(void* argument) {
  Band* band = argument;
  float *from = band->from, *to = band->to;
  for (long sweep = 0; sweep < band->sweeps; ++sweep) {
    for (long row = band->rows.first; row < band->rows.last; ++row) sweepRow(from, to, band->size, row + 1);
    pthread_barrier_wait(band->barrier);
    float* previous = from;
    from = to;
    to = previous;
  }
  return NULL;
}

static float* newPlate(long size) {
  float* plate = calloc((size_t)(size * size), sizeof *plate);
  for (long x = 0; x < size; ++x) plate[x] = 100.0f;
  return plate;
}

int main(int argc, char** argv) {
  long size = argumentOr(argc, argv, 1, 1000), sweeps = argumentOr(argc, argv, 2, 800);
  int threads = (int)argumentOr(argc, argv, 3, 2);
  float *one = newPlate(size), *other = newPlate(size);
  pthread_barrier_t barrier;
  pthread_barrier_init(&barrier, NULL, (unsigned)threads);
  pthread_t* ids = calloc((size_t)threads, sizeof *ids);
  Band* bands = calloc((size_t)threads, sizeof *bands);
  for (int i = 0; i < threads; ++i) {
    bands[i] = (Band){one, other, size, sweeps, shareOf(size - 2, threads, i), &barrier};
    pthread_create(&ids[i], NULL, relaxBand, &bands[i]);
  }
  for (int i = 0; i < threads; ++i) pthread_join(ids[i], NULL);
  const float* plate = sweeps % 2 ? other : one;
  uint64_t sum = 0;
  for (long i = 0; i < size * size; ++i) sum = foldDouble(sum, plate[i]);
  printChecksum(sum);
  pthread_barrier_destroy(&barrier);
  free(one), free(other), free(ids), free(bands);
}
