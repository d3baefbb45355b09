// Bench: groups=kernels call-heavy; args=200000; quick=1500; valgrind=150
// std::regex: the threads search lines of a log with patterns that they share.
#include "../support.h"

#include <regex>
#include <string>

static std::vector<std::string> logLines(long count) {
  static const char* const levels[] = {"info", "warning", "error"};
  std::vector<std::string> lines;
  uint64_t seed = 17;
  for (long i = 0; i < count; ++i) {
    std::string minute = std::to_string(10 + randomBelow(&seed, 50));
    std::string worker = std::to_string(randomBelow(&seed, 100));
    lines.push_back("2024-05-17 08:" + minute + " [" + levels[randomBelow(&seed, 3)] + "] worker " + worker + " took " +
                    std::to_string(randomBelow(&seed, 5000)) + " ms");
  }
  return lines;
}

int main(int argc, char** argv) {
  long count = argumentOr(argc, argv, 1, 200000);
  int threads = int(argumentOr(argc, argv, 2, 2));
  std::vector<std::string> lines = logLines(count);
  const std::regex failures("\\[(warning|error)\\] worker ([0-9]+)");
  const std::regex durations("took ([0-9]+) ms$");
  std::vector<uint64_t> sums(threads);
  onThreads(threads, [&](int index) {
    Range mine = shareOf(count, threads, index);
    uint64_t sum = 0;
    for (long i = mine.first; i < mine.last; ++i) {
      std::smatch match;
      if (std::regex_search(lines[i], match, failures)) sum += uint64_t(match[2].length());
      if (std::regex_search(lines[i], match, durations)) sum += std::stoul(match[1].str());
    }
    sums[index] = sum;
  });
  uint64_t sum = 0;
  for (uint64_t part : sums) sum = fold(sum, part);
  printChecksum(sum);
}
