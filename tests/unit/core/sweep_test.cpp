// Ranges whose words are published with plain stores, while real threads do other things to the same words: nothing
// that either of them did is lost.
#include <map>
#include <thread>

#include "core/sweep_claims.h"
#include "detector_fixture.h"
#include "together.h"

namespace snag {
namespace {

class Sweep : public DetectorTest {
 protected:
  static constexpr size_t kBlocks = 150, kWords = 64, kBlockBytes = kWords * 8;

  uintptr_t word(size_t block, size_t index) const { return x + block * kBlockBytes + index * 8; }
  // t1 goes through each block at once while t2 does something to each of its words.
  template <typename OfBlock, typename OfWord>
  void besides(OfBlock ofBlock, OfWord ofWord) {
    together(kBlocks, [&](int who, size_t block) {
      if (who == 0) return ofBlock(block);
      for (size_t i = 0; i < kWords; ++i) ofWord(block, word(block, i));
    });
  }
  // How many accesses of each word a third thread races with.
  std::map<uintptr_t, size_t> earlierOnes() {
    races.clear();
    for (size_t i = 0; i < kBlocks * kWords; ++i) t3.write(x + 8 * i, 8);
    std::map<uintptr_t, size_t> found;
    for (const Race& race : races) ++found[race.racingAddress & ~uintptr_t{7}];
    EXPECT_EQ(found.size(), kBlocks * kWords) << "of some words nothing is remembered";
    return found;
  }
  size_t distinctWords() const {
    std::map<uintptr_t, size_t> found;
    for (const Race& race : races) ++found[race.racingAddress & ~uintptr_t{7}];
    return found.size();
  }
};

TEST_F(Sweep, ReadersOfSingleWordsAreRemembered) {
  besides([&](size_t block) { t1.read(word(block, 0), kBlockBytes); },
          [&](size_t, uintptr_t address) { t2.read(address, 8); });
  EXPECT_TRUE(races.empty());
  for (const auto& [address, count] : earlierOnes()) ASSERT_EQ(count, 2u) << (address - x) / 8;
}

TEST_F(Sweep, ReadersOfPartsOfWordsAreRemembered) {
  besides([&](size_t block) { t1.read(word(block, 0), kBlockBytes); },
          [&](size_t, uintptr_t address) { t2.read(address + 2, 1); });
  EXPECT_TRUE(races.empty());
  earlierOnes();
  size_t ofParts = 0;
  for (const Race& race : races) ofParts += race.earlier.size == 1;
  EXPECT_EQ(ofParts, kBlocks * kWords);
}

TEST_F(Sweep, SimultaneousSweepsAreBothRemembered) {
  together(kBlocks, [&](int who, size_t block) { (who ? t1 : t2).read(word(block, 0), kBlockBytes); });
  EXPECT_TRUE(races.empty());
  for (const auto& [address, count] : earlierOnes()) ASSERT_EQ(count, 2u) << (address - x) / 8;
}

TEST_F(Sweep, EverySimultaneousWriteOfAWordIsFound) {
  besides([&](size_t block) { t1.read(word(block, 0), kBlockBytes); },
          [&](size_t, uintptr_t address) { t2.write(address, 8); });
  EXPECT_EQ(distinctWords(), kBlocks * kWords);
}

TEST_F(Sweep, EverySimultaneousReadOfAWordIsFound) {
  besides([&](size_t block) { t1.write(word(block, 0), kBlockBytes); },
          [&](size_t, uintptr_t address) { t2.read(address, 8); });
  EXPECT_EQ(distinctWords(), kBlocks * kWords);
}

// Atomic locations come to live in words that are swept at that moment.
TEST_F(Sweep, AtomicLocationsThatArriveAreKept) {
  const uintptr_t told = x + kBlocks * kBlockBytes;
  besides([&](size_t block) { t1.read(word(block, 0), kBlockBytes); },
          [&](size_t, uintptr_t address) {
            t2.write(told + (address - x), 8);
            t2.store(address, kRelease, 8);
          });
  races.clear();
  for (size_t i = 0; i < kBlocks * kWords; ++i) {
    t3.load(x + 8 * i, kAcquire, 8);
    t3.read(told + 8 * i, 8);
  }
  EXPECT_TRUE(races.empty());
}

class SweepClaimsTest : public ::testing::Test {
 protected:
  static constexpr size_t kCells = 2 * SweepClaims::kPageBytes / sizeof(ShadowCell);

  alignas(SweepClaims::kPageBytes) ShadowCell cells_[kCells] = {};
  SweepClaims claims_;
};

TEST_F(SweepClaimsTest, APageHasOneClaimAtATime) {
  EXPECT_TRUE(claims_.tryClaim(cells_[0]));
  EXPECT_FALSE(claims_.tryClaim(cells_[1]));
  EXPECT_TRUE(claims_.tryClaim(cells_[kCells / 2]));
  claims_.giveBack(cells_[1]);
  EXPECT_TRUE(claims_.tryClaim(cells_[0]));
}

TEST_F(SweepClaimsTest, WithoutASweepWhatWasPublishedIsKept) {
  const uint32_t before = claims_.before(cells_[0]);
  cells_[0] = 7;
  EXPECT_TRUE(claims_.isKept(cells_[0], 7, before));
  cells_[0] = 8;  // by somebody's compare-exchange: it was kept until then
  EXPECT_TRUE(claims_.isKept(cells_[0], 7, before));
}

TEST_F(SweepClaimsTest, ASweepThatBeganLaterAndStoredOverItIsSeen) {
  const uint32_t before = claims_.before(cells_[0]);
  ASSERT_TRUE(claims_.tryClaim(cells_[0]));
  cells_[0] = 7;
  cells_[0] = 9;
  claims_.giveBack(cells_[0]);
  EXPECT_FALSE(claims_.isKept(cells_[0], 7, before));
}

TEST_F(SweepClaimsTest, ASweepThatBeganEarlierAndStoredOverItIsSeen) {
  ASSERT_TRUE(claims_.tryClaim(cells_[0]));
  const uint32_t before = claims_.before(cells_[0]);
  cells_[0] = 7;
  cells_[0] = 9;
  claims_.giveBack(cells_[0]);
  EXPECT_FALSE(claims_.isKept(cells_[0], 7, before));
}

TEST_F(SweepClaimsTest, ASweepThatPassedByLeavesItKept) {
  const uint32_t before = claims_.before(cells_[0]);
  ASSERT_TRUE(claims_.tryClaim(cells_[0]));
  cells_[0] = 7;
  claims_.giveBack(cells_[0]);
  EXPECT_TRUE(claims_.isKept(cells_[0], 7, before));
}

TEST_F(SweepClaimsTest, TheEndOfASweepIsWaitedFor) {
  const uint32_t before = claims_.before(cells_[0]);
  ASSERT_TRUE(claims_.tryClaim(cells_[0]));
  cells_[0] = 7;
  std::thread sweep([this] {
    std::this_thread::yield();
    cells_[0] = 9;
    claims_.giveBack(cells_[0]);
  });
  EXPECT_FALSE(claims_.isKept(cells_[0], 7, before));
  sweep.join();
}

}  // namespace
}  // namespace snag
