// Traces on which the detector and the naive model once disagreed, as the random test printed them.
#include <gtest/gtest.h>

#include <string>

#include "trace_runner.h"

namespace snag::model {
namespace {

void expectAgreement(const char* text, const RunConfig& config = {}) {
  const auto trace = parse(text);
  ASSERT_TRUE(trace.has_value() && isValid(*trace)) << text;
  EXPECT_EQ(disagreement(*trace, config), "") << text;
}

TEST(RegressionTraces, ReaderOrderedBeforeALaterReaderIsForgottenByteByByte) {
  expectAgreement(
      "t0 create t1\n t0 create t2\n"
      "t1 read 0x0 8\n t1 release 0x180\n t2 acquire 0x180\n t2 read 0x2 3\n t0 write 0x0 8\n");
}

TEST(RegressionTraces, ReadOverOwnWrittenBytesDoesNotHideThem) {
  expectAgreement("t0 create t1\n t1 write 0xc 4\n t1 read 0x6 12\n t0 write 0xc 4\n");
}

TEST(RegressionTraces, TwoLocksInOneWordAreTwoLocks) {
  expectAgreement(
      "t0 create t1\n t0 create t2\n"
      "t1 lock 0x100\n t1 write 0x0 4\n t1 unlock 0x100\n t2 lock 0x104\n t2 write 0x0 4\n t2 unlock 0x104\n");
}

TEST(RegressionTraces, IgnoredFreeAndIgnoredAtomicsAreNotChecked) {
  expectAgreement("t0 create t1\n t1 allocate 0x280 64\n t0 ignore_begin\n t0 free 0x280 64\n");
  expectAgreement("t0 create t1\n t1 ignore_begin\n t0 read 0xa3 8\n t1 rmw 0xa0 16 acq_rel\n");
}

TEST(RegressionTraces, AtomicOverTwoWordsLearnsFromBothBeforeItIsChecked) {
  expectAgreement("t0 create t1\n t0 create t2\n t2 read 0x86 2\n t2 rmw 0x8c 2 release\n t1 rmw 0x80 16 seq_cst\n");
}

TEST(RegressionTraces, AtomicLocationsSideBySideAreKeptApart) {
  expectAgreement("t0 create t1\n t1 failed_cas 0x91 1 seq_cst\n t1 failed_cas 0x92 2 acquire\n t0 write 0x84 15\n");
}

// The detector takes t7 to know of t0's read, by way of two atomics that overlap: of word 0x58 it tells the race of one
// byte only.
TEST(RegressionTraces, OrderBetweenOverlappingAtomicsMayHideSomeBytes) {
  expectAgreement(
      "t0 create t2\n t0 create t4\n t4 create t5\n t0 read 0x50 10\n t0 store 0x92 2 release\n"
      "t0 rmw 0x90 16 relaxed\n t5 failed_cas 0x9a 1 consume\n t2 create t7\n t5 store 0x80 16 release\n"
      "t7 load 0x8e 1 seq_cst\n t7 write 0x58 1\n t4 write 0x58 8\n",
      {.mayMiss = true});
}

// What a writer released is for readers to learn even while it holds the lock again, as a reader.
TEST(RegressionTraces, WriterThatReadsNextStaysReleased) {
  expectAgreement(
      "t0 lock 0x108\n t0 create t1\n t0 write 0x6 76\n t0 unlock 0x108\n"
      "t0 read_lock 0x108\n t1 read_lock 0x108\n t1 write 0x8 10\n");
}

TEST(RegressionTraces, SegmentGoesOnOnlyIfNobodyTookTheLock) {
  const char* const start = "t0 create t1\n t0 lock 0x100\n t0 write 0x0 8\n t0 unlock 0x100\n";
  const char* const taken = "t1 lock 0x100\n t1 unlock 0x100\n";
  const char* const end = "t0 lock 0x100\n t0 write 0x8 8\n t1 write 0x0 8\n t1 write 0x8 8\n";
  expectAgreement((std::string(start) + end).c_str());
  expectAgreement((std::string(start) + taken + end).c_str());
}

}  // namespace
}  // namespace snag::model
