// Intent: switches, gotos, variable-length arrays and variadic functions compute the same checked or not.
// Expect: silent
// Flags: -Wno-vla-cxx-extension -Wno-vla-extension
#include <cstdarg>
#include <cstdio>
#include <thread>

long sumOf(int count, ...) {
  va_list values;
  va_start(values, count);
  long sum = 0;
  for (int i = 0; i < count; ++i) sum += va_arg(values, int);
  va_end(values);
  return sum;
}

long compute(int size) {
  int cells[size];
  int i = 0;
again:
  switch (i % 4) {
    case 0:
      cells[i] = int(sumOf(3, i, 2 * i, 3));
      break;
    case 1:
      cells[i] = -i;
      [[fallthrough]];
    case 2:
      cells[i] = i > 0 ? cells[i - 1] ^ i : 5;
      break;
    default:
      cells[i] = 1;
  }
  if (++i < size) goto again;
  long sum = 0;
  for (int k = 0; k < size; ++k) sum += cells[k];
  return sum;
}

int main() {
  long sums[2];
  std::thread first([&sums] { sums[0] = compute(1000); });
  std::thread second([&sums] { sums[1] = compute(333); });
  first.join();
  second.join();
  std::printf("%ld %ld\n", sums[0], sums[1]);
}
