// Intent: listeners hear of the findings of several threads, allocate and lock, and what they leave behind is no race.
// Expect: lost update on 'one' at ADD-ONE, ADD-ONE
// Expect: lost update on 'two' at ADD-TWO, ADD-TWO
#include <dlfcn.h>

#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "../../../runtime/include/snag/snag.h"
#include "invisible.h"

int one = 0, two = 0;
InvisibleTurns turns;
std::mutex titlesMutex;
std::vector<std::string> titles;
int removedCalls = 0;

void remember(const snag_report* report, void* argument) {
  std::lock_guard<std::mutex> lock(titlesMutex);
  static_cast<std::vector<std::string>*>(argument)->push_back(std::string(report->title) + " is a long enough text");
}

void mustNotBeCalled(const snag_report*, void*) { ++removedCalls; }

// Memory that another thread had before goes to the listener, which Snag must see.
void churn() {
  for (int i = 0; i < 100; ++i) std::string(40 + i % 3, 'x').push_back('y');
}

void work(int turn) {
  churn();
  invisibleAwait(&turns, turn);
  one += 1;  // RACE-ADD-ONE
  churn();
  two += 1;  // RACE-ADD-TWO
  invisiblePass(&turns);
}

int main() {
  const bool withSnag = snag_add_report_listener != nullptr;
  if (withSnag) {
    // Libraries that are loaded later find these, too.
    for (const char* name : {"snag_add_report_listener", "__tsan_get_report_data"})
      if (dlsym(RTLD_DEFAULT, name) == nullptr) std::abort();
    if (snag_add_report_listener(mustNotBeCalled, nullptr) != 1) std::abort();
    if (snag_add_report_listener(remember, &titles) != 1) std::abort();
    if (snag_remove_report_listener(mustNotBeCalled, nullptr) != 1) std::abort();
    if (snag_remove_report_listener(mustNotBeCalled, nullptr) != 0) std::abort();
  }
  std::thread first(work, 0), second(work, 1);
  first.join();
  second.join();
  if (withSnag) {
    std::lock_guard<std::mutex> lock(titlesMutex);
    if (removedCalls != 0 || titles.size() != 2) std::abort();
    if (titles[0] != "lost update on 'one' (global 'one') is a long enough text") std::abort();
    titles.clear();
  }
  std::printf("%d %d\n", one, two);
}
