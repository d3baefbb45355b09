// A log says the same before and after it is compacted, whatever form its entries have.
#include "core/access_log.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>
#include <tuple>

#include "core/log_compaction.h"

namespace snag {
namespace {

// Which bytes the accesses of one segment, place and set of locks have touched.
using Touched = std::map<std::tuple<uint32_t, uint32_t, uint32_t>, std::set<uintptr_t>>;

// Sites have the size of their context's number modulo 8, and one.
uint32_t siteSizeOf(ContextId context) { return raw(context) % 8 + 1; }

struct OddSegmentsLive {
  bool areAllLive = true;

  bool isLive(const LoggedAccess& access) const { return areAllLive || raw(access.segment) % 2 != 0; }
  uint32_t sizeOf(const LoggedAccess& access) const {
    return access.size != 0 ? access.size : siteSizeOf(access.context);
  }
  void willAsk(uintptr_t) const {}
};

class RandomLog : public ::testing::TestWithParam<uint32_t> {
 protected:
  RandomLog() { log_.belongTo(kRecord); }
  ~RandomLog() override { log_.clear(pool_); }

  uint32_t below(uint32_t limit) { return static_cast<uint32_t>(random_() % limit); }

  void beginSegment() {
    uint32_t id;
    ASSERT_EQ(segments_.take(&id, 1), 1u);
    segment_ = SegmentId{id};
    const uint32_t chunk = log_.beginSegment(pool_, segment_, Epoch{id}, locks_);
    segments_.define(segment_, {ThreadSlot{1}, Epoch{id}, kRecord, chunk});
  }
  void access(uintptr_t address, uint32_t size, ContextId context) {
    const bool isSiteSized = size == siteSizeOf(context) && address % 8 + size <= 8;
    const bool isQuick = isSiteSized && AccessLog::isShort(context) && log_.lastLocks() == locks_;
    if (!isQuick || !log_.appendShort(address, size, context))
      log_.append(pool_, address, size, siteSizeOf(context), context, locks_);
    note(expected_, segment_, context, locks_, address, size);
  }
  // Loops of several kinds: over bytes side by side, up and down, in strides, at random, in several places in turn.
  void someAccesses() {
    const uintptr_t start = 0x7000'0000'0000 + below(1 << 22), far = start + (uintptr_t{below(64)} << 18);
    const ContextId context{below(4) == 0 ? 0x1'ffff + below(3) : 1 + below(40)}, other{41 + below(30)};
    const uint32_t size = siteSizeOf(context), kind = below(6);
    for (uint32_t i = 0; i < 1 + below(200); ++i) {
      if (kind == 0) access(start + i * size, size, context);
      if (kind == 1) access(start - i * size, size, context);
      if (kind == 2) access(start + 16 * i, size, context);
      if (kind == 3) access(start + below(1 << 12), size, context);
      if (kind == 4) access(start + i * size, size, context), access(far + 8 * i, siteSizeOf(other), other);
      if (kind == 5) access(start + below(1 << 12), 1 + below(2000), context);
    }
  }
  static void note(Touched& touched, SegmentId segment, ContextId context, LockSetId locks, uintptr_t address,
                   uint32_t size) {
    std::set<uintptr_t>& bytes = touched[{raw(segment), raw(context), raw(locks)}];
    for (uint32_t i = 0; i < size; ++i) bytes.insert(address + i);
  }
  Touched touched() {
    Touched found;
    log_.forAll(pool_, [&](const LoggedAccess& access) {
      note(found, access.segment, access.context, access.locks, access.address, OddSegmentsLive().sizeOf(access));
      return true;
    });
    return found;
  }
  void compact(const OddSegmentsLive& live) { log_.compact(pool_, segments_, live, SIZE_MAX); }

  static constexpr uint32_t kRecord = 1;
  std::mt19937 random_{GetParam()};
  LogPool pool_{1 << 16};
  SegmentTable segments_{1 << 16};
  AccessLog log_;
  SegmentId segment_{};
  LockSetId locks_ = kNoLocks;
  Touched expected_;
};

TEST_P(RandomLog, SaysWhatItWasTold) {
  for (int round = 0; round < 60; ++round) {
    if (round % 3 == 0) beginSegment();
    if (below(4) == 0) locks_ = LockSetId{below(3)};
    someAccesses();
    if (below(8) == 0) compact({});
  }
  EXPECT_EQ(touched(), expected_);
  compact({});
  compact({});
  EXPECT_EQ(touched(), expected_);
}

TEST_P(RandomLog, SaysNothingOfWhatIsDead) {
  for (int round = 0; round < 60; ++round) {
    beginSegment();
    someAccesses();
  }
  const size_t before = log_.bytes();
  compact({.areAllLive = false});
  std::erase_if(expected_, [](const auto& each) { return std::get<0>(each.first) % 2 == 0; });
  EXPECT_EQ(touched(), expected_);
  EXPECT_LT(log_.bytes(), before);
}

TEST_P(RandomLog, FindsEachSegmentByItself) {
  std::set<uint32_t> ids;
  for (int round = 0; round < 40; ++round) {
    beginSegment();
    ids.insert(raw(segment_));
    someAccesses();
    if (round == 20) compact({});
  }
  compact({});
  for (const uint32_t id : ids) {
    Touched found;
    log_.forSegment(pool_, segments_, SegmentId{id}, [&](const LoggedAccess& access) {
      note(found, access.segment, access.context, access.locks, access.address, OddSegmentsLive().sizeOf(access));
    });
    for (const auto& [key, bytes] : expected_)
      if (std::get<0>(key) == id) EXPECT_EQ(found[key], bytes);
    for (const auto& [key, bytes] : found) EXPECT_EQ(std::get<0>(key), id);
  }
}

TEST_P(RandomLog, ForgetsOnlyFromItsBeginningWhatIsKnown) {
  for (int round = 0; round < 60; ++round) {
    beginSegment();
    someAccesses();
    if (below(10) == 0) compact({});
  }
  const uint32_t last = raw(segment_), known = below(last);
  const size_t before = log_.bytes();
  log_.dropKnown(pool_, Epoch{known}, before / 2);
  EXPECT_GE(log_.bytes() + sizeof(LogChunk), std::min(before, before / 2)) << "more than it has to";
  log_.dropKnown(pool_, Epoch{known}, 0);
  EXPECT_GT(log_.leastKnown(pool_), Epoch{known});

  AccessLog other;  // has the chunks that this one had
  other.belongTo(kRecord + 1);
  for (uint32_t i = 0; i < 20'000; ++i) {
    if (i % 100 == 0) other.beginSegment(pool_, SegmentId{1 + below(last)}, Epoch{1 + below(last)}, kNoLocks);
    other.append(pool_, 0x6000'0000'0000 + 64 * i, 8, 8, ContextId{1}, kNoLocks);
  }
  for (uint32_t id = 1; id <= last; ++id) {
    Touched found;
    log_.forSegment(pool_, segments_, SegmentId{id}, [&](const LoggedAccess& access) {
      note(found, access.segment, access.context, access.locks, access.address, OddSegmentsLive().sizeOf(access));
    });
    Touched expected = expected_;
    std::erase_if(expected, [id](const auto& each) { return std::get<0>(each.first) != id; });
    if (id > known || !found.empty()) EXPECT_EQ(found, expected) << id << ", known: " << known;
  }
  other.clear(pool_);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomLog, ::testing::Range(1u, 41u));

class PlainLog : public RandomLog {};

TEST_P(PlainLog, TakesEightBytesForAShortRunAndFourForCompactedScatteredAccesses) {
  beginSegment();
  const ContextId bytes{8}, words{15};  // of 1 and of 8 bytes
  for (uint32_t i = 0; i < 40'000; ++i) access(0x7000'0000'0000 + i + i / 5, 1, bytes);
  EXPECT_LE(log_.bytes(), 40'000 / 5 * 8 + 3 * sizeof(LogChunk));
  compact({});
  const size_t runs = log_.bytes();
  for (uint32_t i = 0; i < 40'000; ++i) access(0x7100'0000'0000 + 8 * (i * 3 % 40'000), 8, words);
  compact({});
  EXPECT_LE(log_.bytes() - runs, 40'000 * 4 + 3 * sizeof(LogChunk));
  EXPECT_EQ(touched(), expected_);
}

INSTANTIATE_TEST_SUITE_P(Seed, PlainLog, ::testing::Values(1u));

}  // namespace
}  // namespace snag
