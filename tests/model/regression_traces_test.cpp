// Traces on which the detector and the naive model once disagreed, as the random test printed them.
#include <gtest/gtest.h>

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

}  // namespace
}  // namespace snag::model
