// The log stays within its budget, however its entries come about.
#include "detector_fixture.h"

namespace snag {
namespace {

class LogBudget : public DetectorTest {
 protected:
  static constexpr size_t kBudget = 1 << 16;
  static DetectorConfig small() {
    DetectorConfig config;
    config.logBudgetBytes = kBudget;
    return config;
  }
  LogBudget() : DetectorTest(small()) {}
};

TEST_F(LogBudget, HoldsForShortSegmentsOfTheUsualAccesses) {
  SnagSite site{};
  site.kind = SNAG_SITE_WRITE;
  site.size = 8;
  const Place place{&site, 1, 0x1000, 0};
  for (int i = 0; i < 100'000; ++i) {
    ASSERT_TRUE((detector->accessWord<8, true>(*t1.state, place, x + 8 * (i % 8))));
    t1.release(m);
    ASSERT_LE(t1.state->record->log.bytes(), kBudget + sizeof(LogChunk)) << i;
  }
  EXPECT_GT(detector->statistics().compactions, 0u);
  t2.read(x, 8);
  ASSERT_EQ(races.size(), 1u);
  EXPECT_EQ(races[0].earlier.address, x) << "what is still needed is still there";
}

}  // namespace
}  // namespace snag
