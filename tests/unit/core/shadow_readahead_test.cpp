// Pages of the shadow are made ahead of a thread that goes through memory, and of no other.
#include "core/shadow_readahead.h"

#include "detector_fixture.h"
#include "platform/platform.h"

namespace snag {
namespace {

class ShadowReadaheadTest : public DetectorTest {
 protected:
  static constexpr uintptr_t kPage = 4096;
  static constexpr size_t kPages = 45;  // some are ahead of the last one

  ShadowReadaheadTest() : DetectorTest({}, 4 << 20) {}

  void SetUp() override {
    const uintptr_t last = shadowOf(page(200));
    platform::makePages(last, kPage);
    if (residentBetween(last, last + kPage) == 0)
      GTEST_SKIP() << "this kernel (before Linux 5.14) does not make pages ahead";
  }

  uintptr_t page(size_t index) const { return space.base() + 4096 + index * kPage; }
  uintptr_t shadowOf(uintptr_t address) const { return space.layout().shadowOf(address); }
  size_t resident() const { return residentBetween(shadowOf(page(0)), shadowOf(page(199))); }

  static size_t residentBetween(uintptr_t start, uintptr_t end) {
    size_t bytes = 0;
    platform::visitResident(
        start, end, [](void* argument, uintptr_t from, uintptr_t to) { *static_cast<size_t*>(argument) += to - from; },
        &bytes);
    return bytes / kPage;
  }
  template <typename Touch>
  void walk(size_t step, Touch touch) {
    for (size_t i = 0; i < kPages; ++i) touch(page(i * step));
  }
  void expectSomeAhead() const {
    EXPECT_GT(resident(), kPages);
    EXPECT_LE(resident(), kPages * 3 / 2 + 1);
  }
};

TEST_F(ShadowReadaheadTest, AheadOfWords) {
  walk(1, [&](uintptr_t at) { t1.write(at, 8); });
  expectSomeAhead();
}

TEST_F(ShadowReadaheadTest, AheadOfSmallParts) {
  walk(1, [&](uintptr_t at) { t1.read(at + 5, 1); });
  expectSomeAhead();
}

TEST_F(ShadowReadaheadTest, AheadOfRanges) {
  walk(1, [&](uintptr_t at) { t1.write(at, kPage); });
  expectSomeAhead();
}

TEST_F(ShadowReadaheadTest, AheadOfBlocks) {
  walk(1, [&](uintptr_t at) { t1.allocate(at, kPage); });
  expectSomeAhead();
}

TEST_F(ShadowReadaheadTest, NotOfJumps) {
  walk(2, [&](uintptr_t at) { t1.write(at, 8); });
  EXPECT_EQ(resident(), kPages);
}

// A program that sorts what it reads into buckets.
TEST_F(ShadowReadaheadTest, AheadInManyPlacesByTurns) {
  constexpr size_t kPlaces = 40, kApart = 20, kEach = 8;
  for (size_t i = 0; i < kEach; ++i)
    for (size_t place = 0; place < kPlaces; ++place) t1.write(page(place * kApart + i), 8);
  for (size_t place = 0; place < kPlaces; ++place)
    EXPECT_GT(residentBetween(shadowOf(page(place * kApart)), shadowOf(page(place * kApart + kApart - 1))), kEach)
        << "place " << place;
}

TEST_F(ShadowReadaheadTest, NotOfTwoThreadsTogether) {
  walk(1, [&](uintptr_t at) { (at / kPage % 2 ? t1 : t2).write(at, 8); });
  EXPECT_EQ(resident(), kPages);
}

TEST_F(ShadowReadaheadTest, AgainInMemoryThatWasGivenBack) {
  walk(1, [&](uintptr_t at) { t1.write(at, 8); });
  detector->forgetRange(page(0), 199 * kPage);
  ASSERT_EQ(resident(), 0u);
  walk(1, [&](uintptr_t at) { t1.write(at, 8); });
  expectSomeAhead();
}

}  // namespace
}  // namespace snag
