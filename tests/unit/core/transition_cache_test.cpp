#include "core/transition_cache.h"

#include <gtest/gtest.h>

#include <random>

namespace snag {
namespace {

constexpr uint32_t kGeneration = 7;

TransitionCache::Shape shape(size_t offset, size_t size, bool isWrite) {
  return TransitionCache::shapeOf(offset, size, isWrite);
}

TEST(TransitionCache, FindsNothingButWhatWasAsked) {
  TransitionCache cache;
  cache.open();
  const ShadowWord word({SegmentId{5}, 0xff}, {SegmentId{6}, 0x0f}), next({SegmentId{9}, 0xff}, {kNoSegment, 0});
  cache.remember(word, shape(0, 8, true), kGeneration, next);
  ASSERT_NE(cache.find(word, shape(0, 8, true), kGeneration), nullptr);
  EXPECT_EQ(*cache.find(word, shape(0, 8, true), kGeneration), next);
  EXPECT_EQ(cache.find(next, shape(0, 8, true), kGeneration), nullptr);
  EXPECT_EQ(cache.find(word, shape(0, 8, false), kGeneration), nullptr);
  EXPECT_EQ(cache.find(word, shape(0, 4, true), kGeneration), nullptr);
  EXPECT_EQ(cache.find(word, shape(0, 8, true), kGeneration + 1), nullptr);
  cache.close();
  EXPECT_EQ(cache.find(word, shape(0, 8, true), kGeneration), nullptr);
  cache.open();
  EXPECT_NE(cache.find(word, shape(0, 8, true), kGeneration), nullptr) << "the same segment goes on";
  cache.forgetAll();
  EXPECT_EQ(cache.find(word, shape(0, 8, true), kGeneration), nullptr);
}

// Whoever names the words: the eight answers of a word that is gone through byte by byte are all kept, and if it began
// somewhere in the middle, too.
TEST(TransitionCache, KeepsTheAnswersForAllBytesOfAWord) {
  std::mt19937 random(1);
  for (int round = 0; round < 1000; ++round) {
    const auto anyId = [&] { return SegmentId{static_cast<uint32_t>(random()) & 0xffffff}; };
    const SegmentId own = anyId(), other = anyId();
    const size_t first = random() % 8;
    TransitionCache cache;
    cache.open();
    const auto wordAt = [&](size_t offset) {
      const auto bytes = static_cast<ByteMask>((1u << offset) - (1u << first));
      return ShadowWord({other, 0xff}, {own, bytes});
    };
    for (size_t at = first; at < 8; ++at) cache.remember(wordAt(at), shape(at, 1, false), kGeneration, wordAt(at + 1));
    for (size_t at = first; at < 8; ++at) {
      const ShadowWord* const next = cache.find(wordAt(at), shape(at, 1, false), kGeneration);
      ASSERT_NE(next, nullptr) << "byte " << at << " from " << first << ", " << raw(own) << " and " << raw(other);
      EXPECT_EQ(*next, wordAt(at + 1));
    }
  }
}

// A thread whose segments make ten checks each, of which `answered` are answered from memory.
class Segments {
 public:
  explicit Segments(TransitionCache& cache) : cache_(cache) {}

  // How many of so many segments use the memory from their beginning on.
  int used(int count, uint64_t answered) {
    int used = 0;
    for (int i = 0; i < count; ++i) {
      cache_.close();
      cache_.considerUse(checks_, answered_);
      cache_.open();
      used += cache_.isInUse();
      checks_ += 10;
      if (cache_.isInUse()) answered_ += answered;
    }
    return used;
  }

 private:
  TransitionCache& cache_;
  uint64_t checks_ = 0, answered_ = 0;
};

TEST(TransitionCache, IsUsedWhereMostIsAnswered) {
  TransitionCache cache;
  EXPECT_EQ(Segments(cache).used(10'000, 8), 10'000);
}

TEST(TransitionCache, IsHardlyUsedWhereLittleIsAnsweredButTriedAgain) {
  TransitionCache cache;
  Segments segments(cache);
  EXPECT_EQ(segments.used(31, 7), 31);
  const int used = segments.used(10'000, 7);
  EXPECT_GT(used, 10'000 / 16);
  EXPECT_LT(used, 10'000 / 6);
  segments.used(1000, 9);
  EXPECT_EQ(segments.used(1000, 9), 1000) << "it is worth while now";
}

TEST(TransitionCache, IsUsedInASegmentThatBecomesLong) {
  TransitionCache cache;
  Segments segments(cache);
  while (segments.used(1, 0) != 0) {
  }
  int accesses = 0;
  for (; !cache.isInUse(); ++accesses) {
    ASSERT_LT(accesses, 1000);
    cache.noteUnused();
  }
  EXPECT_GT(accesses, 100);
  cache.close();
  cache.open();
  EXPECT_FALSE(cache.isInUse()) << "a segment that goes on begins anew";
}

}  // namespace
}  // namespace snag
