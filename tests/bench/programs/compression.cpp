// Bench: groups=kernels; args=50000; quick=800; valgrind=100
// LZ-style compression and decompression of blocks of text: a hash table finds earlier copies; tokens are literal runs
// and (distance, length) pairs. The argument counts kilobytes.
#include "../support.h"

#include <algorithm>

using Bytes = std::vector<uint8_t>;

constexpr size_t kBlock = 32 * 1024;
constexpr size_t kShortestCopy = 4;
constexpr size_t kLongestRun = 255;

static uint32_t hashAt(const uint8_t* bytes) {
  uint32_t word;
  memcpy(&word, bytes, sizeof word);
  return (word * 2654435761u) >> 20;
}

static void putLiterals(Bytes& packed, const uint8_t* from, const uint8_t* to) {
  while (from < to) {
    size_t length = std::min<size_t>(size_t(to - from), kLongestRun);
    packed.push_back(0);
    packed.push_back(uint8_t(length));
    packed.insert(packed.end(), from, from + length);
    from += length;
  }
}

static size_t commonLength(const uint8_t* one, const uint8_t* other, const uint8_t* end) {
  size_t length = 0;
  while (length < kLongestRun && other + length < end && one[length] == other[length]) ++length;
  return length;
}

static Bytes pack(const uint8_t* begin, const uint8_t* end) {
  Bytes packed;
  std::vector<uint32_t> lastSeen(4096, UINT32_MAX);
  const uint8_t *here = begin, *literals = begin;
  while (here + kShortestCopy <= end) {
    uint32_t& seen = lastSeen[hashAt(here)];
    const uint8_t* earlier = seen == UINT32_MAX ? nullptr : begin + seen;
    seen = uint32_t(here - begin);
    size_t length = earlier ? commonLength(earlier, here, end) : 0;
    if (length < kShortestCopy) {
      ++here;
      continue;
    }
    putLiterals(packed, literals, here);
    size_t distance = size_t(here - earlier);
    packed.insert(packed.end(), {uint8_t(length), uint8_t(distance), uint8_t(distance >> 8)});
    here += length;
    literals = here;
  }
  putLiterals(packed, literals, end);
  return packed;
}

static Bytes unpack(const Bytes& packed) {
  Bytes text;
  for (size_t i = 0; i < packed.size();) {
    if (packed[i] == 0) {
      text.insert(text.end(), packed.begin() + long(i) + 2, packed.begin() + long(i) + 2 + packed[i + 1]);
      i += 2 + packed[i + 1];
    } else {
      size_t distance = packed[i + 1] + 256u * packed[i + 2];
      for (size_t k = 0; k < packed[i]; ++k) text.push_back(text[text.size() - distance]);
      i += 3;
    }
  }
  return text;
}

static Bytes randomText(size_t size) {
  static const char* const words[] = {"lock ", "thread ", "shared ", "counter ", "the ", "of ", "value\n", "update "};
  Bytes text;
  uint64_t seed = 9;
  while (text.size() < size) {
    const char* word = words[randomBelow(&seed, 8)];
    text.insert(text.end(), word, word + strlen(word));
    if (randomBelow(&seed, 4) == 0) text.push_back(uint8_t('0' + randomBelow(&seed, 10)));
  }
  text.resize(size);
  return text;
}

int main(int argc, char** argv) {
  size_t size = size_t(argumentOr(argc, argv, 1, 50000)) * 1024;
  int threads = int(argumentOr(argc, argv, 2, 2));
  Bytes text = randomText(size);
  long blocks = long((size + kBlock - 1) / kBlock);
  std::vector<uint64_t> sums(blocks);
  onThreads(threads, [&](int index) {
    Range mine = shareOf(blocks, threads, index);
    for (long block = mine.first; block < mine.last; ++block) {
      const uint8_t* begin = text.data() + block * kBlock;
      const uint8_t* end = std::min<const uint8_t*>(begin + kBlock, text.data() + size);
      Bytes packed = pack(begin, end), again = unpack(packed);
      bool same = again.size() == size_t(end - begin) && memcmp(again.data(), begin, again.size()) == 0;
      sums[block] = same ? packed.size() : 0;
    }
  });
  uint64_t sum = 0;
  for (uint64_t part : sums) sum = fold(sum, part);
  printChecksum(sum);
}
