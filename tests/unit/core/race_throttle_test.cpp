#include "core/race_throttle.h"

#include <gtest/gtest.h>

namespace snag {
namespace {

constexpr SnagSite kSite{};
constexpr SegmentId kEarlier{5};

int admitted(RaceThrottle& throttle, const Place& place, SegmentId earlier, int races) {
  int count = 0;
  for (int i = 0; i < races; ++i) count += throttle.admits(place, earlier) ? 1 : 0;
  return count;
}

TEST(RaceThrottle, AdmitsTheFirstRacesOfAPlaceOnly) {
  RaceThrottle throttle;
  EXPECT_EQ(admitted(throttle, {&kSite, 1, 0, 0}, kEarlier, 10'000), 256);
}

TEST(RaceThrottle, CountsAnotherSegmentAnew) {
  RaceThrottle throttle;
  admitted(throttle, {&kSite, 1, 0, 0}, kEarlier, 10'000);
  EXPECT_EQ(admitted(throttle, {&kSite, 1, 0, 0}, SegmentId{6}, 100), 100);
}

TEST(RaceThrottle, CountsAnotherContextAnew) {
  RaceThrottle throttle;
  admitted(throttle, {&kSite, 1, 0, 0}, kEarlier, 10'000);
  EXPECT_EQ(admitted(throttle, {&kSite, 2, 0, 0}, kEarlier, 100), 100);
}

}  // namespace
}  // namespace snag
