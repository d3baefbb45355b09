// The vector clock against a plain map.
#include "core/vector_clock.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

namespace snag {
namespace {

constexpr uint32_t kSlots = 40;

struct PlainClock {
  std::map<uint32_t, uint32_t> components;

  uint32_t get(uint32_t slot) const { return components.contains(slot) ? components.at(slot) : 0; }
  void join(const PlainClock& other) {
    for (const auto& [slot, epoch] : other.components) components[slot] = std::max(get(slot), epoch);
  }
  bool lessOrEqual(const PlainClock& other) const {
    return std::all_of(components.begin(), components.end(),
                       [&](const auto& c) { return c.second <= other.get(c.first); });
  }
};

TEST(VectorClock, AgreesWithAPlainMap) {
  std::mt19937 random(4);
  VectorClock clocks[4];
  PlainClock plain[4];
  for (int step = 0; step < 20'000; ++step) {
    const uint32_t i = random() % 4, j = random() % 4, slot = random() % (step % 1000 < 500 ? 4 : kSlots);
    switch (random() % 6) {
      case 0:
      case 1: {
        const uint32_t epoch = random() % 100;
        clocks[i].set(ThreadSlot{slot}, Epoch{epoch});
        plain[i].components[slot] = epoch;
        break;
      }
      case 2: {
        const bool knewAll = plain[j].lessOrEqual(plain[i]);
        ASSERT_EQ(clocks[i].join(clocks[j]), !knewAll) << step;
        plain[i].join(plain[j]);
        break;
      }
      case 4: {
        const bool areEqual = plain[i].lessOrEqual(plain[j]);
        ASSERT_EQ(clocks[i].becomes(clocks[j]), areEqual) << step;
        plain[i].join(plain[j]);
        break;
      }
      case 3: clocks[i] = clocks[j], plain[i] = plain[j]; break;
      default:
        if (random() % 20 == 0) clocks[i].clear(), plain[i] = {};
    }
    for (uint32_t s = 0; s < kSlots; ++s) ASSERT_EQ(raw(clocks[i].get(ThreadSlot{s})), plain[i].get(s)) << step;
    ASSERT_EQ(clocks[i].lessOrEqual(clocks[j]), plain[i].lessOrEqual(plain[j])) << step;
  }
}

TEST(VectorClock, MissingComponentsAreZero) {
  VectorClock clock;
  EXPECT_TRUE(clock.empty());
  EXPECT_EQ(clock.get(ThreadSlot{1'000'000}), kEpochZero);
  clock.set(ThreadSlot{7}, Epoch{3});
  EXPECT_EQ(clock.get(ThreadSlot{6}), kEpochZero);
  EXPECT_EQ(clock.get(ThreadSlot{7}), Epoch{3});
  EXPECT_EQ(clock.get(ThreadSlot{8}), kEpochZero);
}

TEST(VectorClock, CopyDoesNotShare) {
  VectorClock first;
  first.set(ThreadSlot{9}, Epoch{1});
  VectorClock second = first;
  second.set(ThreadSlot{9}, Epoch{2});
  EXPECT_EQ(first.get(ThreadSlot{9}), Epoch{1});
}

TEST(VectorClock, ShorterClockMayBeGreater) {
  VectorClock few, many;
  few.set(ThreadSlot{0}, Epoch{5});
  many.set(ThreadSlot{0}, Epoch{1});
  many.set(ThreadSlot{12}, Epoch{0});
  EXPECT_TRUE(many.lessOrEqual(few));
  EXPECT_FALSE(few.lessOrEqual(many));
}

TEST(VectorClock, BecomesWhatItKnewNothingBeyond) {
  VectorClock known, other;
  known.set(ThreadSlot{1}, Epoch{2});
  other.set(ThreadSlot{1}, Epoch{2}), other.set(ThreadSlot{6}, Epoch{3});
  EXPECT_TRUE(known.becomes(other));
  EXPECT_EQ(known.get(ThreadSlot{6}), Epoch{3});
  known.set(ThreadSlot{9}, kEpochZero);
  EXPECT_TRUE(known.becomes(other));
}

TEST(VectorClock, KeepsWhatTheOtherDidNotKnow) {
  VectorClock known, other;
  known.set(ThreadSlot{1}, Epoch{2}), known.set(ThreadSlot{7}, Epoch{4});
  other.set(ThreadSlot{1}, Epoch{3});
  EXPECT_FALSE(known.becomes(other));
  EXPECT_EQ(known.get(ThreadSlot{1}), Epoch{3});
  EXPECT_EQ(known.get(ThreadSlot{7}), Epoch{4});
  VectorClock later;
  later.set(ThreadSlot{1}, Epoch{9});
  EXPECT_FALSE(later.becomes(other));
}

}  // namespace
}  // namespace snag
