// A GoogleTest listener that fails the test in which a finding appeared.
//
//   #include <snag/gtest.h>
//   [[maybe_unused]] static const bool kFindingsFailTests = snag::failTestsWithFindings();
//
// in one source file of the test program, or a call in main() before RUN_ALL_TESTS(). In a program that was built
// without Snag it does nothing. Where it is not for the program to judge findings, under snag gate, which knows a
// baseline, and with SNAG_OPTIONS=suppressions=FILE, no test is failed; the finding is a property of the test then.
#ifndef SNAG_GTEST_H
#define SNAG_GTEST_H

#include <gtest/gtest.h>

#include <atomic>
#include <cstdio>
#include <cstring>

#include "snag.h"

namespace snag {

class FindingListener : public testing::EmptyTestEventListener {
 public:
  FindingListener() { snag_add_report_listener(hear, this); }
  ~FindingListener() override { snag_remove_report_listener(hear, this); }

  // What is found before a test, in the set-up of its suite, counts for it; after the last one it counts for the suite
  // or the program.
  void OnTestEnd(const testing::TestInfo&) override { fail(); }
  void OnTestSuiteEnd(const testing::TestSuite&) override { fail(); }
  void OnEnvironmentsTearDownEnd(const testing::UnitTest&) override { fail(); }

 private:
  // Fixed places: a finding may be made in a signal handler.
  struct Heard {
    std::atomic<bool> isComplete{false};
    char text[2048];
    char file[1024];
    int line;
    bool fails;
  };
  static constexpr unsigned kMaxHeard = 256;

  static void hear(const snag_report* report, void* self) {
    FindingListener& listener = *static_cast<FindingListener*>(self);
    const unsigned index = listener.count_.fetch_add(1);
    if (index < kMaxHeard) listener.heard_[index].isComplete = describe(*report, listener.heard_[index]);
  }

  static bool describe(const snag_report& report, Heard& heard) {
    int used = std::snprintf(heard.text, sizeof heard.text, "Snag: %s", report.title);
    for (size_t i = 0; i < report.access_count; ++i) {
      const snag_report_access& access = report.accesses[i];
      if (used < 0 || static_cast<size_t>(used) >= sizeof heard.text || access.line == 0) continue;
      used += std::snprintf(heard.text + used, sizeof heard.text - static_cast<size_t>(used),
                            "\n  %s:%u: thread T%u%s%s in %s", access.file, access.line, access.thread,
                            *access.thread_name != 0 ? " " : "", access.thread_name, access.function);
    }
    heard.line = static_cast<int>(report.accesses[0].line);
    std::snprintf(heard.file, sizeof heard.file, "%s", heard.line != 0 ? report.accesses[0].file : "(unknown)");
    heard.fails = report.exit_code != 0;
    return true;
  }

  void fail() {
    const unsigned count = count_.load();
    for (; told_ < count && told_ < kMaxHeard && heard_[told_].isComplete; ++told_) tell(heard_[told_]);
    if (told_ < kMaxHeard || count <= told_ || isFull_) return;
    isFull_ = true;
    ADD_FAILURE() << "Snag: more findings than the " << kMaxHeard << " that are told one by one";
  }

  void tell(const Heard& heard) {
    if (heard.fails)
      ADD_FAILURE_AT(heard.file, heard.line) << heard.text;
    else
      testing::Test::RecordProperty("snag_finding", heard.text);
  }

  Heard heard_[kMaxHeard];
  std::atomic<unsigned> count_{0};
  unsigned told_ = 0;
  bool isFull_ = false;
};

// Appends the listener to GoogleTest's. False if the program was built without Snag.
inline bool failTestsWithFindings() {
  if (snag_add_report_listener == nullptr) return false;
  testing::UnitTest::GetInstance()->listeners().Append(new FindingListener);
  return true;
}

}  // namespace snag

#endif  // SNAG_GTEST_H
