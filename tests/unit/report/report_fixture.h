// A detector that reports into a real ReportSink, a few threads, source sites with texts, and the fake process to look
// at.
#ifndef SNAG_TESTS_UNIT_REPORT_REPORT_FIXTURE_H
#define SNAG_TESTS_UNIT_REPORT_REPORT_FIXTURE_H

#include <gtest/gtest.h>
#include <string.h>

#include <memory>
#include <string>
#include <vector>

#include "core/detector.h"
#include "core/thread_state.h"
#include "platform/fake/fake_platform.h"
#include "platform/fake/fake_process.h"
#include "record_tree.h"
#include "report/report_sink.h"

namespace snag::test {

// A site with the texts that its offsets lead to. Stays where it was made.
class TestSite {
 public:
  TestSite(uint8_t kind, uint32_t line, const char* function = "update", const char* variable = "",
           const char* field = "") {
    site_ = {offset(site_.function, function_, function),
             offset(site_.file, file_, "/src/shop.cpp"),
             offset(site_.variable, variable_, variable),
             offset(site_.field, field_, field),
             line,
             7,
             kind,
             8};
  }
  TestSite(const TestSite&) = delete;
  TestSite& operator=(const TestSite&) = delete;

  operator const SnagSite*() const { return &site_; }
  uint8_t kind() const { return site_.kind; }

 private:
  static int32_t offset(const int32_t& from, char (&to)[32], const char* text) {
    strncpy(to, text, sizeof(to) - 1);
    return *text == 0 ? 0 : static_cast<int32_t>(to - reinterpret_cast<const char*>(&from));
  }

  SnagSite site_{};
  char function_[32] = {}, file_[32] = {}, variable_[32] = {}, field_[32] = {};
};

inline std::vector<HeapBlock> heapBlocks;
inline bool findHeapBlock(uintptr_t address, HeapBlock* out) {
  for (const HeapBlock& block : heapBlocks)
    if (block.start <= address && address < block.start + block.size) {
      *out = block;
      return true;
    }
  return false;
}

class ReportTest : public testing::Test {
 protected:
  ReportTest() {
    fake::fakeProcess() = {};
    fake::fakeProcess().tools = {"/build/bin/snag"};
    heapBlocks.clear();
    config.findHeapBlock = findHeapBlock;
  }

  // Called once by each test, after it has set `config`.
  void start() {
    sink = std::make_unique<ReportSink>(config);
    DetectorConfig detectorConfig;
    detectorConfig.layout = space.layout();
    detector = std::make_unique<Detector>(detectorConfig, *sink);
    sink->setDetector(detector.get());
    mainThread = add(nullptr, 100);
    one = add(mainThread, 201);
    two = add(mainThread, 202);
  }

  ThreadState* add(ThreadState* creator, uint32_t osId) {
    ThreadState* thread = detector->createThread(creator, {nullptr, osId, 0x7000 + osId, 0});
    abis.push_back(std::make_unique<SnagThread>());
    detector->startThread(*thread, abis.back().get(), osId);
    return thread;
  }

  // 8 bytes at `offset` of program memory.
  void access(ThreadState* thread, const TestSite& site, uintptr_t offset, uintptr_t pc = 0x4000) {
    detector->access(*thread, {site, pc, pc, 0}, space.base() + offset, 8, site.kind());
  }

  std::vector<Record> records(size_t output = 0) { return readRecords(fake::fakeProcess().outputs.at(output).bytes); }

  // The fields of the nth finding sent to the first output.
  Fields finding(size_t n = 0) {
    for (const Record& record : records())
      if (record.kind == record::RecordKind::Finding && n-- == 0) return record.fields;
    ADD_FAILURE() << "no such finding";
    return {};
  }

  size_t findingsSent(size_t output = 0) {
    size_t count = 0;
    for (const Record& record : records(output)) count += record.kind == record::RecordKind::Finding;
    return count;
  }

  fake::FakeAddressSpace space;
  ReportConfig config;
  std::unique_ptr<ReportSink> sink;
  std::unique_ptr<Detector> detector;
  std::vector<std::unique_ptr<SnagThread>> abis;
  ThreadState *mainThread = nullptr, *one = nullptr, *two = nullptr;
};

}  // namespace snag::test

#endif  // SNAG_TESTS_UNIT_REPORT_REPORT_FIXTURE_H
