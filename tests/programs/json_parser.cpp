// Intent: threads parse JSON documents with RapidJSON and add what they find to one total for each name.
// Expect: [!RACY] silent
// Expect: [RACY] lost update on 'Total::amount' at AMOUNT, AMOUNT
// Levels: [RACY] O2
// Allow: [RACY] lost update on 'Total::entries' at ENTRIES, ENTRIES
// Std: c++17
// Flags: -fdelayed-template-parsing
// (RapidJSON 1.1 has a copy assignment that cannot be instantiated; clang 22 rejects it when it reads it.)
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cstdio>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "invisible.h"

constexpr int kThreads = 3;
constexpr int kDocuments = 24;
constexpr int kItems = 20;

struct Total {
  std::mutex mutex;
  long amount = 0;
  int entries = 0;
};

Total totals[4];
InvisibleTurns started;

std::string makeDocument(int seed) {
  rapidjson::StringBuffer text;
  rapidjson::Writer<rapidjson::StringBuffer> writer(text);
  writer.StartArray();
  for (int i = 0; i < kItems; ++i) {
    writer.StartObject();
    writer.Key("account");
    writer.Int((seed + i) % 4);
    writer.Key("amount");
    writer.Int(i);
    writer.Key("comment");
    writer.String("a \"quoted\" comment");
    writer.EndObject();
  }
  writer.EndArray();
  return text.GetString();
}

void addEntry(Total& total, long amount) {
#ifndef RACY
  std::lock_guard<std::mutex> lock(total.mutex);
#endif
  total.amount += amount;  // RACE-AMOUNT
  total.entries += 1;      // RACE-ENTRIES
}

void parseMany(const std::vector<std::string>& documents, int self) {
  invisibleMeet(&started, kThreads);
  for (size_t i = self; i < documents.size(); i += kThreads) {
    rapidjson::Document document;
    document.Parse(documents[i].c_str());
    for (const auto& item : document.GetArray()) {
      addEntry(totals[item["account"].GetInt()], item["amount"].GetInt());
    }
  }
}

int main() {
  std::vector<std::string> documents;
  for (int i = 0; i < kDocuments; ++i) documents.push_back(makeDocument(i));
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) threads.emplace_back(parseMany, std::cref(documents), i);
  for (std::thread& thread : threads) thread.join();
#ifdef RACY
  std::printf("%zu documents\n", documents.size());
#else
  for (Total& total : totals) std::printf("%ld in %d entries\n", total.amount, total.entries);
#endif
}
