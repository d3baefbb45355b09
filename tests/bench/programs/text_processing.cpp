// Bench: groups=kernels; args=40000; quick=2500; valgrind=300
// Byte by byte through text: counts lines, words and letters, turns case, and reverses words in place. The argument
// counts kilobytes.
#include "../support.h"

#include <algorithm>
#include <string>

struct Counts {
  uint64_t lines = 0, words = 0, letters[26] = {};
};

static bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

static void count(Counts& counts, const char* text, Range part) {
  bool inWord = false;
  for (long i = part.first; i < part.last; ++i) {
    counts.lines += text[i] == '\n';
    counts.words += isLetter(text[i]) && !inWord;
    inWord = isLetter(text[i]);
    if (inWord) ++counts.letters[(text[i] | 0x20) - 'a'];
  }
}

static void turnCase(char* text, Range part) {
  for (long i = part.first; i < part.last; ++i)
    if (isLetter(text[i])) text[i] ^= 0x20;
}

static void reverseWords(char* text, Range part) {
  for (long i = part.first; i < part.last;) {
    long end = i;
    while (end < part.last && isLetter(text[end])) ++end;
    for (long low = i, high = end - 1; low < high; ++low, --high) std::swap(text[low], text[high]);
    i = end + 1;
  }
}

static std::string randomText(size_t size) {
  static const char alphabet[] = "etaoinshrdluETAOIN cmfwyp  gbvk, x. \n";
  std::string text(size, ' ');
  uint64_t seed = 23;
  for (char& letter : text) letter = alphabet[randomBelow(&seed, sizeof alphabet - 1)];
  return text;
}

int main(int argc, char** argv) {
  long size = argumentOr(argc, argv, 1, 40000) * 1024;
  int threads = int(argumentOr(argc, argv, 2, 2));
  std::string text = randomText(size_t(size));
  std::vector<Counts> counts(threads);
  onThreads(threads, [&](int index) {
    Range mine = shareOf(size, threads, index);
    count(counts[index], text.data(), mine);
    turnCase(text.data(), mine);
    reverseWords(text.data(), mine);
  });
  uint64_t sum = 0;
  for (const Counts& part : counts) {
    sum = fold(fold(sum, part.lines), part.words);
    for (uint64_t letters : part.letters) sum = fold(sum, letters);
  }
  for (char letter : text) sum = fold(sum, uint64_t(letter));
  printChecksum(sum);
}
