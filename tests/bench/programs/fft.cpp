// Bench: groups=kernels; args=640 14; quick=16 12; valgrind=4 11
// Fast Fourier transforms of a batch of signals and back; the threads share the table of roots of unity.
#include "../support.h"

#include <cmath>
#include <utility>

struct Complex {
  double re, im;
};

static Complex operator+(Complex a, Complex b) { return {a.re + b.re, a.im + b.im}; }
static Complex operator-(Complex a, Complex b) { return {a.re - b.re, a.im - b.im}; }
static Complex operator*(Complex a, Complex b) { return {a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re}; }

using Signal = std::vector<Complex>;

static Signal rootsOfUnity(size_t size) {
  Signal roots(size / 2);
  for (size_t i = 0; i < roots.size(); ++i) {
    double angle = -2 * M_PI * double(i) / double(size);
    roots[i] = {std::cos(angle), std::sin(angle)};
  }
  return roots;
}

static void reverseBits(Signal& signal) {
  for (size_t i = 1, j = 0; i < signal.size(); ++i) {
    size_t bit = signal.size() / 2;
    for (; j & bit; bit /= 2) j ^= bit;
    j ^= bit;
    if (i < j) std::swap(signal[i], signal[j]);
  }
}

static void transform(Signal& signal, const Signal& roots) {
  reverseBits(signal);
  for (size_t half = 1; half < signal.size(); half *= 2) {
    size_t stride = signal.size() / (2 * half);
    for (size_t start = 0; start < signal.size(); start += 2 * half) {
      for (size_t i = 0; i < half; ++i) {
        Complex even = signal[start + i], odd = signal[start + i + half] * roots[i * stride];
        signal[start + i] = even + odd;
        signal[start + i + half] = even - odd;
      }
    }
  }
}

static uint64_t transformTwice(Signal& signal, const Signal& roots) {
  transform(signal, roots);
  uint64_t sum = 0;
  for (Complex value : signal) sum += uint64_t(int64_t(value.re * 1000));
  transform(signal, roots);  // twice is the signal itself, reversed and scaled
  for (Complex value : signal) sum += uint64_t(int64_t(std::lround(value.re)));
  return sum;
}

int main(int argc, char** argv) {
  long signals = argumentOr(argc, argv, 1, 640);
  size_t size = size_t(1) << argumentOr(argc, argv, 2, 14);
  int threads = int(argumentOr(argc, argv, 3, 2));
  Signal roots = rootsOfUnity(size);
  std::vector<uint64_t> sums(signals);
  onThreads(threads, [&](int index) {
    Range mine = shareOf(signals, threads, index);
    Signal signal(size);
    for (long number = mine.first; number < mine.last; ++number) {
      uint64_t seed = uint64_t(number) + 1;
      for (Complex& value : signal) value = {double(randomBelow(&seed, 2001)) - 1000, 0};
      sums[number] = transformTwice(signal, roots);
    }
  });
  uint64_t sum = 0;
  for (uint64_t part : sums) sum = fold(sum, part);
  printChecksum(sum);
}
