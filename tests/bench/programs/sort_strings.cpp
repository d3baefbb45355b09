// Bench: groups=kernels; args=900000; quick=40000; valgrind=5000
// Each thread sorts its share of an array of strings, short and long; the shares are merged.
#include "../support.h"

#include <algorithm>
#include <string>

static std::string randomWord(uint64_t* seed) {
  std::string word(4 + randomBelow(seed, 24), 'a');
  for (char& letter : word) letter = char('a' + randomBelow(seed, 4));
  return word;
}

int main(int argc, char** argv) {
  long count = argumentOr(argc, argv, 1, 900000);
  int threads = int(argumentOr(argc, argv, 2, 2));
  std::vector<std::string> words(count);
  onThreads(threads, [&](int index) {
    Range mine = shareOf(count, threads, index);
    for (long i = mine.first; i < mine.last; ++i) {
      uint64_t seed = uint64_t(i) + 1;
      words[i] = randomWord(&seed);
    }
    std::sort(words.begin() + mine.first, words.begin() + mine.last);
  });
  for (int i = 1; i < threads; ++i) {
    Range next = shareOf(count, threads, i);
    std::inplace_merge(words.begin(), words.begin() + next.first, words.begin() + next.last);
  }
  uint64_t sum = std::is_sorted(words.begin(), words.end());
  for (const std::string& word : words) sum = fold(fold(sum, word.size()), uint64_t(word.back()));
  printChecksum(sum);
}
