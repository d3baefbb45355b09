// Bench: groups=kernels; args=20000 12; quick=1000 4; valgrind=100 2
// Build: std=c++17; flags=-fdelayed-template-parsing; header=rapidjson/document.h
// RapidJSON: every thread parses documents from one shared text and walks the values it got.
// (The flag: RapidJSON 1.1 has a copy assignment that cannot be instantiated, and clang 22 rejects it when it reads
// it.)
#include "../support.h"

#include <rapidjson/document.h>

#include <string>

static std::string recordsAsJson(long records) {
  std::string text = "[";
  uint64_t seed = 13;
  for (long i = 0; i < records; ++i) {
    text += i ? ",\n{" : "{";
    text += "\"id\": " + std::to_string(i) + ", \"name\": \"record " + std::to_string(nextRandom(&seed) >> 44) + "\", ";
    text += "\"active\": " + std::string(i % 3 ? "true" : "false") + ", \"ratio\": " + std::to_string(i) + ".5, ";
    text += "\"tags\": [\"a\\n\", null, [" + std::to_string(randomBelow(&seed, 1000)) + "]]}";
  }
  return text + "]";
}

static uint64_t sumOf(const rapidjson::Value& value) {
  if (value.IsNumber()) return uint64_t(value.GetDouble() * 2);
  if (value.IsString()) return value.GetStringLength();
  if (value.IsBool()) return value.GetBool();
  uint64_t sum = 1;
  if (value.IsArray())
    for (auto& element : value.GetArray()) sum += 3 * sumOf(element);
  if (value.IsObject())
    for (auto& member : value.GetObject()) sum += sumOf(member.name) + sumOf(member.value);
  return sum;
}

int main(int argc, char** argv) {
  long records = argumentOr(argc, argv, 1, 20000), rounds = argumentOr(argc, argv, 2, 12);
  int threads = int(argumentOr(argc, argv, 3, 2));
  std::string text = recordsAsJson(records);
  std::vector<uint64_t> sums(threads);
  onThreads(threads, [&](int index) {
    for (long round = 0; round < rounds; ++round) {
      rapidjson::Document document;
      document.Parse(text.c_str(), text.size());
      sums[index] = fold(sums[index], document.HasParseError() ? 0 : sumOf(document));
    }
  });
  uint64_t sum = 0;
  for (uint64_t part : sums) sum = fold(sum, part);
  printChecksum(sum);
}
